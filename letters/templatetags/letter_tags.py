"""How times, hashes and a society's state read on a page or in a mail; they compute no facts."""

import datetime
import zoneinfo

from django import template

from letters.models import Event, Letter, State, Version

register = template.Library()
WORDS_A_MINUTE = 230
UTC = zoneinfo.ZoneInfo("UTC")


@register.filter
def reading_minutes(words: int) -> int:
    """Minutes an adult needs for `words` words of prose, at least one."""
    return max(1, round(words / WORDS_A_MINUTE))


@register.filter
def instant_text(at: datetime.datetime, zone: zoneinfo.ZoneInfo) -> str:
    """“Wed 2 December 2026, 17:00 New York (22:00 UTC)”."""
    local = at.astimezone(zone)
    text = f"{local:%a} {local.day} {local:%B %Y, %H:%M}"
    if zone.key in ("UTC", "Etc/UTC"):
        return f"{text} UTC"
    utc = at.astimezone(UTC)
    other_day = "" if utc.date() == local.date() else f"{utc:%a} "
    return f"{text} {place(zone)} ({other_day}{utc:%H:%M} UTC)"


@register.filter
def short_instant(at: datetime.datetime, zone: zoneinfo.ZoneInfo) -> str:
    """“22 Nov, 00:59”, on the convener's clock, for a dense list."""
    local = at.astimezone(zone)
    return f"{local.day} {local:%b, %H:%M}"


@register.filter
def deadline_text(letter: Letter) -> str:
    """The deadline on the convener's clock and in UTC; empty while there is none."""
    return instant_text(letter.deadline, letter.zone) if letter.deadline else ""


@register.filter
def grouped(value: str) -> str:
    """A hash in groups of eight, easier to compare by eye."""
    return " ".join(value[i : i + 8] for i in range(0, len(value), 8))


def place(zone: zoneinfo.ZoneInfo) -> str:
    """The city of a time zone's name: America/New_York → New York."""
    return zone.key.rsplit("/", 1)[-1].replace("_", " ")


@register.filter
def signed_text(version: Version) -> str:
    """“Signed version 2”, for a pill."""
    return f"Signed version {version.number}"


@register.filter
def not_open_text(letter: Letter) -> str:
    """Why nobody can sign now, for a reader."""
    if letter.state == State.REVIEW:
        return "The text is in review. You will get an e-mail when it is open for signature."
    if letter.state == State.SIGNING:
        return f"The deadline has passed: {deadline_text(letter)}. Ask the coordinator to extend it."
    return f"The letter is {letter.get_state_display().lower()}; nothing more can be signed."


EVENTS = {
    "version": "Version {version} was published.",
    State.REVIEW: "Version {version} was published for review.",
    State.SIGNING: "The letter was opened for signature.",
    State.CLOSED: "The letter was closed for signature.",
    State.SEALED: "Edition {edition} was sealed and checked.",
    State.DELIVERED: "{journal} took the letter.",
    State.PUBLISHED: "The letter was released to the public.",
    State.ABANDONED: "The letter was abandoned.",
    "frozen": "The roster of edition {edition} was frozen with {count} signatures.",
    "extended": "The deadline was extended.",
    "listed": "{officers} officers were put on the list.",
    "invited": "{officers} officers were invited.",
    "links renewed": "{links} personal links were replaced.",
    "signed": "{society} signed version {version}.",
    "withdrawn": "A signature was withdrawn ({receipt}).",
    "responded": "{society} declined.",
    "commented": "{society} sent {count} comments on version {version}.",
    "comments taken back": "{society} took {count} comments back.",
    "comments opened": "Societies may now see each other's comments.",
    "comments closed": "Each society sees its own comments only.",
    "comments answered": "{societies} societies were told what became of their comments.",
    "society": "What the registry knows of {society} was corrected.",
    "merged": "{society} was found to be {into}.",
    "confirmed": "The seat of {officer} was confirmed: {how}.",
    "role": "{officer} became {role}.",
    "replaced": "{successor} took over the seat of {officer}.",
    "asked": "It was changed who is asked to sign for {society}.",
    "approved": "Version {version} was released for {society}.",
    "arranged": "The order of the societies was changed.",
    "seal asked": "The seal of edition {edition} was asked for.",
    "submitted": "The letter was submitted to {journal}.",
    "submitted again": "The letter was sent to {journal} once more.",
}


class Unsaid(dict[str, str]):
    """Facts of an event; one that is not there is left out of the sentence."""

    def __missing__(self, key: str) -> str:
        return "…"


@register.filter
def event_text(event: Event) -> str:
    """One event as a sentence, with the person who did it where there is one."""
    sentence = EVENTS.get(event.kind, event.kind.capitalize() + ".").format_map(Unsaid(event.details | event.data))
    return f"{sentence[:-1]} by {event.by}." if event.by and event.actor == "coordinator" else sentence


@register.filter
def browser_name(agent: str) -> str:
    """“Chrome on Android” for the line a browser sends about itself; what is not known reads as it was sent."""
    browsers = (
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    )
    systems = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
               ("Mac OS", "Mac"), ("Linux", "Linux"))  # fmt: skip
    name = next((name for mark, name in browsers if mark in agent), "")
    system = next((name for mark, name in systems if mark in agent), "")
    return f"{name} on {system}" if name and system else agent[:40] or "A browser that does not name itself"
