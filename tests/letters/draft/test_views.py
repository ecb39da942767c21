"""The drafting pages over HTTP."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from letters.models import Letter, State, User, Version
from tests import factories
from tests.conftest import signed_in
from tests.letters.text.files import HEADINGS, docx, p, r
from tests.letters.text.test_revisions import dele

pytestmark = pytest.mark.django_db


def file(text: str = factories.TEXT, name: str = "letter.md") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


TERMS = {
    "convener": "Council", "addressee": "The Editor", "language": "en", "day": "2099-03-29", "time": "17:00",
    "time_zone": "Europe/Berlin", "officers_asked": "one",
}  # fmt: skip


def test_a_person_who_may_not_convene_gets_404(client):
    signed_in(client, User.objects.create_user("eve@else.example"))
    assert client.get("/manage/new").status_code == 404


def test_new_reads_the_file_and_shows_the_import_check(desk):
    answer = desk.post("/manage/new", {"file": file(), "convener": "Council", "tracked": "ask"}, follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain == [("/manage/a-joint-letter-on-counting/text", 302)]
    assert "2 references, all cited, none missing." in page
    assert "Insert society names" in page
    assert "Publish version 1" in page


def test_a_file_sent_without_a_convener_need_not_be_chosen_again(desk):
    answer = desk.post("/manage/new", {"file": file(), "convener": "", "tracked": "ask"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "letter.md was received." in page
    answer = desk.post("/manage/new", {"convener": "Council", "tracked": "ask"})
    assert answer.status_code == 302
    assert Letter.objects.get().versions.get().source_name == "letter.md"
    assert desk.post("/manage/new", {"convener": "Council", "tracked": "ask"}).status_code == 422


def test_another_file_replaces_the_one_that_was_kept_and_a_bad_one_is_not_kept(desk):
    desk.post("/manage/new", {"file": file(name="first.md"), "convener": "", "tracked": "ask"})
    bad = desk.post("/manage/new", {"file": file("x" * 9, "a.docx"), "convener": "C", "tracked": "ask"})
    assert "was received" not in bad.content.decode()
    desk.post("/manage/new", {"file": file(name="first.md"), "convener": "", "tracked": "ask"})
    desk.post("/manage/new", {"file": file(name="second.md"), "convener": "C", "tracked": "ask"})
    assert Letter.objects.get().versions.get().source_name == "second.md"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"convener": "C", "tracked": "ask"}, "Choose the file with the letter."),
        ({"file": file("x" * 9, "a.docx"), "convener": "C", "tracked": "ask"}, "a.docx"),
        ({"file": file(), "tracked": "ask"}, "Say who convenes the letter."),
        ({}, "Choose the file with the letter."),
    ],
)
def test_new_refuses_bad_input_with_422_and_one_sentence(desk, data, sentence):
    answer = desk.post("/manage/new", data)
    assert (answer.status_code, Letter.objects.count()) == (422, 0)
    assert sentence in answer.content.decode()


def test_publish_needs_the_number_that_was_shown(desk):
    letter = factories.drafted()
    assert desk.post(f"/manage/{letter.slug}/text/publish", {"number": "2"}).status_code == 404
    assert desk.post(f"/manage/{letter.slug}/text/publish", {"number": "x"}).status_code == 404
    answer = desk.post(f"/manage/{letter.slug}/text/publish", {"number": "1"})
    assert answer["Location"] == f"/manage/{letter.slug}/terms"
    assert factories.fresh(letter).state == State.REVIEW


def test_a_text_with_tracked_changes_cannot_be_published_before_they_are_decided(desk):
    letter = factories.drafted()
    Version.objects.update(check_lines=[["stop", "4 tracked changes by 2 people"]])
    page = desk.get(f"/manage/{letter.slug}/text").content.decode()
    assert "4 tracked changes by 2 people" in page
    assert "Publish version 1" not in page
    desk.post(f"/manage/{letter.slug}/text/publish", {"number": "1"})
    assert factories.fresh(letter).state == State.DRAFT


def test_a_later_text_shows_the_redline_before_it_is_published(desk):
    letter = factories.signing_open()
    page = desk.post(
        f"/manage/{letter.slug}/text", {"file": file(factories.LATER), "tracked": "ask"}, follow=True
    ).content.decode()
    assert "<del>" in page
    assert "1 sentence changed" in page
    assert "never carries a signature over" in page
    assert "This looks substantive:" in page


def test_a_change_of_a_stop_is_suggested_as_editorial(desk):
    letter = factories.signing_open()
    text = factories.TEXT.replace("J Exempl 2026;1:1-9.", "J Exempl 2026;1:1–9.")
    answer = desk.post(f"/manage/{letter.slug}/text", {"file": file(text), "tracked": "ask"}, follow=True)
    assert "This looks editorial:" in answer.content.decode()
    assert '<option value="editorial" selected>' in answer.content.decode()


def test_a_published_version_stays_readable(desk):
    letter = factories.signing_open()
    factories.second_version(letter)
    page = desk.get(f"/manage/{letter.slug}/text/1").content.decode()
    assert "Many societies count to ten." in page
    assert "Superseded draft: no signature is printed under these words." in page
    assert "Draft, version 1, superseded, not signed" in page
    current = desk.get(f"/manage/{letter.slug}/text/2").content.decode()
    assert "Draft, version 2, not signed" in current
    assert "Superseded" not in current
    assert desk.get(f"/manage/{letter.slug}/text/9").status_code == 404


def test_terms_keep_the_instant_that_was_meant(desk):
    letter = factories.drafted()
    answer = desk.post(f"/manage/{letter.slug}/terms", TERMS | {"day": "2099-07-01"})
    assert answer.status_code == 302
    assert factories.fresh(letter).deadline.isoformat() == "2099-07-01T15:00:00+00:00"


def test_terms_refuse_a_time_the_clocks_skip(desk):
    letter = factories.drafted()
    answer = desk.post(f"/manage/{letter.slug}/terms", TERMS | {"time": "02:30"})
    assert answer.status_code == 422
    assert "The clocks skip this time" in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("day", "tomorrow", "Write the day as 2026-12-31."),
        ("day", "2001-01-01", "The deadline must lie ahead."),
        ("time_zone", "Mars/Olympus", "Select a valid choice"),
        ("convener", "", "This field is required"),
    ],
)
def test_terms_refuse_bad_input_and_keep_the_rest(desk, field, value, sentence):
    letter = factories.drafted()
    answer = desk.post(f"/manage/{letter.slug}/terms", TERMS | {field: value})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "The Editor" in answer.content.decode()


def word_file_with_tracked_changes() -> SimpleUploadedFile:
    """Made by hand: one insertion by Ann, one deletion by Ben."""
    said = '<w:{0} w:id="{1}" w:author="{2}" w:date="2026-01-02T03:04:05Z"><w:r><w:{3}>{4} </w:{3}></w:r></w:{0}>'
    inserted = said.format("ins", 1, "Ann", "t", "surely")
    deleted = said.format("del", 2, "Ben", "delText", "hardly")
    body = f"<w:p><w:r><w:t>A letter that counts </w:t></w:r>{inserted}{deleted}<w:r><w:t>to ten.</w:t></w:r></w:p>"
    return SimpleUploadedFile("tracked.docx", docx(p("A letter on counting", style="Title") + body))


@pytest.mark.parametrize(("choice", "kept", "gone"), [("accept", "surely", "hardly"), ("reject", "hardly", "surely")])
def test_tracked_changes_are_decided_by_a_button_before_publishing(desk, choice, kept, gone):
    page = desk.post(
        "/manage/new", {"file": word_file_with_tracked_changes(), "convener": "C", "tracked": "ask"}, follow=True
    ).content.decode()
    letter = Letter.objects.get()
    assert "2 tracked changes by 2 people" in page
    assert "Publish version 1" not in page
    page = desk.post(f"/manage/{letter.slug}/text/tracked", {"tracked": choice}, follow=True).content.decode()
    text = letter.versions.get().text
    assert "Publish version 1" in page
    assert (kept in text, gone in text) == (True, False)


BOLD = factories.TEXT.replace("## What was counted", "**What was counted**")


@pytest.mark.parametrize(("choice", "headings"), [("take", 3), ("leave", 2)])
def test_headings_are_made_of_bold_lines_by_a_button(desk, choice, headings):
    data = {"file": file(BOLD), "convener": "Council", "tracked": "ask"}
    page = desk.post("/manage/new", data, follow=True).content.decode()
    letter = Letter.objects.get()
    assert "“What was counted” looks like a heading but is only bold." in page
    asked = letter.versions.get()
    page = desk.post(f"/manage/{letter.slug}/text/headings", {"bold": choice}, follow=True).content.decode()
    version = letter.versions.get()
    assert version.html.count("<h2") == headings
    assert (version.number, version.content_hash) == (1, asked.content_hash)
    assert "looks like a heading" not in page
    assert "Publish version 1" in page


def test_headings_and_tracked_changes_are_decided_apart_from_each_other(desk):
    body = p("A letter", style="Title") + p("", inner=r("Aims", "<w:b/>")) + p("We ", inner=dele("may "))
    tracked = docx(body, styles=HEADINGS)
    data = {"file": SimpleUploadedFile("a.docx", tracked), "convener": "C", "tracked": "ask"}
    desk.post("/manage/new", data)
    letter = Letter.objects.get()
    desk.post(f"/manage/{letter.slug}/text/headings", {"bold": "take"})
    assert letter.versions.get().stops != []
    desk.post(f"/manage/{letter.slug}/text/tracked", {"tracked": "reject"})
    version = letter.versions.get()
    assert (version.stops, version.text.endswith("We may\n"), version.html.count("<h2")) == ([], True, 1)


def test_headings_refuse_a_strange_choice_and_a_file_that_no_longer_waits(desk):
    letter = factories.drafted()
    version = letter.versions.get()
    desk.post(f"/manage/{letter.slug}/text/headings", {"bold": "burn"})
    assert letter.versions.get() == version
    letter = factories.reviewed()
    answer = desk.post(f"/manage/{letter.slug}/text/headings", {"bold": "take"}, follow=True)
    assert "No file is waiting any more; upload it again." in answer.content.decode()


def test_a_strange_choice_about_tracked_changes_changes_nothing(desk):
    desk.post("/manage/new", {"file": word_file_with_tracked_changes(), "convener": "C", "tracked": "ask"})
    version = Version.objects.get()
    desk.post(f"/manage/{version.letter.slug}/text/tracked", {"tracked": "burn"})
    assert Version.objects.get() == version


def test_terms_keep_a_soft_date_on_the_convener_s_clock_and_an_embargo(desk):
    letter = factories.drafted()
    asked = TERMS | {"day": "2099-07-08", "answer_day": "2099-07-01", "embargo": "Until the journal has decided."}
    assert desk.post(f"/manage/{letter.slug}/terms", asked | {"answer_day": "2099-07-09"}).status_code == 422
    desk.post(f"/manage/{letter.slug}/terms", asked)
    letter = factories.fresh(letter)
    assert letter.deadline - letter.answer_by == datetime.timedelta(days=7)
    assert letter.embargo == "Until the journal has decided."
    assert 'value="2099-07-01"' in desk.get(f"/manage/{letter.slug}/terms").content.decode()
