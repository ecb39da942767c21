"""Who signed as a table for a spreadsheet, and what they declared as text; both in printed order."""

import re

from letters.text.pack.matter import Matter
from letters.text.pack.people import ACKNOWLEDGED, Contributor, People
from letters.text.statements import declared
from letters.text.workbook import comma_separated

HEADING = ("role", "society", "officer", "office", "country", "ROR", "ORCID")


def signatories_csv(people: People) -> bytes:
    """A line per contributor; e-mail addresses are left out, and no cell can be run as a formula."""
    return comma_separated(HEADING, [_row(one) for one in people.contributors])


def declared_by(people: People) -> tuple[dict[str, list[str]], list[str]]:
    """(what each declared, each thing once; who declared nothing); who is only acknowledged is asked for nothing."""
    said: dict[str, list[str]] = {}
    for one in people.contributors:
        words = " ".join(one.interests.split())
        if one.role != ACKNOWLEDGED:
            held = said.setdefault(one.name, [])
            held += [words] if words and words not in held else []
    return {name: words for name, words in said.items() if words}, [name for name, words in said.items() if not words]


def interests(matter: Matter) -> list[str]:
    """One paragraph for each that declared something, then how many declared nothing; the text speaks for itself."""
    some, silent = declared_by(matter.people)
    found = [f"{name}: {' '.join(words)}" for name, words in some.items()]
    beyond = " beside what the text states" if stated(matter) else ""
    if not some:
        return [f"No competing interests were declared{beyond}."]
    rest = "the other one" if len(silent) == 1 else f"the other {len(silent):,}"
    return [*found, *([f"No competing interests were declared by {rest}{beyond}."] if silent else [])]


def stated(matter: Matter) -> str:
    """What the text itself says of interests, "" when it says nothing."""
    own = [matter.blocks[i] for i in declared(matter.blocks).get("interests", [])]
    said = " ".join(" ".join(block.text for block in own if block.kind != "heading").split())
    return re.sub(r"^competing interests\s*:\s*", "", said, flags=re.IGNORECASE)


def interests_text(matter: Matter) -> str:
    """The interests ready for the field of a form: what the text says itself, then who declared what, and who none."""
    some, silent = declared_by(matter.people)
    parts = [f"Competing interests: {matter.title}"]
    parts += [f"Stated in the text: {words}"] if (words := stated(matter)) else []
    parts += [f"{name}: {' '.join(words)}" for name, words in some.items()]
    parts += ["No competing interests declared by:\n" + "\n".join(f"- {name}" for name in silent)] if silent else []
    return "\n\n".join(parts) + "\n"


def _row(one: Contributor) -> list[str]:
    officer = one.name if one.person else one.officer
    society = one.society or one.affiliation
    return [one.role, society, officer, one.office, one.country, one.ror, one.orcid]
