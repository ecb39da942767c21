"""The ladder when a journal does not answer or decides badly: its editor, its complaints route, COPE."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder: to whom, when it is right, by which standard, what is waited for afterwards."""

    key: str
    title: str
    when: str
    standard: str
    source: str
    waits: tuple[str, ...]
    needs: Mapping[str, str]  # what must hold first: a key, and the sentence a person confirms
    careful: str = ""


EDITOR = Rung(
    "editor", "Write to the journal’s editor",
    "Nothing came in time, or it is not clear what the journal does. Ask what happens with the letter, and until when.",
    "COPE, handling of post-publication critiques: the journal tells both sides the timeline and what it will do.",
    "https://publicationethics.org/resources/flowcharts/handling-post-publication-critiques",
    ("answer",), {},
)  # fmt: skip
COMPLAINTS = Rung(
    "complaints", "Complain to the journal",
    "The editor did not answer, or the process failed. A complaint is about the process, not about who is right.",
    "The journal’s own complaints route, as its page says.",
    "",
    ("receipt", "complaint"), {},
    "One complaint in the name of all is read; some journals keep slower answers, or none, for a coordinated campaign.",
)  # fmt: skip
COPE = Rung(
    "cope", "Bring the case to COPE",
    "The journal’s own process has ended, and it did not follow its own rules or those of COPE.",
    "COPE, facilitation and integrity: about the procedure of its members only; it rules on no editorial decision, "
    "investigates nothing and takes nothing that is before a court. It tells you how it stands every 4 weeks.",
    "https://publicationethics.org/facilitation-and-integrity-subcommittee",
    ("cope",),
    {
        "member": "The journal or its publisher is a member of COPE",
        "ended": "The journal’s own complaints process has ended",
        "court": "Nothing of this is before a court",
    },
)  # fmt: skip
LADDER = (EDITOR, COMPLAINTS, COPE)
RUNGS = {rung.key: rung for rung in LADDER}


def next_rung(overdue: Collection[str], taken: Collection[str], decided: bool) -> Rung | None:
    """The rung to offer: `overdue` are steps past their day, `taken` the rungs written to, `decided`: a decision came.

    None while nothing is late. After a decision the ladder goes on with a complaint, since the editor has spoken.
    """
    if "cope" in taken:
        return None
    if "complaints" in taken:
        return COPE if {"receipt", "complaint"} & set(overdue) or decided else None
    if decided:
        return COMPLAINTS
    if not overdue:
        return None
    return COMPLAINTS if "editor" in taken else EDITOR


@dataclass(frozen=True, slots=True)
class Ready:
    """One thing to have at hand, whether it is there, and what was found or is missing."""

    what: str
    there: bool
    said: str


def at_hand(
    *, dois: Collection[str], claims: int, without_evidence: int, without_remedy: int, interests: str, contact: str,
    exchanges: int,
) -> list[Ready]:  # fmt: skip
    """What a complaint should carry (COPE: what a complainant sends), held against what is on record."""
    if not claims:
        evidence = "There are no claims yet: number the points of the letter."
    elif without_evidence:
        evidence = f"{claims} on record; {without_evidence} without evidence."
    else:
        evidence = f"{claims} on record, each with its evidence."
    asked = bool(claims) and not without_remedy
    remedy = "Each claim says it." if asked else f"{without_remedy} of {claims} claims do not say it."
    return [
        Ready("DOI of each article", bool(dois), ", ".join(dois) or "Name the papers the letter answers."),
        Ready("Numbered claims, each with page, table or figure and a reference", bool(claims) and not without_evidence,
              evidence),
        Ready("What is asked for", asked, remedy if claims else "Each claim says what it asks for."),
        Ready("Interests of the signatories", bool(interests),
              interests or "No signature declares any: ask the societies."),
        Ready("One contact", bool(contact), contact or "Name one person who answers for all."),
        Ready("Dates and copies of what was written before", bool(exchanges),
              f"{exchanges} {'entry' if exchanges == 1 else 'entries'} on record." if exchanges else "None on record."),
    ]  # fmt: skip
