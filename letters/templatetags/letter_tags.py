"""How times, hashes and a society's state read on a page or in a mail; they compute no facts."""

import datetime
import zoneinfo

from django import template

from letters.models import Event, Invitation, Letter, Link, Response, Signature, State, Version
from letters.notify import blocks, dates
from letters.proof.spoken import in_words

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
    "planned": "The reminder plan was changed.",
    "mailed": "{officers} officers were written to: {what}.",
    "links renewed": "{links} personal links were replaced.",
    "signed": "{society} signed version {version}.",
    "withdrawn": "A signature was withdrawn ({receipt}).",
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
    "successor asked": "{officer} was asked to sign for {society} as the successor.",
    "asked": "It was changed who is asked to sign for {society}.",
    "approved": "Version {version} was released for {society}.",
    "not approved": "Version {version} was not released for {society}.",
    "approval ended": "The release of version {version} for {society} was taken back.",
    "arranged": "The order of the societies was changed.",
    "responded": "{society} answered: {answer}.",
    "late opened": "{societies} societies were let sign late.",
    "late closed": "Late signing was closed.",
    "seal asked": "The seal of edition {edition} was asked for.",
    "target": "{doi} was named as a paper the letter answers.",
    "target dropped": "{doi} was taken off the papers the letter answers.",
    "target date": "For {doi} the date of publication that counts was confirmed: {day}.",
    "target date open": "For {doi} no date of publication is confirmed any more.",
    "submitted": "The letter was submitted to {journal}.",
    "team joined": "{whom} was let into the team as {role}.",
    "team role": "{whom} was made {role}.",
    "team left": "{whom} was taken out of the team.",
    "team offered": "The letter was offered to {whom}.",
    "team owner": "The letter was taken over.",
    "terms": "The terms were changed.",
    "release set": "The public page was set to open on {release_at}.",
    "release unset": "The public page was set not to open by itself.",
    "certificate": "The certificate of signatures was made {shown}.",
    "submitted again": "The letter was sent to {journal} once more.",
}


class Unsaid(dict[str, str]):
    """Facts of an event; one that is not there is left out of the sentence."""

    def __missing__(self, key: str) -> str:
        return "…"


@register.filter
def event_text(event: Event) -> str:
    """One event as a sentence, with the person who did it where there is one."""
    facts = event.details | event.data
    if "response" in facts:
        facts["answer"] = Response(facts["response"]).label
    if "release_at" in facts:
        hour = datetime.datetime.fromisoformat(facts["release_at"])
        facts["release_at"] = instant_text(hour, zoneinfo.ZoneInfo("UTC"))
    sentence = EVENTS.get(event.kind, event.kind.capitalize() + ".").format_map(Unsaid(facts))
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
