"""The fictional journals of the demonstration's finished letter, with rules nobody else has."""

import dataclasses

from letters.dispatch import actions as dispatch
from letters.journals import actions, targets
from letters.journals.actions import Address, Facts, Finding, last_change
from letters.management.seed_days import Days
from letters.models import Journal, Letter, User
from letters.models.journal import Channel


@dataclasses.dataclass(frozen=True, slots=True)
class Places:
    """Where the texts go: a web form for each paper, a journal that prints the letter, one that does not answer."""

    web: Journal
    printing: Journal
    silent: Journal


SITE = {"web": "https://annals.example", "printing": "https://lung.example", "silent": "https://breathing.example"}
FACTS = {
    "web": Facts("Annals of Exemplary Medicine", publisher="Exemplary Press", note="Fictional."),
    "printing": Facts("Lung Examples", publisher="Society Press", email="letters@lung.example", note="Fictional."),
    "silent": Facts("Exemplary Review of Breathing", email="editor@breathing.example", note="Fictional."),
}
# An empty value: somebody looked, and the journal states none.
RULES = {
    "web": {
        "submitted": "yes", "words": "400", "excludes": "references, signatories", "group": "yes",
        "declarations": "interests", "article": "no", "acknowledges": "3 working days", "posts": "5 working days",
        "references": "", "authors": "", "window": "", "unpublished": "",
    },
    "printing": {
        "submitted": "yes", "words": "800", "excludes": "references, signatories", "references": "10", "group": "yes",
        "window": "8 weeks", "declarations": "interests", "article": "yes", "acknowledges": "1 week",
        "answers": "3 weeks", "authors": "", "unpublished": "no",
    },
    "silent": {
        "submitted": "yes", "words": "1000", "group": "yes", "article": "yes", "acknowledges": "1 week",
        "answers": "2 weeks", "complaint_receipt": "5 working days", "complaint_answer": "4 weeks",
    },
}  # fmt: skip
WAYS = {
    "web": (Channel.FORM, f"{SITE['web']}/respond"),
    "printing": (Channel.MAIL, "letters@lung.example"),
    "silent": (Channel.MAIL, "editor@breathing.example"),
}
EDITORS = {"web": "Rosalind Achterberg", "printing": "Tomás Villaverde", "silent": "Edith Norrington"}


def journals(by: User, letter: Letter, days: Days) -> Places:
    """The three of them, read by the coordinator before the letter went round; the letter may go to each."""
    now = days.ago(39, 8)
    made = {}
    for key, facts in FACTS.items():
        made[key] = journal = actions.add(by=by, facts=facts, now=now)
        source = f"{SITE[key]}/authors"
        for kind, value in RULES[key].items():
            finding = Finding(value, not value, True, "", source, "own", now.date())
            actions.correct_rule(
                by=by, journal=journal, kind=kind, finding=finding, seen=last_change(journal, kind), now=now
            )  # fmt: skip
        way, address = WAYS[key]
        actions.set_contact(
            by=by, journal=journal, contact=None, address=Address(way, address, "", source, now.date()), now=now
        )  # fmt: skip
    targets.aim(by=by, letter=letter, journals=made.values(), now=now)
    return Places(**made)


def permissions(by: User, letter: Letter, places: Places, days: Days) -> None:
    """Each editor allowed that the statement stands in the others, too."""
    for key, editor in EDITORS.items():
        dispatch.permit(
            by=by, letter=letter, journal=getattr(places, key), editor=editor, given_on=days.ago(27).date(),
            note="By e-mail, if each journal is told of the others.", file=b"", now=days.ago(26, 20),
        )  # fmt: skip
