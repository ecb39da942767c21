"""Comments of a Word file come in as comments on their block, where the coordinator wants them."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from letters.comment import table
from letters.models import Comment, Version
from tests import factories
from tests.letters.text.files import docx, p, r
from tests.letters.text.test_comments import comment, extended, on

pytestmark = pytest.mark.django_db
SAID = comment(1, "Why?") + comment(2, "Because.", author="Ben") + comment(3, "Whom?") + comment(4, " ")


@pytest.fixture
def waiting(desk):
    """Version 1 waits; its file has two comments on one paragraph, one an answer, and one that is done."""
    body = p("A letter", style="Title") + p("First.") + p("", inner=on(1, on(2, r("We ask"))) + r(" you now."))
    body += p("", inner=on(3, r("Thanks.")) + on(4, r("")))
    data = docx(body, comments=SAID, extra=extended((1, 0, 0), (2, 1, 0), (3, 0, 1), (4, 0, 0)))
    answer = desk.post("/manage/new", {"file": SimpleUploadedFile("a.docx", data), "convener": "C", "tracked": "ask"})
    assert answer.status_code == 302
    return Version.objects.get()


def publish(desk, version, **more):
    slug = version.letter.slug
    assert desk.post(f"/manage/{slug}/text/publish", {"number": "1", **more})["Location"] == f"/manage/{slug}/terms"


def test_comments_come_in_with_author_date_and_place(desk, waiting):
    page = desk.get(f"/manage/{waiting.letter.slug}/text").content.decode()
    assert "Bring in the comments of the Word file" in page
    publish(desk, waiting, bring="on")
    rows = [row.comment for row in table.rows(factories.fresh(waiting.letter))]
    assert [(row.author, row.text, row.quote, row.place) for row in rows] == [
        ("Ann", "Why?", "We ask", "paragraph 3"),
        ("Ben", "To Ann: Because.", "We ask", "paragraph 3"),
        ("Ann", "Whom?\nMarked as done in Word.", "Thanks.", "paragraph 4"),
    ]
    assert {row.written_at for row in rows} == {datetime.datetime(2025, 3, 18, 10, tzinfo=datetime.UTC)}
    shown = desk.get(f"/manage/{waiting.letter.slug}/comments").content.decode()
    assert "From the Word file" in shown
    assert "3 of 3 comments wait for an answer" in shown


def test_comments_stay_out_where_they_are_not_wanted(desk, waiting):
    publish(desk, waiting)
    assert Comment.objects.count() == 0


def test_comments_of_the_file_are_not_shown_to_officers(desk, waiting):
    publish(desk, waiting, bring="on")
    letter = factories.terms(factories.fresh(waiting.letter))
    factories.listed(letter)
    factories.desk.invite(by=factories.alice(), letter=letter, now=factories.database_now())
    letter.refresh_from_db()
    letter.comments_open = True
    letter.save()
    assert list(Comment.objects.readable_by(factories.link_of(letter, "bob"))) == []


def test_a_quoted_word_that_stays_is_no_change(desk, waiting):
    publish(desk, waiting, bring="on")
    letter = factories.terms(factories.fresh(waiting.letter))
    later = "# A letter\n\nFirst.\n\nWe ask you today.\n\nThank you.\n"
    factories.second_version(letter, later)
    since = {row.comment.text: row.since for row in table.rows(factories.fresh(letter))}
    assert since["Why?"] == "Written on version 1"
    assert since["Whom?\nMarked as done in Word."].startswith("Written on version 1, paragraph since ")


def test_a_file_without_comments_asks_nothing(desk):
    letter = factories.drafted()
    assert "Bring in the comments" not in desk.get(f"/manage/{letter.slug}/text").content.decode()
