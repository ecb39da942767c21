"""Each change of anything the public pages show reaches a reader who held the page before it."""

import datetime

import pytest
from django.db import transaction
from django.test import Client

from letters.coordinate import registry
from letters.models import (
    Claim,
    ClaimAnswer,
    Correspondence,
    Document,
    Journal,
    JournalRule,
    Letter,
    Picture,
    Signature,
    Society,
    Submission,
    SummaryApproval,
    Target,
    TargetDate,
    database_now,
)
from letters.record import cached
from letters.sign import actions as signing
from letters.sign import responses
from letters.submit import actions as submit
from tests import factories
from tests.letters.record import stage

pytestmark = pytest.mark.django_db
PAGES = ("", "/feed.atom", "/signatories.json")


@pytest.fixture
def letter():
    return stage.founding(stage.many(factories.SOCIETIES, v2=factories.LATER))


def pages(letter: Letter) -> list[str]:
    return [f"/l/{letter.slug}{address}" for address in PAGES]


@pytest.fixture
def at_once(monkeypatch):
    """The mark is looked up with every request."""
    monkeypatch.setattr(cached, "SECONDS", -1.0)


def note(letter):
    link = factories.link_of(letter, "carol")
    signing.note(by=link, signature=Signature.objects.get(invitation=link.invitation), words="We read it again.")


def another_logo(letter):
    society = Society.objects.get(short_name="NSC")
    logo = Document.objects.keep(b"logo", kind="logo", edition=None, now=database_now())
    Society.objects.filter(pk=society.pk).update(logo=logo, logo_permission="Yes")
    signature = Signature.objects.filter(invitation__society=society)
    signature.update(logo=logo)
    edition = letter.editions.get()
    factories.enrolled_anew(edition, logo=logo.sha256)


def logo_taken_away(letter):
    Society.objects.filter(short_name="NSC").update(logo=None, logo_permission="")


def drawn(letter):
    edition = letter.editions.get()
    Picture.objects.create(edition=edition, document=stage.kept("png", "picture"))


def shown_answer(letter):
    link = factories.link_of(letter, "bob")
    letter.invitations.filter(pk=link.invitation_id).update(
        response="declined",
        responded_at=database_now(),
        responded_by=link.officer.user,
        reason="No.",
        may_be_shown=True,
    )


def merged(letter):
    keep = Society.objects.create(official_name="The Kept Society")
    registry.merge(by=None, keep=keep, drop=Society.objects.get(short_name="SDS"), now=database_now())


def updated(model, **values):
    return lambda letter: [model.objects.filter(pk=model.objects.first().pk).update(**values)]


TODAY = datetime.date(2026, 1, 1)
CHANGES = {
    "a note": note,
    "a picture": drawn,
    "another answer": shown_answer,
    "a merged society": merged,
    "a ROR id": lambda letter: Society.objects.filter(short_name="SDS").update(ror_id="https://ror.org/021k9xw90"),
    "the certificate": lambda letter: submit.show_certificate(
        by=factories.alice(), letter=letter, shown=True, now=database_now()
    ),
    "the convener": lambda letter: Letter.objects.update(convener="Another council"),
    "a citation": updated(Target, citation="Counting Group. Corrected."),
    "a paper's date": updated(TargetDate, day=TODAY),
    "how exact a date is": updated(TargetDate, exact="year"),
    "a journal's name": lambda letter: Journal.objects.filter(name="Interventional Counting").update(name="New"),
    "a journal's name in sentences": lambda letter: Journal.objects.filter(name="The Exemplary Journal").update(
        spoken="TEJ"
    ),
    "a journal's rule": lambda letter: JournalRule.objects.filter(value="yes").update(value="no"),
    "a submission": lambda letter: stage.sent(letter, stage.journal("A fourth journal"), database_now()),
    "a channel": lambda letter: Submission.objects.filter(channel="form").update(channel="system"),
    "a summary's name": lambda letter: letter.summaries.update(name="Another name"),
    "an approval taken back": lambda letter: SummaryApproval.objects.update(ended_at=database_now()),
    "an entry": lambda letter: stage.came(letter, "press", TODAY, "In the news"),
    "an entry made public": lambda letter: Correspondence.objects.filter(public=False).update(public=True),
    "an entry taken back": lambda letter: Correspondence.objects.filter(kind="decision").update(public=False),
    "an entry removed": lambda letter: Correspondence.objects.filter(kind="decision").update(removed_at=database_now()),
    "a decision": lambda letter: Correspondence.objects.filter(kind="decision").update(outcome="retraction"),
    "an entry's words": lambda letter: Correspondence.objects.filter(kind="reply").update(text="Other words."),
    "an entry's title": lambda letter: Correspondence.objects.filter(kind="reply").update(title="Other title"),
    "an entry's day": lambda letter: Correspondence.objects.filter(kind="reply").update(day=TODAY),
    "an entry's address": lambda letter: Correspondence.objects.filter(kind="reply").update(url="https://j.example/9"),
    "an entry's DOI": lambda letter: Correspondence.objects.filter(doi="10.5555/letter.1").update(doi="10.5555/9"),
    "an entry's file": lambda letter: Correspondence.objects.filter(kind="reply").update(file_public=False),
    "a file's name": lambda letter: Correspondence.objects.filter(kind="reply").update(file_name="other.pdf"),
    "a claim": lambda letter: stage.claim(letter, 9, "Another point"),
    "a claim's words": updated(Claim, text="Other words"),
    "a claim's evidence": updated(Claim, evidence="Figure 9"),
    "a claim's remedy": updated(Claim, remedy="Correction"),
    "a claim removed": updated(Claim, removed_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)),
    "a finding": updated(ClaimAnswer, finding="accepted"),
    "what an answer said": updated(ClaimAnswer, said="Other words"),
    "the table of claims": lambda letter: Letter.objects.update(claims_public=False),
}  # fmt: skip


def told(letter: Letter, change: str, before: dict) -> list[str]:
    """What is wrong after this change for readers who held the pages before it; the change is undone."""
    point = transaction.savepoint()
    CHANGES[change](letter)
    after = {
        address: Client().get(address, headers={"if-none-match": answer["ETag"]}) for address, answer in before.items()
    }
    cached.forget()
    fresh = {address: Client().get(address).content for address in before}
    transaction.savepoint_rollback(point)
    if all(before[address].content == fresh[address] for address in before):
        return [f"{change}: no page shows it"]
    return [f"{change}: {address}" for address, answer in after.items() if answer.content != fresh[address]]


@pytest.mark.slow
def test_each_change_of_what_is_shown_reaches_who_held_the_page(letter, at_once):
    before = {address: Client().get(address) for address in pages(letter)}
    assert [fault for change in CHANGES for fault in told(letter, change, before)] == []


def test_a_logo_put_up_and_taken_away_changes_the_mark(letter, at_once):
    address = f"/l/{letter.slug}"
    bare = Client().get(address)
    another_logo(letter)
    with_logo = Client().get(address, headers={"if-none-match": bare["ETag"]})
    assert b"society-logo" in with_logo.content
    logo_taken_away(letter)
    assert b"society-logo" not in Client().get(address, headers={"if-none-match": with_logo["ETag"]}).content


def test_a_new_edition_changes_the_mark(at_once):
    letter = stage.released("bob")
    address = f"/l/{letter.slug}"
    before = Client().get(address)
    link = factories.link_of(letter, "carol")
    now = database_now()
    from_now = {"letter": letter, "opened_at": now, "opened_by": factories.alice()}
    call = responses.Invitation._meta.get_field("late_call").related_model.objects.create(
        **from_now, until=now + datetime.timedelta(days=1)
    )
    letter.invitations.filter(pk=link.invitation_id).update(late_call=call)
    factories.signed(letter, "carol")
    factories.lifecycle.freeze_late(factories.lifecycle.locked(letter), now=database_now())
    stage.mark_sealed(letter)
    after = Client().get(address, headers={"if-none-match": before["ETag"]})
    assert b"Edition 2, the latest: 2 societies" in after.content
