"""Stages of submissions, built by the real actions; the sealed file is a stand-in: nothing here is about paper."""

import datetime

from letters.dispatch import actions, going
from letters.models import (
    Document,
    Edition,
    Job,
    Journal,
    JournalRule,
    Letter,
    Submission,
    Summary,
    SummaryApproval,
    SummaryVersion,
    Target,
    database_now,
)
from letters.text.blocks import new_ids
from letters.text.canonical import canonical_text, content_hash
from letters.text.markdown import read_markdown
from letters.text.references import link_blocks
from tests import factories, stages

MAIL = "editor@journal.example"
SHORT = """# A summary on counting

The authors counted to nine; we count to ten [1].

[Insert society names]

Competing interests: none.

## References

1. Counting Group. A guideline on counting. J Exempl 2026;1:1-9. doi:10.5555/example.1
"""


@stages.kept
def sealed(*names: str, csv: str = factories.SOCIETIES) -> Letter:
    """A sealed letter (bob and carol signed by default) whose file is a stand-in."""
    letter = factories.signing_open(csv)
    factories.signed(letter, *(names or ("bob", "carol")))
    return sealed_now(letter)


def sealed_now(letter: Letter) -> Letter:
    """Close the letter and seal it with a stand-in."""
    edition = factories.lifecycle.close(letter, by=factories.alice())
    document = Document.objects.keep(b"%PDF-stand-in", kind="pdf", edition=edition, now=database_now())
    assert factories.lifecycle.mark_sealed(Edition.objects.get(pk=edition.pk), document=document, now=database_now())
    Job.objects.all().delete()
    return factories.fresh(letter)


def journal(name: str = "Journal of Examples", email: str = MAIL, **rules: str) -> Journal:
    """A journal that takes mail, with these rules known."""
    made, _ = Journal.objects.get_or_create(name=name, defaults={"email": email})
    for kind, value in rules.items():
        facts = {"value": value, "source": "https://journal.example/rules", "checked_on": database_now().date()}
        JournalRule.objects.update_or_create(journal=made, kind=kind, defaults=facts)
    return made


def paper(letter: Letter, doi: str = "10.5555/example.1") -> Target:
    """A paper the letter answers."""
    by, now = factories.alice(), database_now()
    return Target.objects.create(letter=letter, doi=doi, citation=f"A paper {doi}", added_at=now, added_by=by)


def summary(letter: Letter, *names: str, text: str = SHORT) -> SummaryVersion:
    """A published summary that these officers' societies approved."""
    by, now = factories.alice(), database_now()
    parts = link_blocks(new_ids(read_markdown(text.encode(), name="s.md").blocks))
    words = canonical_text(parts)
    made = Summary.objects.create(
        letter=letter, number=letter.summaries.count() + 1, name="Rapid response", created_at=now, created_by=by
    )
    version = SummaryVersion(
        summary=made, number=1, title="A summary on counting", text=words, html="",
        blocks=[one.as_dict() for one in parts],
        content_hash=content_hash(words), words=9, source_name="s.md", created_at=now, created_by=by,
        source=Document.objects.keep(text.encode(), kind="source", edition=None, now=now), circulated_at=now,
    )  # fmt: skip
    version.save()
    Summary.objects.filter(pk=made.pk).update(current=version)
    for name in names:
        approve(version, name)
    return SummaryVersion.objects.select_related("summary__letter").get(pk=version.pk)


def approve(version: SummaryVersion, name: str) -> None:
    """The society of this officer is behind the version."""
    link = factories.link_of(version.summary.letter, name)
    SummaryApproval(
        version=version, invitation=link.invitation, officer=link.officer, printed_name="x", office="x",
        authenticated="x", approved_at=database_now(),
    ).save()  # fmt: skip


def prepared(letter: Letter, *, to: Journal | None = None, channel: str = "", **text: object) -> Submission:
    """A submission as a new one is proposed."""
    return actions.prepare(
        by=factories.alice(), letter=letter, journal=to or journal(), text=actions.Text(**text), now=database_now(),
        channel=channel,
    )  # fmt: skip


def ready(letter: Letter, **how: object) -> Submission:
    """The same, with a reason against what preflight says of the words."""
    row = prepared(letter, **how)
    return actions.object_to(by=factories.alice(), submission=row, despite="The editor agreed.", now=database_now())


def asked(row: Submission, minutes: float = 0) -> Submission:
    """Alice lets it go, after so many minutes."""
    pause = datetime.timedelta(minutes=minutes)
    return going.ask(by=factories.alice(), submission=row, now=database_now(), pause=pause)


def fresh(row: Submission) -> Submission:
    """The submission as the database has it now."""
    return Submission.objects.select_related("edition__letter", "journal", "sent_copy").get(pk=row.pk)
