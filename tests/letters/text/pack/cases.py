"""One small letter with its people, targets and journals, for the tests of the submission pack."""

import dataclasses
import datetime

from letters.text.blocks import new_ids
from letters.text.inline import Run, block
from letters.text.pack.matter import Matter, Target
from letters.text.pack.people import ACKNOWLEDGED, AUTHOR, ENDORSER, ON_BEHALF, SUBMITTER, Contributor, People
from letters.text.references import link_blocks
from letters.text.venue import Rule, Venue

ASIS = Contributor(
    AUTHOR, society="Atlantic Spine Society", country="US", officer="Margaret Okafor, MD", office="President",
    ror="https://ror.org/021k9xw90",
)  # fmt: skip
NORD = Contributor(
    AUTHOR, society="Société du Nord", country="FR", officer="Étienne Lefèvre", interests="Grant of 2024."
)
GUILD = Contributor(ENDORSER, society="Guild of Imaging")
HELPER = Contributor(ACKNOWLEDGED, given="Ida", family="Berg")
BOB = Contributor(
    SUBMITTER, given="Bob", family="Stone", office="President", affiliation="Atlantic Spine Society", country="US",
    email="bob@asis.example", orcid="0000-0002-1825-0097",
)  # fmt: skip
AUTHOR_BOB = dataclasses.replace(BOB, role=AUTHOR)
SOCIETIES = People((ASIS, NORD, GUILD, HELPER), BOB)
PERSONS = People((AUTHOR_BOB, *(dataclasses.replace(one, role=ON_BEHALF) for one in (ASIS, NORD)), GUILD), AUTHOR_BOB)

JOURNAL = Venue("journal-of-tests", "Journal of Tests", {"excludes": Rule("excludes", "references, signatories")})
COMMENTS = Venue(
    "bmj-rapid-response", "BMJ rapid response",
    {"article": Rule("article", "no"), "words": Rule("words", "600"), "style": Rule("style", "bmj"),
     "excludes": Rule("excludes", "references, signatories")},
)  # fmt: skip
SLOTS = Venue("nejm-letter", "NEJM letter", {"authors": Rule("authors", "3"), "group": Rule("group", "no")})

WANG = (
    "Wang X, Martin G, et al. Common procedures: a review. BMJ 2025;388:e079971. doi:10.1136/bmj-2024-079971"
)  # fmt: skip
TARGETS = (Target("10.1136/bmj-2024-079970", "Busse JW, et al. A guideline. BMJ 2025;388:e079970."),)


def blocks():
    """Seven blocks and two references, one of which nobody can read."""
    made = [
        block("title", [Run("Response to a guideline")]),
        block("paragraph", [Run("We disagree"), Run("1,2", frozenset({"sup"})), Run(".")]),
        block("heading", [Run("Grounds")], level=1),
        block("item", [Run("Pooling")], level=1, label="1."),
        block("item", [Run("Omission")], level=1, label="2."),
        block("paragraph", [Run("Sincerely,")]),
        block("signatories", [Run("[Insert society names]")]),
        block("heading", [Run("References")], level=1),
        block("reference", [Run(WANG)], label="1."),
        block("reference", [Run("Unpublished data on file.")], label="2."),
    ]
    return link_blocks(new_ids(made))


def matter(**changes) -> Matter:
    """The letter to the Journal of Tests for two societies, or with some of it changed."""
    said = {
        "title": "Response to a guideline", "blocks": blocks(), "venue": JOURNAL, "people": SOCIETIES,
        "targets": TARGETS, "convener": "Atlantic Spine Society", "dated": datetime.date(2025, 3, 18),
        "verify": "https://signon.example/v/1", "remedy": "to retract the guideline",
    }  # fmt: skip
    return Matter(**(said | changes))
