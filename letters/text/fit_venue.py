"""Preflight of what lies around the words: ways in, authors, window, prior publication; the words are fit_text's."""

import datetime
from collections.abc import Iterator, Sequence

from letters.text.blocks import Block
from letters.text.finding import OK, STOP, WARN, Allowed, Around, Finding, bound, unknown
from letters.text.summary import counted, listed
from letters.text.venue import KINDS, Venue


def submitted(blocks: Sequence[Block], venue: Venue, around: Around) -> Iterator[Finding]:
    """Whether letters are taken at all."""
    rule = venue.rule("submitted")
    if rule.yes is False:
        yield Finding(
            STOP, rule.kind, f"{venue.name} cannot be submitted. {rule.note}".strip(), "Choose another way in."
        )
    elif not rule.known:
        yield unknown(venue, rule.kind)


def authors(blocks: Sequence[Block], venue: Venue, around: Around) -> Iterator[Finding]:
    """Who may stand as author."""
    rule, group, signing = venue.rule("authors"), venue.rule("group"), len(around.signatories)
    behalf = "as authors “on behalf of” the societies; the list goes along as an appendix or a public page."
    if rule.number is not None and signing > rule.number:
        said = f"{counted(signing, 'signatory').replace('signatorys', 'signatories')}; at most {rule.number} authors."
        yield Finding(bound(rule), rule.kind, said, f"Name at most {counted(rule.number, 'person')} {behalf}")
    elif rule.number is not None:
        yield Finding(OK, rule.kind, f"At most {counted(rule.number, 'author')}.")
    elif not rule.known:
        yield unknown(venue, rule.kind)
    if group.yes is False:
        crowded = rule.number is not None and signing > rule.number
        todo = "Write the names of persons, not a common name." if crowded else f"Name persons {behalf}"
        yield Finding(WARN, group.kind, "A group may not stand as author.", todo)
    elif group.known:
        said = "A group may stand as author." if group.yes else "Nothing is said against a group as author."
        yield Finding(OK, group.kind, said)
    else:
        yield unknown(venue, group.kind)


def window(blocks: Sequence[Block], venue: Venue, around: Around) -> Iterator[Finding]:
    """Whether it is still time."""
    rule, end = venue.rule("window"), around.ends
    if not rule.known:
        yield unknown(venue, rule.kind)
    elif rule.span is None:
        yield Finding(OK, rule.kind, "No window is stated.")
    elif end is None:
        todo = "Enter the dates of the paper on the page Targets."
        yield Finding(WARN, rule.kind, f"Letters are taken for {rule.value}; no date of the paper is known.", todo)
    elif end < around.today:
        todo = "Ask the editor before you send it; a window binds letters, not concerns about a paper's integrity."
        yield Finding(bound(rule), rule.kind, f"The window of {rule.value} ended on {_day(end)}.", todo)
    elif not around.confirmed:
        said = f"The window of {rule.value} ends on {_day(end)}, counted from the earliest date of the paper."
        yield Finding(WARN, rule.kind, said, "Confirm on the page Targets from which date the journal counts.")
    else:
        yield Finding(OK, rule.kind, f"The window of {rule.value} ends on {_day(end)}.")


def _day(day: datetime.date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def public(blocks: Sequence[Block], venue: Venue, around: Around) -> Iterator[Finding]:
    """Whether the text is public or elsewhere already."""
    rule = venue.rule("unpublished")
    if around.public and rule.yes is not False:
        state = bound(rule) if rule.yes else WARN
        wants = "and only text that is not public is taken" if rule.yes else "and whether that matters is not stated"
        yield Finding(
            state, rule.kind, f"The text is public already ({around.public}), {wants}.", "Ask the editor first."
        )
    elif rule.yes:
        said, todo = "Only text that is not public is taken.", "Do not release the letter before the journal decides."
        yield Finding(WARN, rule.kind, said, todo)
    elif not rule.known:
        yield unknown(venue, rule.kind)
    if around.elsewhere:
        yield _permission(venue, around)


def _permission(venue: Venue, around: Around) -> Finding:
    """Whether the editors of all journals it went to allow that (ICMJE, section III.D), as far as is on record."""
    concerned = (venue.name, *around.elsewhere)
    allowed = [one for one in around.allowed if one.journal in concerned]
    lacking = [name for name in concerned if name not in {one.journal for one in allowed}]
    said = [f"The letter went to {listed(around.elsewhere)} as well.", *map(_on_record, allowed)]
    if not lacking:
        return Finding(OK, "unpublished", " ".join(said))
    todo = "A second journal needs the permission of both editors, in writing."
    if allowed:
        todo = f"The permission of {listed(lacking)} is still to be had, in writing."
    return Finding(WARN, "unpublished", " ".join(said), todo)


def _on_record(one: Allowed) -> str:
    given, recorded = _day(one.given_on), _day(one.recorded_on)
    return f"{one.editor} allowed it for {one.journal} on {given}; {one.recorded_by} recorded that on {recorded}."


def article(blocks: Sequence[Block], venue: Venue, around: Around) -> Iterator[Finding]:
    """What it will be called."""
    rule = venue.rule("article")
    if rule.yes is False:
        yield Finding(OK, rule.kind, "What appears there is no journal article; do not call it one.")


def stale(blocks: Sequence[Block], venue: Venue, around: Around) -> Iterator[Finding]:
    """Whether the rules were checked lately."""
    old = [rule for rule in venue.rules.values() if rule.stale(around.today, around.stale_days)]
    if old:
        names = listed([f"“{KINDS[rule.kind].label}”" for rule in old])
        said = f"Not checked for more than {around.stale_days} days: {names}."
        yield Finding(WARN, "", said, "Compare with the sources, then mark what is still right.")
