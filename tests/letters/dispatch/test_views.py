"""The pages of the submissions over HTTP: the happy path, bad input, who may, queries."""

import io
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from letters.dispatch import actions
from letters.models import Journal, Sending, Submission, database_now
from tests import factories
from tests.letters.dispatch import stage
from tests.letters.dispatch.asking import base, page, text, upload

pytestmark = pytest.mark.django_db
NEW = {"journal": "new", "new_name": "Journal of Examples", "new_email": stage.MAIL, "text": "letter"}
HANDED = {"pasted": "The text.", "day": "2026-01-02", "time": "10:00", "reference": "R-1"}


@pytest.fixture
def letter(desk):
    return stage.sealed()


def test_new_leads_from_a_journal_that_is_not_listed_to_the_journal(desk, letter, settings):
    settings.COOLING_OFF *= 0
    assert "There is none yet." in text(desk.get(base(letter)))
    answer = desk.post(f"{base(letter)}/new", NEW)
    row = Submission.objects.get()
    assert answer["Location"] == page(row)
    desk.post(page(row, "/despite"), {"despite": "The editor agreed."})
    assert "Send it to Journal of Examples" in text(desk.get(page(row)))
    desk.post(page(row, "/ask"))
    factories.work()
    assert "By mail to <code>editor@journal.example</code>" in text(desk.get(page(row)))
    assert desk.get(page(row, "/sent")).content == stage.fresh(row).sent_copy.read()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"journal": ""}, "Choose the journal."),
        ({"new_name": ""}, "Write the name of the journal."),
        ({"new_email": "nowhere"}, "Enter a valid email address."),
        ({"text": "99999"}, "Select a valid choice."),
    ],
)
def test_new_keeps_what_was_typed_and_says_what_is_wrong(desk, letter, change, said):
    answer = desk.post(f"{base(letter)}/new", NEW | change)
    assert (answer.status_code, Submission.objects.count()) == (422, 0)
    assert said in text(answer)


def test_new_of_what_is_there_already_says_so(desk, letter):
    row = stage.prepared(letter)
    answer = desk.post(f"{base(letter)}/new", {"journal": row.journal_id, "text": "letter"})
    assert answer.status_code == 422
    assert "There is a submission of this text to Journal of Examples already" in text(answer)
    answer = desk.post(f"{base(letter)}/new", NEW)
    assert "is on the list already; choose it there." in text(answer)


def test_new_asks_for_the_paper_where_each_has_a_form_of_its_own(desk, letter):
    journal, paper = stage.journal("BMJ rapid response", ""), stage.paper(letter)
    chosen = {"journal": journal.pk, "text": "letter", "channel": "form"}
    assert "choose for which paper it is." in text(desk.post(f"{base(letter)}/new", chosen))
    desk.post(f"{base(letter)}/new", chosen | {"paper": paper.pk})
    assert Submission.objects.get().address == "https://doi.org/10.5555/example.1"


def test_new_offers_first_where_the_letter_aims_and_what_is_published(desk, letter):
    stage.journal("A Journal")
    letter.aims.create(journal=stage.journal("Z Journal"))
    stage.summary(letter, "bob")
    found = text(desk.get(f"{base(letter)}/new"))
    assert found.index("Z Journal") < found.index("A Journal")
    assert "The summary “Rapid response”, version 1" in found
    assert "Not begun yet" in text(desk.get(base(letter)))


def test_pack_is_a_zip_of_named_files_and_says_why_not(desk, letter):
    row = stage.prepared(letter)
    answer = desk.get(page(row, "/pack.zip"))
    names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert names[0] == "README.txt"
    assert {"covering-letter.txt", "text-for-web-form.txt", "signatories.csv", "signed-letter.pdf"} <= set(names)
    row.contributors.all().delete()
    assert "The pack cannot be made: Name at least one author" in text(desk.get(page(row, "/pack.zip"), follow=True))


def test_hand_in_keeps_text_and_receipt_and_refuses_what_shows_nothing(desk, letter):
    row = stage.ready(letter, channel="form")
    found = desk.get(page(row, "/hand-in"))
    assert "The authors counted to nine." in text(found)
    assert "<span data-counted>" in text(found)
    nothing = desk.post(page(row, "/hand-in"), HANDED | {"reference": ""})
    assert (nothing.status_code, "Keep something that shows it" in text(nothing)) == (422, True)
    wrong = desk.post(page(row, "/hand-in"), HANDED | {"file": upload(b"PK\x03\x04", "shot.docx")})
    assert "“shot.docx” is neither a PDF nor" in text(wrong)
    ahead = desk.post(page(row, "/hand-in"), HANDED | {"day": "2999-01-01"})
    assert "This time lies ahead" in text(ahead)
    desk.post(page(row, "/hand-in"), HANDED | {"file": upload(b"%PDF-1", "shot.pdf")})
    row = stage.fresh(row)
    assert (row.state, row.sent_at.isoformat()) == (Sending.SENT, "2026-01-02T15:00:00+00:00")
    assert desk.get(page(row, "/sent")).content == b"The text."
    assert desk.get(page(row, "/receipt"))["Content-Type"] == "application/pdf"
    assert "number R-1" in text(desk.get(base(letter)))


def test_before_the_seal_the_pages_say_what_comes_first(desk):
    letter = factories.closed()
    for address in (base(letter), f"{base(letter)}/new"):
        assert "Close and seal the letter first." in text(desk.get(address))
    answer = desk.post(f"{base(letter)}/new", NEW)
    assert (answer.status_code, "Close and seal the letter first." in text(answer)) == (422, True)


def queries(desk, address: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert desk.get(address).status_code == 200
    return len(found)


def test_submissions_take_as_many_queries_for_three_as_for_thirty(desk, letter):
    def more(count):
        for _ in range(count):
            number = Journal.objects.count()
            stage.prepared(
                letter, to=stage.journal(f"Journal {number}"), target=stage.paper(letter, f"10.5555/{number}")
            )

    more(3)
    few = queries(desk, base(letter))
    more(27)
    assert (queries(desk, base(letter)), Submission.objects.count()) == (few, 30)


@pytest.mark.slow
def test_submission_takes_as_many_queries_for_three_societies_as_for_thirty(desk):
    def of(count: int) -> int:
        names = [f"o{n}x{count}" for n in range(count)]
        rows = [f"Society {name},{name},GB,Officer,,President,{name}@{name}.example,signer" for name in names]
        letter = factories.signing_open("\n".join([factories.SOCIETIES.splitlines()[0], *rows]))
        factories.signed(letter, *names)
        row = stage.prepared(stage.sealed_now(letter), to=stage.journal(f"Journal {count}"))
        stage.asked(actions.object_to(by=factories.alice(), submission=row, despite="x", now=database_now()), minutes=5)
        first = queries(desk, page(row))
        Submission.objects.filter(pk=row.pk).update(state="preparing")
        return first * 100 + queries(desk, page(row))

    few, many = of(3), of(30)
    assert few == many
