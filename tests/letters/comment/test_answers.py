"""Comments as the coordinator meets them on screen and takes them away as files."""

import io
import zipfile

import openpyxl
import pytest

from letters.comment import actions
from letters.models import Comment, database_now
from letters.text.reading import read
from tests import factories
from tests.letters.comment.test_actions import draft, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter():
    return factories.signing_open()


def test_answers_say_what_will_appear_while_there_is_nothing(letter, desk):
    assert "No comments yet." in desk.get(f"/manage/{letter.slug}/comments").content.decode()


def test_answers_show_the_proposed_words_as_changes_and_no_draft(letter, desk):
    sent(letter, "bob", proposed="The authors counted to nine. Most societies count to ten.")
    draft(letter, name="carol", text="A draft of Carol's.")
    page = desk.get(f"/manage/{letter.slug}/comments").content.decode()
    assert "1 of 1 comments wait for an answer" in page
    assert "Most</ins>" in page
    assert "A draft of Carol" not in page


def test_answer_is_kept_and_leads_back_to_its_row(letter, desk):
    (made,) = sent(letter, "bob")
    answer = desk.post(
        f"/manage/{letter.slug}/comments/{made.pk}", {"disposition": "accepted", "why": "", "filter": "state=open"}
    )
    assert answer["Location"] == f"/manage/{letter.slug}/comments?state=open#c-{made.pk}"
    made.refresh_from_db()
    assert made.disposition == "accepted"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [({"disposition": "not", "why": " "}, "Say why; the society reads it."), ({"why": "Because"}, "required")],
)
def test_answer_refuses_bad_input_and_loses_nothing(letter, desk, data, sentence):
    (made,) = sent(letter, "bob")
    answer = desk.post(f"/manage/{letter.slug}/comments/{made.pk}", data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert f">{data['why']}</textarea>" in page
    assert ('value="not" checked' in page) == ("disposition" in data)


def test_openness_and_tell_from_the_page(letter, desk):
    (made,) = sent(letter, "bob")
    desk.post(f"/manage/{letter.slug}/comments/open", {"open": "yes"})
    assert factories.fresh(letter).comments_open
    desk.post(f"/manage/{letter.slug}/comments/{made.pk}", {"disposition": "accepted", "why": ""})
    assert "Tell 1 society what became" in desk.get(f"/manage/{letter.slug}/comments").content.decode()
    desk.post(f"/manage/{letter.slug}/comments/tell")
    made.refresh_from_db()
    assert made.told_at is not None
    assert "told" in desk.get(f"/manage/{letter.slug}/comments").content.decode()


def test_answers_need_the_same_queries_for_3_and_30(letter, desk, django_assert_num_queries):
    link = factories.link_of(letter, "bob")

    def fill(number):
        for _ in range(number):
            Comment.objects.create(
                version=letter.current, block="whole", place="x", invitation=link.invitation, officer=link.officer,
                author="x", text="x", written_at=database_now(), sent_at=database_now(), sent_by=link.officer.user,
            )  # fmt: skip

    for more in (3, 27):
        fill(more)
        with django_assert_num_queries(7):
            desk.get(f"/manage/{letter.slug}/comments")


def test_a_society_that_only_agreed_is_ready_once_the_comment_is_answered(letter, desk):
    (made,) = sent(letter, "bob")
    carol = factories.link_of(letter, "carol")
    actions.agree(by=carol, comment=made, now=database_now())
    actions.send(by=carol, now=database_now())
    desk.post(f"/manage/{letter.slug}/comments/{made.pk}", {"disposition": "accepted", "why": ""})
    page = desk.get(f"/manage/{letter.slug}/comments").content.decode()
    assert "Tell 2 societies what became" in page
    assert "without an answer" not in page


def test_table_as_excel_is_text_only(letter, desk):
    sent(letter, "bob", text='=HYPERLINK("http://x")', proposed="Most societies.")
    answer = desk.get(f"/manage/{letter.slug}/comments/table/excel")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert [cell.value for cell in sheet[1]][:3] == ["Place", "Society", "Comment"]
    assert (sheet["C2"].value, sheet["C2"].data_type) == ('=HYPERLINK("http://x")', "s")
    assert sheet["D2"].value == "Most societies."
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(answer.content)).read("xl/worksheets/sheet1.xml")


def test_table_as_word_is_a_table_that_can_be_read_again(letter, desk):
    sent(letter, "bob", text="Say <how> many & why.\nTwo lines.")
    answer = desk.get(f"/manage/{letter.slug}/comments/table/word")
    reading = read(answer.content, name="comments.docx")
    table = next(part for part in reading.blocks if part.kind == "table")
    assert table.text.splitlines()[0].startswith("Place | Society | Comment")
    assert "Say <how> many & why. Two lines." in table.text
    assert "Northern Society of Counting" in table.text


def test_table_of_another_kind_is_not_found(letter, desk):
    assert desk.get(f"/manage/{letter.slug}/comments/table/pdf").status_code == 404
