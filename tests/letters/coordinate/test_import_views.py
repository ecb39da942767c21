"""A list that comes in, over HTTP: three ways, the columns, the dry run, the import, what is left out."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from letters.coordinate import import_views
from letters.models import Arrival, ArrivalState, Job, KnownHeadings, Link, Society, database_now
from tests import factories
from tests.letters.coordinate.arriving import address, bring, counts, upload

pytestmark = pytest.mark.django_db
FRENCH = "Société;Prénom;Nom;Fonction;Courriel\nSociété du Sud;Carol;Créac'h;Présidente;carol@sud.example\n"
ODD = "Wer;Was;Wohin;Als\nCarol;Société du Sud;carol@sud.example;Présidente\n"


def test_upload_shows_a_dry_run_and_writes_nothing(desk):
    letter = factories.reviewed()
    answer, _ = bring(desk, letter, file=upload(factories.SOCIETIES))
    assert counts(answer) == {"new": 4}
    assert "日本計数学会" in answer.content.decode()
    assert Society.objects.count() == 0


def test_pasted_rows_are_read_as_a_spreadsheet_copies_them(desk):
    letter = factories.reviewed()
    rows = factories.SOCIETIES.replace(",", "\t")
    answer, arrival = bring(desk, letter, rows=rows)
    assert (counts(answer), arrival.name) == ({"new": 4}, "The pasted rows")


def test_what_was_shown_is_imported_once_and_leads_on(desk):
    letter = factories.reviewed()
    _, arrival = bring(desk, letter, file=upload(factories.SOCIETIES))
    answer = desk.post(address(letter, arrival, "write"))
    assert answer["Location"] == f"/manage/{letter.slug}/societies"
    again = desk.post(address(letter, arrival, "write"), follow=True).content.decode()
    assert "This list was imported already" in again
    assert Link.objects.filter(invitation__letter=letter).count() == 4
    assert letter.events.filter(kind="listed").count() == 1


def test_leaving_and_coming_back_offers_the_list_that_waits(desk):
    letter = factories.reviewed()
    _, arrival = bring(desk, letter, file=upload(factories.SOCIETIES, "waiting.csv"))
    page = desk.get(f"/manage/{letter.slug}/societies/import").content.decode()
    assert "waiting.csv" in page
    assert address(letter, arrival) in page
    desk.post(address(letter, arrival, "drop"))
    assert "waiting.csv" not in desk.get(f"/manage/{letter.slug}/societies/import").content.decode()
    assert not Arrival.objects.exists()


def test_french_headings_with_the_name_in_two_columns_need_no_question(desk):
    letter = factories.reviewed()
    answer, arrival = bring(desk, letter, file=upload(FRENCH))
    assert counts(answer) == {"new": 1}
    desk.post(address(letter, arrival, "write"))
    assert Link.objects.get().officer.printed_name == "Carol Créac'h"


def test_unknown_headings_are_asked_about_once_and_remembered_for_that_person(desk):
    letter = factories.reviewed()
    answer, arrival = bring(desk, letter, file=upload(ODD))
    assert "What do the columns hold?" in answer.content.decode()
    said = {"column-0": "contact_name", "column-1": "society", "column-2": "email", "column-3": "office"}
    wrong = desk.post(address(letter, arrival, "columns"), said | {"column-3": "society", "encoding": "utf-8"})
    assert wrong.status_code == 422
    assert "Society is read from “Was” already; choose one." in wrong.content.decode()
    answer = desk.post(address(letter, arrival, "columns"), said | {"encoding": "utf-8"}, follow=True)
    assert counts(answer) == {"new": 1}
    assert KnownHeadings.objects.get().by == factories.alice()
    other, _ = bring(desk, letter, file=upload(ODD.replace("carol@", "carla@"), "next.csv"))
    assert counts(other) == {"new": 1}


def test_another_encoding_can_be_chosen(desk):
    letter = factories.reviewed()
    text = "society,contact_name,office,email\nČeská společnost,Jan Dvořák,Předseda,jan@cz.example\n"
    _, arrival = bring(desk, letter, file=SimpleUploadedFile("cz.csv", text.encode("cp1250")))
    said = {f"column-{at}": word for at, word in enumerate(["society", "contact_name", "office", "email"])}
    answer = desk.post(address(letter, arrival, "columns"), said | {"encoding": "cp1250"}, follow=True)
    assert "Česká společnost" in answer.content.decode()


def test_an_ambiguous_row_is_imported_only_with_an_answer(desk):
    letter = factories.reviewed()
    Society.objects.create(official_name="Norwegian Society of Chemistry", short_name="NSC", country="NO")
    answer, arrival = bring(desk, letter, file=upload(factories.SOCIETIES))
    page = answer.content.decode()
    assert "Which society is meant?" in page
    assert "The same as Norwegian Society of Chemistry (NSC, NO)" in page
    desk.post(address(letter, arrival, "decide"), {"row-2": "new", "row-3": "x", "row-": "new", "row-²": "new"})
    answer = desk.get(address(letter, arrival))
    assert counts(answer) == {"ambiguous": 1, "new": 3}
    told = desk.post(address(letter, arrival, "write"), follow=True).content.decode()
    assert "<strong>1</strong> row was left out" in told
    emails = Link.objects.filter(invitation__letter=letter).values_list("officer__user__email", flat=True)
    assert set(emails) == {"bob@north.example", "carol@sud.example", "sato@jsc.example"}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"file": upload("", "e.csv")}, "The file is empty."),
        ({"file": upload("PK\x03\x04", "b.xlsx")}, "damaged"),
        ({}, "Choose the file with the societies, or paste their rows."),
        ({"rows": "society\temail\nx\ty\n", "file": upload("a,b\n1,2\n")}, "Choose one of the three ways"),
        ({"rows": "society,office"}, "has a header but no rows"),
    ],
)
def test_a_bad_list_is_422_with_one_sentence_and_what_was_pasted(desk, data, sentence):
    letter = factories.reviewed()
    answer = desk.post(f"/manage/{letter.slug}/societies/import", data)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Arrival.objects.exists()
    if "rows" in data:
        assert data["rows"].splitlines()[0] in answer.content.decode()


def thousand(rows: int) -> str:
    head = "society,contact_name,office,email,country\n"
    return head + "".join(f"Society {n},Ann {n},President,ann@s{n}.example,US\n" for n in range(rows))


@pytest.mark.slow
def test_a_long_list_is_owed_shows_its_progress_and_goes_on_after_a_reload(desk):
    letter = factories.reviewed()
    answer, arrival = bring(desk, letter, file=upload(thousand(600)))
    assert answer.context["run"].pages == 12
    page = desk.post(address(letter, arrival, "write"), follow=True).content.decode()
    assert "0 of 600 officers are on the list." in page
    assert "0 of 600" in desk.get(address(letter, arrival)).content.decode()
    part = desk.get(address(letter, arrival), headers={"hx-request": "true"})
    assert part.content.decode().startswith("<section")
    assert "is being imported now" in desk.post(address(letter, arrival, "write"), follow=True).content.decode()
    assert Job.objects.filter(kind="import").count() == 1
    factories.work()
    answer = desk.get(address(letter, arrival), headers={"hx-request": "true"})
    assert answer["HX-Refresh"] == "true"
    assert "600 officers came onto the list." in answer.content.decode()
    assert letter.invitations.count() == 600
    assert letter.events.get(kind="listed").data == {"officers": 600}


@pytest.mark.slow
def test_the_page_of_a_thousand_rows_is_light_and_asks_as_little_as_one_of_three(desk):
    letter, queries = factories.reviewed(), set()
    for rows in (3, 1000):
        _, arrival = bring(desk, letter, file=upload(thousand(rows)))
        with CaptureQueriesContext(connection) as asked:
            answer = desk.get(address(letter, arrival) + "?show=new&page=2")
        assert len(answer.content) < 60_000
        queries.add(len(asked))
    assert len(queries) == 1


def test_the_group_of_an_earlier_letter_is_invited_again(desk):
    earlier = factories.signing_open()
    sato = factories.link_of(earlier, "sato").officer
    sato.until = database_now().date()
    sato.save()
    letter = factories.reviewed()
    answer, arrival = bring(desk, letter, earlier=earlier.pk)
    assert counts(answer) == {"refused": 1, "matched": 3}
    assert "The seat as 理事長 ended on" in answer.content.decode()
    desk.post(address(letter, arrival, "write"))
    asked = Link.objects.filter(invitation__letter=letter).values_list("officer__user__email", flat=True)
    assert sorted(asked) == ["bob@north.example", "carol@sud.example", "erin@north.example"]
    left = desk.get(address(letter, arrival, "left-out/csv")).content.decode("utf-8-sig")
    assert "sato@jsc.example" in left


def test_the_group_of_a_letter_of_others_is_not_offered(desk):
    letter, other = factories.reviewed(), factories.signing_open()
    other.coordinators.all().delete()
    answer = desk.post(f"/manage/{letter.slug}/societies/import", {"earlier": other.pk})
    assert answer.status_code == 422


def test_a_list_of_another_letter_is_404(desk):
    letter, other = factories.reviewed(), factories.reviewed()
    _, arrival = bring(desk, letter, file=upload(factories.SOCIETIES))
    assert desk.get(address(other, arrival)).status_code == 404
    assert desk.post(address(other, arrival, "write")).status_code == 404
    assert Arrival.objects.get().state == ArrivalState.OPEN
    assert import_views.arrival.access == "coordinator"


def test_after_the_close_nothing_comes_in(desk):
    letter = factories.closed()
    answer = desk.post(f"/manage/{letter.slug}/societies/import", {"file": upload(factories.SOCIETIES)})
    assert answer.status_code == 422
    assert not Arrival.objects.exists()
