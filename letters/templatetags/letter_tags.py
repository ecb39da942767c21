"""How times, hashes and a society's state read on a page or in a mail; they compute no facts."""

import datetime
import zoneinfo

from django import template

from letters.models import Event, Invitation, Letter, Link, Response, Signature, State, Version
from letters.notify import blocks, dates
from letters.proof.spoken import in_words
from letters.templatetags.event_sentences import EVENTS, Unsaid

register = template.Library()
WORDS_A_MINUTE = 230


@register.filter
def reading_minutes(words: int) -> int:
    """Minutes an adult needs for `words` words of prose, at least one."""
    return max(1, round(words / WORDS_A_MINUTE))


@register.filter
def instant_text(at: datetime.datetime, zone: zoneinfo.ZoneInfo) -> str:
    """“Wed 2 December 2026, 17:00 New York (22:00 UTC)”."""
    return dates.instant_text(at, zone)


@register.filter
def short_instant(at: datetime.datetime, zone: zoneinfo.ZoneInfo) -> str:
    """“22 Nov, 00:59”, on the convener's clock, for a dense list."""
    local = at.astimezone(zone)
    return f"{local.day} {local:%b, %H:%M}"


@register.filter
def clock_text(at: datetime.datetime, zone: zoneinfo.ZoneInfo) -> str:
    """“14:32 New York” for something that happens soon."""
    return f"{at.astimezone(zone):%H:%M} {place(zone)}"


@register.filter
def place(zone: zoneinfo.ZoneInfo) -> str:
    """“New York”: where a clock stands, as a person says it."""
    return zone.key.rpartition("/")[2].replace("_", " ")


@register.filter
def is_hash(value: str) -> bool:
    """Whether a fact is a SHA-256 in hexadecimal, to be shown in groups that can be compared."""
    return len(value) == 64 and set(value) <= set("0123456789abcdef")


@register.filter
def left_text(at: datetime.datetime, now: datetime.datetime) -> str:
    """“9 minutes”, and “40 seconds” in the last minute."""
    seconds = max(0, round((at - now).total_seconds()))
    count, unit = (seconds, "second") if seconds < 60 else (-(-seconds // 60), "minute")
    return f"{count} {unit}{'' if count == 1 else 's'}"


@register.filter
def deadline_text(letter: Letter) -> str:
    """The deadline on the convener's clock and in UTC; empty while there is none."""
    return instant_text(letter.deadline, letter.zone) if letter.deadline else ""


@register.filter
def instant_for(at: datetime.datetime, link: Link) -> str:
    """An instant in the officer's zone, where it is known, before the convener's zone and UTC."""
    return dates.instant_in(at, link.zone, link.invitation.letter.zone)


@register.filter
def deadline_for(letter: Letter, link: Link) -> str:
    """The deadline in the officer's zone, the convener's and UTC; empty while there is none."""
    return instant_for(letter.deadline, link) if letter.deadline else ""


@register.filter
def said_aloud(words: str) -> str:
    """What somebody else wrote, set off line by line in a mail, so that nothing in it is taken for a button."""
    return blocks.said(words)


@register.filter
def grouped(value: str) -> str:
    """A hash in groups of eight, easier to compare by eye."""
    return " ".join(value[i : i + 8] for i in range(0, len(value), 8))


@register.filter
def spoken(value: str) -> str:
    """A hash as six words to compare by ear: “amber river …”."""
    return " ".join(in_words(value))


@register.filter
def mandate_text(signature: Signature) -> str:
    """Who decided, when, and where it is minuted; says so when nobody was named."""
    if not signature.mandate_body:
        return "No deciding body was named."
    day = f"{signature.mandate_date.day} {signature.mandate_date:%B %Y}" if signature.mandate_date else ""
    return ", ".join(part for part in (signature.mandate_body, day, signature.mandate_minute) if part)


@register.filter
def signed_text(version: Version) -> str:
    """“Signed version 2”, for a pill."""
    return f"Signed version {version.number}"


@register.filter
def day_text(day: datetime.date) -> str:
    """“Thu 3 December 2026”."""
    return f"{day:%a} {day.day} {day:%B %Y}"


@register.filter
def answer_words(invitation: Invitation) -> str:
    """What a society says short of signing, as the end of a sentence that begins with its name."""
    if invitation.response == Response.BOARD and invitation.board_on:
        return f"decides by its board on {day_text(invitation.board_on)}"
    if invitation.response == Response.PASSED:
        return f"passed the letter on to {invitation.passed_to}"
    return ANSWERS[Response(invitation.response)]


@register.filter
def not_open_text(letter: Letter) -> str:
    """Why nobody can sign now, for a reader."""
    if letter.state == State.REVIEW:
        return "The text is in review. You will get an e-mail when it is open for signature."
    if letter.state == State.SIGNING:
        return f"The deadline has passed: {deadline_text(letter)}. Ask the coordinator to extend it."
    return f"The letter is {letter.get_state_display().lower()}; nothing more can be signed."


ANSWERS = {
    Response.NONE: "has not answered",
    Response.IF_CHANGED: "would sign if the text changed",
    Response.DECLINED: "declined",
    Response.OWN: "makes a statement of its own",
}


@register.filter
def event_text(event: Event) -> str:
    """One event as a sentence, with the person who did it where there is one."""
    facts = event.details | event.data
    if "response" in facts:
        facts["answer"] = Response(facts["response"]).label
    for name in {"release_at", "as_of"} & facts.keys():
        hour = datetime.datetime.fromisoformat(facts[name])
        facts[name] = instant_text(hour, zoneinfo.ZoneInfo("UTC"))
    if "day" in facts:
        day = datetime.date.fromisoformat(facts["day"])
        facts["day"] = f"{day.day} {day:%B %Y}"
    sentence = EVENTS.get(event.kind, event.kind.capitalize() + ".").format_map(Unsaid(facts))
    sentence = sentence[:1].upper() + sentence[1:]
    return f"{sentence[:-1]} by {event.by}." if event.by and event.actor == "coordinator" else sentence


@register.filter
def browser_name(agent: str) -> str:
    """“Chrome on Android” for the line a browser sends about itself; what is not known reads as it was sent."""
    on = {"en": "on", "de": "unter", "fr": "sous", "es": "en"}[dates.language()]
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
    return f"{name} {on} {system}" if name and system else agent[:40] or "A browser that does not name itself"
