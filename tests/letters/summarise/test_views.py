"""The coordinator's pages of summaries: who may, what they show, bad input, and how often they ask the database."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from letters.models import Aim, Delegation, Event, Journal, Mail, Summary, SummaryVersion, database_now
from tests import factories
from tests.conftest import by_key, signed_in
from tests.letters.summarise import stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter():
    return stage.letter()


def at(letter, rest=""):
    return f"/manage/{letter.slug}/summaries{rest}"


def file(text=stage.TEXT, name="summary.md"):
    return SimpleUploadedFile(name, text.encode())


def upload(**changes):
    return {"file": file(), "name": "Rapid response", "journal": "", "note": "", "tracked": "ask"} | changes


def words_of(answer):
    return " ".join(answer.content.decode().split())


def test_summaries_says_what_to_do_while_there_is_none(desk, letter):
    page = words_of(desk.get(at(letter)))
    assert "There is no summary yet." in page
    assert f'href="{at(letter, "/new")}"' in page


def test_new_reads_the_file_and_leads_to_its_check(desk, letter):
    answer = desk.post(at(letter, "/new"), upload(note="For all of you"))
    assert answer["Location"] == at(letter, "/1")
    answer = desk.get(at(letter, "/1"))
    page = words_of(answer)
    assert "1 reference, all cited, none missing." in page
    assert "Publish version 1 for approval" in page
    assert answer.context["publish_form"]["note"].value() == "For all of you"


def test_new_names_what_is_wrong_with_the_file_and_keeps_the_name(desk, letter):
    answer = desk.post(at(letter, "/new"), upload(file=SimpleUploadedFile("a.docx", b"none")))
    assert (answer.status_code, Summary.objects.count()) == (422, 0)
    assert 'value="Rapid response"' in answer.content.decode()
    assert answer.context["form"].errors["file"]
    answer = desk.post(at(letter, "/new"), upload(file=""))
    assert answer.context["form"].errors["file"] == ["Choose the file with the summary."]


def test_new_of_a_letter_in_draft_is_refused_in_a_sentence(desk):
    draft = factories.drafted()
    answer = desk.post(at(draft, "/new"), upload())
    assert answer.status_code == 422
    assert "a summary is made of a letter that is out" in words_of(answer)


def test_summary_holds_the_text_against_the_journals_the_letter_aims_at(desk, letter):
    factories.shipped_journals()
    first, second = Journal.objects.filter(key__in=["bmj-rapid-response", "bmj-letter"]).order_by("-key")
    Aim.objects.create(letter=letter, journal=second)
    stage.begun(letter, journal=first)
    looked = desk.get(at(letter, "/1")).context["looked"]
    assert [one.journal for one in looked] == [first, second]


def test_summary_upload_of_the_same_words_is_refused_and_a_next_version_is_shown_with_its_changes(desk, letter):
    stage.published(letter)
    answer = desk.post(at(letter, "/1"), {"file": file(), "tracked": "ask", "note": ""})
    assert (answer.status_code, "has the same words as version 1" in words_of(answer)) == (422, True)
    desk.post(at(letter, "/1"), {"file": file(stage.LATER), "tracked": "ask", "note": ""})
    page = words_of(desk.get(at(letter, "/1")))
    assert "what they said of version 1 does not count for version 2" in page
    assert "<ins" in page


def test_publish_asks_the_officers_and_says_how_many(desk, letter):
    stage.begun(letter)
    answer = desk.post(at(letter, "/1/publish"), {"number": "1", "note": "Short and plain."}, follow=True)
    assert "Version 1 is published; 4 officers get a mail." in words_of(answer)
    assert "0 of 3 societies are behind it: 3 have not answered." in words_of(answer)
    assert SummaryVersion.objects.get().note == "Short and plain."


def test_publish_of_another_version_than_the_page_showed_is_not_found(desk, letter):
    stage.begun(letter)
    assert desk.post(at(letter, "/1/publish"), {"number": "2"}).status_code == 404
    assert desk.post(at(letter, "/1/publish"), {"number": "x"}).status_code == 422
    assert SummaryVersion.objects.get().circulated_at is None


def test_summary_shows_each_society_with_what_it_says_and_why(desk, letter):
    summary = stage.published(letter)
    stage.approve(summary, "carol")
    stage.leave(summary, "bob")
    stage.refuse(summary, "sato", "The <first> sentence")
    page = words_of(desk.get(at(letter, "/1")))
    assert "2 of 3 societies are behind it: 1 approved, 1 leaves it to Société du Sud; 1 refused." in page
    assert "“The &lt;first&gt; sentence”" in page
    assert "Remind" not in page


def test_remind_says_why_nobody_is_written_to_so_soon(desk, letter):
    stage.published(letter)
    answer = desk.post(at(letter, "/1/remind"), follow=True)
    assert "There is nobody to remind now" in words_of(answer)
    Mail.objects.filter(kind="summary").update(created_at=database_now() - stage.DAY)
    answer = desk.post(at(letter, "/1/remind"), follow=True)
    assert "Officers who were written to once more: 4." in words_of(answer)


def test_name_changes_the_name_and_keeps_an_empty_one(desk, letter):
    stage.published(letter)
    assert desk.post(at(letter, "/1/name"), {"name": " Web  response ", "journal": ""}).status_code == 302
    desk.post(at(letter, "/1/name"), {"name": "", "journal": ""})
    assert Summary.objects.get().name == "Web response"
    answer = desk.post(at(letter, "/1/name"), {"name": "x", "journal": "0"})
    assert answer.context["form"].errors["journal"] == ["Choose a journal of the list."]


def test_version_shows_a_superseded_one_as_such(desk, letter):
    stage.second_version(stage.published(letter))
    assert "Superseded: no society is asked" in words_of(desk.get(at(letter, "/1/version?version=1")))
    assert "<ins" in words_of(desk.get(at(letter, "/1/version?version=2")))
    assert "Version 2" in words_of(desk.get(at(letter, "/1/version?version=²")))


def test_read_again_takes_what_was_decided_and_nothing_else(desk, letter):
    stage.begun(letter)
    for sent in ({"tracked": "accept"}, {"bold": "take"}, {"bold": "melt"}, {}):
        assert desk.post(at(letter, "/1/read"), sent)["Location"] == at(letter, "/1")
    version = SummaryVersion.objects.get()
    assert (version.tracked, version.bold) == ("accept", "take")


def delegation(letter, **changes):
    society, to = (factories.link_of(letter, name).invitation_id for name in ("bob", "carol"))
    values = {"society": society, "to": to, "basis": "Minutes, item 4", "basis_on": "2026-03-02"}
    return values | changes


def test_delegations_records_one_with_what_it_rests_on(desk, letter):
    answer = desk.post(at(letter, "/delegations"), delegation(letter), follow=True)
    assert "Rests on: Minutes, item 4, 2 March 2026." in words_of(answer)
    assert Event.objects.get(kind="delegation recorded").data == {"checked": "passkey"}
    made = Delegation.objects.get()
    answer = desk.post(at(letter, f"/delegations/{made.pk}/end"), follow=True)
    assert "None so far." in words_of(answer)


def test_delegations_needs_society_basis_and_date(desk, letter):
    answer = desk.post(at(letter, "/delegations"), delegation(letter, society="", basis="", basis_on="soon"))
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"society", "basis", "basis_on"})
    itself = delegation(letter, to=delegation(letter)["society"])
    answer = desk.post(at(letter, "/delegations"), itself)
    assert answer.context["form"].non_field_errors() == [
        "A society cannot leave it to itself; choose another one."
    ]  # fmt: skip


def test_delegations_asks_who_was_not_checked_lately(letter):
    stale = by_key(signed_in(Client(), factories.alice()), factories.alice(), minutes_ago=6)
    answer = stale.post(at(letter, "/delegations"), delegation(letter))
    assert answer["Location"].startswith("/confirm?")
    assert Delegation.objects.count() == 0


def queries(desk, address):
    with CaptureQueriesContext(connection) as asked:
        assert desk.get(address).status_code == 200
    return len(asked)


@pytest.mark.slow
def test_summaries_takes_as_many_queries_for_30_as_for_3(desk, letter):
    counts = []
    for rows in (3, 27):
        for n in range(rows):
            stage.published(letter, stage.TEXT + f"\nNumber {rows} {n}.\n")
        counts.append(queries(desk, at(letter)))
    assert counts[0] == counts[1] <= 12


@pytest.mark.slow
def test_summary_takes_as_many_queries_for_30_societies_as_for_3(desk):
    counts = []
    for societies in (3, 30):
        letter = stage.many(stage.made_up(societies).replace(".example", f".n{societies}.example"))
        summary = stage.published(letter)
        names = [f"o{n}" for n in range(societies)]
        stage.approve(summary, names[0])
        stage.leave(summary, names[1])
        counts.append(queries(desk, at(letter, "/1")))
    assert counts[0] == counts[1] <= 20
