"""Two coordinators at one entry, claim or date: the second is told who changed what and when, and loses nothing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from letters.correspond import actions, claims
from letters.models import Claim, ClaimAnswer, Correspondence, database_now
from tests import factories
from tests.conftest import by_key, signed_in
from tests.letters.correspond import stage
from tests.letters.correspond.stage import claimed, record
from tests.pages import form_of, words

pytestmark = pytest.mark.django_db
CHANGED = "Alice Archer changed this while you were writing"


@pytest.fixture
def his(letter) -> Client:
    """A browser in which Paul, the other coordinator, is signed in."""
    user = factories.joined(letter, "paul").user
    return by_key(signed_in(Client(), user), user)


def shown(browser: Client, address: str) -> dict[str, str]:
    return form_of(browser.get(address).content.decode())


def test_an_entry_corrected_in_between_shows_both_values_and_keeps_what_was_typed(desk, his, letter):
    row = record(letter, "decision", "2025-04-18", text="No.", journal=stage.journal(), outcome="no_action")
    address = f"/manage/{letter.slug}/correspondence/{row.pk}"
    hers, older = shown(desk, address), shown(his, address)
    assert desk.post(address, hers | {"title": "The editors decline", "day": "2025-04-17"}).status_code == 302
    answer = his.post(address, older | {"title": "They will not act", "text": "No. Not now."})
    assert (answer.status_code, CHANGED in words(answer)) == (409, True)
    assert "Heading The editors decline They will not act The day it bears 2025-04-17 not touched" not in words(answer)
    assert "The day it bears 2025-04-17 not touched Heading The editors decline They will not act" in words(answer)
    row.refresh_from_db()
    assert (row.title, row.text) == ("The editors decline", "No.")
    again = form_of(answer.content.decode())
    assert (again["title"], again["text"], again["day"]) == ("They will not act", "No. Not now.", "2025-04-17")
    assert his.post(address, again).status_code == 302
    row.refresh_from_db()
    assert (row.title, row.text, row.day.isoformat()) == ("They will not act", "No. Not now.", "2025-04-17")


def test_an_entry_nobody_else_touched_is_saved_again_and_again(desk, his, letter):
    row = record(letter, "reply", "2025-04-10", text="x", journal=stage.journal())
    address = f"/manage/{letter.slug}/correspondence/{row.pk}"
    for number, browser in enumerate((desk, his, desk)):
        assert browser.post(address, shown(browser, address) | {"title": f"Reply {number}"}).status_code == 302
    row.refresh_from_db()
    assert row.title == "Reply 2"


def test_a_file_put_there_in_between_is_not_replaced_and_the_other_is_not_lost(desk, his, letter):
    row = record(letter, "reply", "2025-04-10", text="x", journal=stage.journal())
    address = f"/manage/{letter.slug}/correspondence/{row.pk}"
    older = shown(his, address)
    desk.post(address, shown(desk, address) | {"file": SimpleUploadedFile("hers.pdf", stage.PDF)})
    mine = stage.PDF.replace(b"<<>>", b"<< >>")
    answer = his.post(address, older | {"file": SimpleUploadedFile("his.pdf", mine)})
    assert (answer.status_code, "Its file hers.pdf his.pdf" in words(answer)) == (409, True)
    row.refresh_from_db()
    assert row.file.read() == stage.PDF
    assert his.post(address, form_of(answer.content.decode())).status_code == 302  # the file need not be chosen again
    row.refresh_from_db()
    assert (row.file.read(), row.file_name) == (mine, "his.pdf")


def test_an_entry_removed_in_between_leaves_what_was_typed_on_the_page(desk, his, letter):
    row = record(letter, "reply", "2025-04-10", text="x", journal=stage.journal(), public=True)
    address = f"/manage/{letter.slug}/correspondence/{row.pk}"
    older = shown(his, address)
    actions.remove(by=factories.alice(), entry=row, now=database_now())
    answer = his.post(address, older | {"text": "My long summary of it."})
    assert (answer.status_code, "Alice Archer removed this entry meanwhile" in words(answer)) == (422, True)
    assert form_of(answer.content.decode())["text"] == "My long summary of it."
    assert his.get(address).status_code == 404


def test_a_claim_and_what_an_answer_said_changed_in_between(desk, his, letter):
    (claim,) = claimed(letter, "Fingers were left out.")
    reply = record(letter, "reply", "2025-04-10", text="x", journal=stage.journal())
    address, said = f"/manage/{letter.slug}/claims/{claim.pk}", f"e{reply.pk}"
    hers, older = shown(desk, address), shown(his, address)
    theirs = {"evidence": "Table 2", f"{said}-finding": "disputed", f"{said}-words": "Nine is enough."}
    assert desk.post(address, hers | theirs).status_code == 302
    mine = {"evidence": "Figure 1", f"{said}-finding": "accepted", "remedy": "Correction"}
    answer = his.post(address, older | mine)
    assert (answer.status_code, words(answer).count(CHANGED)) == (409, 2)
    assert "Evidence Table 2 Figure 1" in words(answer)
    assert "What it said to the point Disputed Accepted" in words(answer)
    assert "In its words, or in short Nine is enough. not touched" in words(answer)
    assert (Claim.objects.get().evidence, ClaimAnswer.objects.get().finding) == ("Table 2", "disputed")
    again = form_of(answer.content.decode())
    assert [again[name] for name in ("evidence", "remedy", f"{said}-finding", f"{said}-words")] == [
        "Figure 1", "Correction", "accepted", "Nine is enough."
    ]  # fmt: skip
    assert his.post(address, again).status_code == 302
    kept, told = Claim.objects.get(), ClaimAnswer.objects.get()
    assert (kept.evidence, kept.remedy, told.finding, told.said) == (
        "Figure 1", "Correction", "accepted", "Nine is enough."
    )  # fmt: skip


def test_two_people_at_different_parts_of_a_claim_do_not_meet(desk, his, letter):
    (claim,) = claimed(letter, "Fingers were left out.")
    reply = record(letter, "reply", "2025-04-10", text="x", journal=stage.journal())
    address = f"/manage/{letter.slug}/claims/{claim.pk}"
    older = shown(his, address)
    desk.post(address, shown(desk, address) | {f"e{reply.pk}-finding": "disputed"})
    answer = his.post(address, older | {"evidence": "Figure 1"})
    assert (answer.status_code, "Disputed not touched" in words(answer)) == (409, True)  # told, and nothing undone
    assert his.post(address, form_of(answer.content.decode())).status_code == 302
    assert (Claim.objects.get().evidence, ClaimAnswer.objects.get().finding) == ("Figure 1", "disputed")


def test_a_claim_taken_off_in_between_leaves_what_was_typed_on_the_page(desk, his, letter):
    (claim,) = claimed(letter, "Fingers were left out.")
    address = f"/manage/{letter.slug}/claims/{claim.pk}"
    older = shown(his, address)
    claims.remove(by=factories.alice(), claim=claim, now=database_now())
    answer = his.post(address, older | {"evidence": "Figure 1"})
    assert (answer.status_code, "Alice Archer took this claim off meanwhile" in words(answer)) == (422, True)
    assert form_of(answer.content.decode())["evidence"] == "Figure 1"


def test_a_date_set_in_between(desk, his, letter):
    row = stage.sent(letter, stage.journal())
    address = f"/manage/{letter.slug}/correspondence/wait?submission={row.pk}&step=answer"
    hers, older = shown(desk, address), shown(his, address)
    facts = {"on": "2030-01-01", "standard": "Their mail names it."}
    assert desk.post(address, hers | facts).status_code == 302
    answer = his.post(address, older | {"on": "2030-02-02", "standard": "They told me."})
    assert (answer.status_code, CHANGED in words(answer)) == (409, True)
    assert "Until 2030-01-01 2030-02-02 By which standard Their mail names it. They told me." in words(answer)
    assert [due.on.isoformat() for due in letter.dues.open()] == ["2030-01-01"]
    assert his.post(address, form_of(answer.content.decode())).status_code == 302
    assert [due.on.isoformat() for due in letter.dues.open()] == ["2030-02-02"]


def test_what_was_removed_is_no_entry_of_another_letter(desk, letter):
    other = factories.closed()
    row = record(other, "reply", "2025-04-10", text="x", journal=stage.journal())
    assert desk.post(f"/manage/{letter.slug}/correspondence/{row.pk}", {"kind": "reply"}).status_code == 404
    assert Correspondence.objects.get(pk=row.pk).kind == "reply"
