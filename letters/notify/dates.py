"""How an instant reads in a mail or on a page, in the language that is active; it knows no rows."""

import datetime
import zoneinfo

from django.utils import dateformat, translation

UTC = zoneinfo.ZoneInfo("UTC")
# Day and time, day of the week with year, and day alone, as each language writes them.
FORMATS = {
    "en": ("D j F Y, H:i", "j F"),
    "de": ("D j. F Y, H:i", "j. F"),
    "fr": ("D j F Y, H:i", "j F"),
    "es": (r"D j \d\e F \d\e Y, H:i", r"j \d\e F"),
}
THAT_IS = {"en": "that is", "de": "das ist", "fr": "soit", "es": "es decir"}


def language() -> str:
    """The active language as far as we ship one, else English."""
    active = (translation.get_language() or "en").partition("-")[0]
    return active if active in FORMATS else "en"


def place(zone: zoneinfo.ZoneInfo) -> str:
    """The city of a time zone's name: America/New_York → New York."""
    return zone.key.rsplit("/", 1)[-1].replace("_", " ")


def day_text(at: datetime.datetime, zone: zoneinfo.ZoneInfo) -> str:
    """“2 December”."""
    return dateformat.format(at.astimezone(zone), FORMATS[language()][1])


def local_text(at: datetime.datetime, zone: zoneinfo.ZoneInfo) -> str:
    """“Wed 2 December 2026, 17:00”."""
    return dateformat.format(at.astimezone(zone), FORMATS[language()][0])


def instant_text(at: datetime.datetime, zone: zoneinfo.ZoneInfo) -> str:
    """“Wed 2 December 2026, 17:00 New York (22:00 UTC)”."""
    text = local_text(at, zone)
    if zone.key in ("UTC", "Etc/UTC"):
        return f"{text} UTC"
    utc = at.astimezone(UTC)
    other_day = "" if utc.date() == at.astimezone(zone).date() else f"{dateformat.format(utc, 'D')} "
    return f"{text} {place(zone)} ({other_day}{utc:%H:%M} UTC)"


def instant_in(at: datetime.datetime, own: zoneinfo.ZoneInfo | None, shared: zoneinfo.ZoneInfo) -> str:
    """An instant in a person's own zone, where it is known and another, before the shared zone and UTC."""
    text = instant_text(at, shared)
    if own is None or own.key == shared.key:
        return text
    return f"{local_text(at, own)} {place(own)}, {THAT_IS[language()]} {text}"
