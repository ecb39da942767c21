"""Preflight of the words: length, references, declarations, placeholders; the journal itself is fit_venue's."""

import re
from collections.abc import Iterator, Sequence

from letters.text.blocks import Block
from letters.text.finding import OK, STOP, WARN, Around, Finding, bound, unknown
from letters.text.places import places
from letters.text.references import is_heading, number, references
from letters.text.statements import declared, left_open
from letters.text.summary import counted, listed
from letters.text.venue import BESIDE, DECLARATIONS, PARTS, Venue

_OF_KIND = {
    "title": "title", "headings": "heading", "references": "reference", "signatories": "signatories",
    "tables": "table", "footnotes": "footnote",
}  # fmt: skip
_NAMES = {"interests": "Competing interests", "funding": "Funding", "ai": "Use of generative AI"}


def count_words(blocks: Sequence[Block], excluded: Sequence[str], signatories: Sequence[str] = ()) -> int:
    """Words between blanks, without labels and the parts left out; names of signatories stand in for their place.

    The heading of a reference list goes with the references.
    """
    left_out = set(excluded)
    kinds = {_OF_KIND[part] for part in left_out if part in _OF_KIND}
    statements = {i for indices in declared(blocks).values() for i in indices} if "declarations" in left_out else set()
    total = 0
    for i, block in enumerate(blocks):
        gone = "references" in left_out and is_heading(block) and any(one.kind == "reference" for one in blocks)
        if block.kind not in kinds and i not in statements and not gone and block.kind != "signatories":
            total += len(block.text.split())
    if "signatories" not in left_out:
        places_for = [block.text for block in blocks if block.kind == "signatories"]
        total += sum(len(text.split()) for text in signatories or places_for)
    return total


def words(blocks: Sequence[Block], venue: Venue, around: Around) -> Iterator[Finding]:
    """The length, as the journal counts."""
    rule, excludes = venue.rule("words"), venue.rule("excludes")
    have = count_words(blocks, excludes.items, around.signatories)
    without = f", without {', '.join(PARTS[part] for part in excludes.items)}" if excludes.items else ""
    if rule.number is None:
        if rule.silent:
            yield Finding(OK, rule.kind, f"{counted(have, 'word')}{without}; no limit is stated.")
        else:
            yield unknown(venue, rule.kind)
        return
    limit = rule.number
    if have <= limit:
        yield Finding(OK, rule.kind, f"{have:,} of {limit:,} words{without}.")
    elif not excludes.known and (bare := count_words(blocks, ["references", "signatories"])) <= limit:
        said = f"{have:,} words with references and signatories, {bare:,} without; at most {limit:,} are taken."
        yield Finding(WARN, "excludes", said, "Read what the journal leaves out of the count, then enter it.")
    else:
        over = counted(have - limit, "word")
        todo = f"Cut {over}, or write a shorter text for this journal."
        yield Finding(bound(rule), rule.kind, f"{have:,} words{without}; at most {limit:,} are taken.", todo)


def cited(blocks: Sequence[Block], venue: Venue, around: Around) -> Iterator[Finding]:
    """How many references, and whether list and citations fit."""
    rule, fit = venue.rule("references"), references(blocks)
    if rule.number is not None and fit.count > rule.number:
        said = f"{counted(fit.count, 'reference')}; at most {rule.number} are taken."
        yield Finding(bound(rule), rule.kind, said, f"Leave out {fit.count - rule.number} of them.")
    elif rule.known:
        limit = f" of {rule.number}" if rule.number is not None else ""
        said = f"{fit.count}{limit} references" + ("; no limit is stated." if rule.silent else ".")
        yield Finding(OK, rule.kind, said)
    else:
        yield unknown(venue, rule.kind)
    if fit.missing:
        said = f"Cited but not listed: {_numbers(fit.missing)}."
        yield Finding(STOP, "", said, "Add them to the reference list, or take the citations out.")
    if fit.uncited:
        said = f"Listed but not cited: {_numbers(fit.uncited)}."
        yield Finding(WARN, "", said, "Cite them where they belong, or take them off the list.")


def _numbers(numbers: Sequence[int]) -> str:
    return listed([f"[{n}]" for n in numbers])


def target(blocks: Sequence[Block], venue: Venue, around: Around) -> Iterator[Finding]:
    """Whether the papers answered are among the references, and first where that is wanted."""
    rule = venue.rule("target_first")
    texts = {number(block): block.text for block in blocks if block.kind == "reference"}
    if not around.targets:
        yield Finding(WARN, "", "No paper is named that the letter answers.", "Name it on the page Targets.")
        return
    lost = [doi for doi in around.targets if not any(_names(text, doi) for text in texts.values())]
    if lost:
        said = f"Not among the references: {listed(lost)}, which the letter answers."
        yield Finding(WARN, "", said, "Add it to the references with its DOI, and cite it.")
    if rule.yes:
        if any(_names(texts.get(1, ""), doi) for doi in around.targets):
            yield Finding(OK, rule.kind, "The first reference is the paper answered.")
        else:
            said = "The first reference is not the paper answered."
            yield Finding(bound(rule), rule.kind, said, "Put the paper first in the reference list, with its DOI.")


def _names(text: str, doi: str) -> bool:
    return bool(re.search(rf"(?<![\w.]){re.escape(doi)}(?![\w-]|[./(]\w)", text, re.IGNORECASE))


def declarations(blocks: Sequence[Block], venue: Venue, around: Around) -> Iterator[Finding]:
    """What must be declared, competing interests in any case."""
    rule, found, where = venue.rule("declarations"), declared(blocks), places(blocks)
    if not rule.known:
        yield unknown(venue, rule.kind)
    for kind in rule.items if "interests" in rule.items else ("interests", *rule.items):
        said = DECLARATIONS[kind]
        if kind in BESIDE:
            yield Finding(WARN, rule.kind, f"Asked for beside the text: {said}.", "Have it at hand when you submit.")
        elif kind in found:
            yield Finding(OK, rule.kind, f"Declared: {said}, in {where[found[kind][0]]}.")
        else:
            state = bound(rule) if kind in rule.items else WARN
            todo = f"Add a paragraph that begins with “{_NAMES[kind]}:”, and ask the societies what belongs there."
            yield Finding(state, rule.kind, f"Nothing is declared on {said}.", todo)


def filled_in(blocks: Sequence[Block], venue: Venue, around: Around) -> Iterator[Finding]:
    """Nothing is left to fill in."""
    for text, where in left_open(blocks):
        yield Finding(STOP, "", f"“{text}” in {where} is still to be filled in.", "Write what belongs there.")
    spots = [block.text for block in blocks if block.kind == "signatories"]
    if len(spots) > 1:
        said = f"{len(spots)} places for the signatories: {listed([f'“{spot}”' for spot in spots])}."
        yield Finding(STOP, "", said, "Keep one of them.")
    elif spots:
        yield Finding(OK, "", f"The signatories stand where it says “{spots[0]}”.")
