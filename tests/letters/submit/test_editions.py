"""After the seal: notes that delete nothing, a second edition beside the first, what the pages say of both."""

import dataclasses
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from letters.lifecycle import NotNow
from letters.models import Edition, Letter, Link, Mail, Signature, State, database_now
from letters.proof import bundle
from letters.proof.verify import verify_file
from letters.record import roster, shelf
from letters.render.page import page_html
from letters.render.site_keys import site_keys
from letters.render.store import earlier_line, evidence_of, sheet_of
from letters.sign import actions as signing
from letters.submit import actions
from tests import factories
from tests.faults import acts
from tests.letters.dispatch import stage
from tests.letters.submit.test_late import close_late, open_late, sealed, societies

pytestmark = pytest.mark.django_db


def note(letter, name, words="We read it again."):
    link = factories.link_of(letter, name)
    signature = Signature.objects.filter(invitation=link.invitation).last()
    return signing.note(by=link, signature=signature, words=words)


def test_after_the_seal_support_is_taken_back_by_a_dated_note_and_nothing_is_deleted():
    letter = sealed("bob", "carol")
    noted = note(letter, "carol")
    assert (noted.withdrawn_after_seal, noted.public_note) == (True, "We read it again.")
    event = letter.events.last()
    assert (event.kind, event.data) == ("withdrawn", {"receipt": noted.receipt_no, "note": "We read it again."})
    edition = Edition.objects.get()
    (_, rows), *others = roster.listed(edition).groups
    assert ([bool(row.noted) for row in rows], others) == ([False, True], [])
    with pytest.raises(NotNow, match="already"):
        note(letter, "carol")
    open_late(letter, "sato")
    factories.signed(letter, "sato")
    assert societies(close_late(letter)) == ["NSC", "JSC"]


def test_a_note_needs_the_seal_and_stands_in_the_database_only_after_it():
    letter = factories.closed("bob")
    with pytest.raises(NotNow, match="not sealed yet"):
        note(letter, "bob")
    for parts in ({"public_note": "x"}, {"withdrawn_after_seal": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Signature.objects.update(**parts)


def test_another_society_writes_no_note():
    letter = sealed("bob", "carol")
    bob = Signature.objects.get(society_name="Northern Society of Counting")
    with pytest.raises(NotNow):
        signing.note(by=factories.link_of(letter, "carol"), signature=bob, words="")
    assert not Signature.objects.exclude(withdrawn_at=None).exists()


@pytest.mark.slow
def test_both_editions_verify_and_the_second_says_what_the_first_had(tmp_path):
    letter = factories.sealed("bob", "carol")
    note(letter, "carol", "")
    open_late(letter, "sato")
    factories.signed(letter, "sato")
    second = close_late(letter)
    actions.seal(by=factories.alice(), letter=letter, now=database_now())
    factories.work()
    first, second = Edition.objects.order_by("number")
    assert (first.number, second.number, factories.fresh(letter).state) == (1, 2, State.SEALED)
    day = first.closed_at.astimezone(letter.zone)
    assert earlier_line(first) == ""
    assert earlier_line(second) == f"Edition 1 of {day.day} {day:%B %Y} had 2 societies."
    for edition in (first, second):
        verdict = verify_file(edition.document.read(), trusted=[site_keys().certificate])
        assert verdict.problems == []
        assert "That this is the latest edition" in str(verdict.not_proven)
    stored = bundle.from_zip(shelf.evidence_of(second).read())
    anew = evidence_of(second, site_keys(), tmp_path)
    assert stored.keys() == anew.keys()
    assert [name for name, data in stored.items() if anew[name].read_bytes() != data] == [
        "checkpoint.txt", "events.json", "manifest.json"  # the record has gone on
    ]  # fmt: skip
    assert actions.sealed_edition(letter) == second
    assert Mail.objects.filter(kind="sealed", key__endswith=f":{second.pk}").count() == 2


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "L’édition 1 du 1er mars 2025 portait 2 sociétés."),
        ("de", "Ausgabe 1 vom 18. März 2025 hatte 2 Gesellschaften."),
        ("es", "La edición 1 del 18 de marzo de 2025 tenía 2 sociedades."),
    ],
)
def test_second_edition_says_in_the_letter_s_language_what_the_first_had(language, said):
    letter = sealed("bob", "carol")
    open_late(letter, "sato")
    factories.signed(letter, "sato")
    second = close_late(letter)
    day = 1 if language == "fr" else 18
    Edition.objects.filter(number=1).update(closed_at=datetime(2025, 3, day, 12, tzinfo=UTC))
    Letter.objects.update(language=language)
    second.refresh_from_db()
    made = sheet_of(Edition.objects.get(pk=second.pk))
    assert made.earlier == said
    assert page_html(made).count(f'<p class="earlier">{said}</p>') == 1


@pytest.mark.parametrize(
    ("language", "start"), [("en", "Once"), ("fr", "Une fois"), ("de", "Sobald"), ("es", "Cuando")]
)
def test_paper_of_each_edition_says_where_the_latest_is_named(language, start):
    made = dataclasses.replace(sheet_of(Edition.objects.get(letter=sealed("bob"))), language=language)
    assert f'<p class="latest">{start} ' in page_html(made)


def test_a_pending_edition_is_neither_sent_nor_downloaded():
    letter = sealed("bob")
    open_late(letter, "carol")
    factories.signed(letter, "carol")
    second = close_late(letter)
    first = Edition.objects.get(number=1)
    assert (actions.current_edition(letter), actions.sealed_edition(letter)) == (second, first)
    assert stage.prepared(letter).edition == first
    assert shelf.edition_of(letter) == first


def test_the_record_keeps_both_editions_and_says_which_is_the_latest(client):
    letter = sealed("bob", "carol")
    note(letter, "carol", "We read it <again>.")
    open_late(letter, "sato")
    factories.signed(letter, "sato")
    acts.mark_sealed(close_late(letter).pk)
    Letter.objects.update(state="published", published_at=database_now())
    first, second = Edition.objects.order_by("number")
    page = client.get(f"/l/{letter.slug}").content.decode()
    assert "Edition 2, the latest: 2 societies" in page
    assert "Edition 1: 2 societies" in page
    assert "Société du Sud</bdi> stands in an earlier edition. Note of" in page
    assert "“We read it &lt;again&gt;.”" in page
    assert client.get(f"/l/{letter.slug}/letter.pdf").content == second.document.read()
    assert client.get(f"/l/{letter.slug}/letter.pdf?edition=1").content == first.document.read()
    assert client.get(f"/l/{letter.slug}/letter.pdf?edition=3").status_code == 404
    assert "There is a later edition: edition 2" in client.get(f"/v/{first.public_id}").content.decode()
    assert "the latest edition sealed here so far" in client.get(f"/v/{second.public_id}").content.decode()


def test_the_public_page_shows_a_note_below_the_signatory_and_answers_that_may_be_shown(client):
    letter = factories.signing_open()
    signing_answer = factories.link_of(letter, "sato")
    acts.respond_openly(signing_answer.pk)
    factories.signed(letter, "bob", "carol")
    acts.mark_sealed(factories.lifecycle.close(letter, by=factories.alice()).pk)
    Letter.objects.update(state="published", published_at=database_now())
    note(letter, "carol", "We read it <again>.")
    page = client.get(f"/l/{letter.slug}").content.decode()
    assert "the society took its support back. “We read it &lt;again&gt;.”" in page
    assert "declined: “Not our field.”" in page


def test_the_receipt_leads_to_a_note_once_it_is_sealed(enter):
    letter = sealed("bob")
    bob = enter(letter, "bob")
    receipt = f"/r/{letter.slug}/receipt/{Signature.objects.get().receipt_no}"
    assert "Publish a note" in bob.get(receipt).content.decode()
    number = receipt.rsplit("/", 1)[-1]
    assert bob.post(f"/r/{letter.slug}/start", {"act": number})["Location"] == f"{receipt}/note"
    code = factories.Link.objects.get(officer__user__email="bob@north.example").codes.get().digits
    assert bob.post(f"{receipt}/note", {"words": "No.", "code": "1"}).status_code == 422
    assert bob.post(f"{receipt}/note", {"words": "No.", "code": code})["Location"] == receipt
    assert "took its support back" in bob.get(receipt).content.decode()
    assert Link.objects.count() == 4
