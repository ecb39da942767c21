"""Pages of the clock: a date is set or ended, and the ladder records what was written and what is waited for then."""

import datetime

import pytest
from django.test import Client
from lxml import html

from letters.models import Correspondence, Due
from tests import factories
from tests.letters.correspond.stage import record
from tests.pages import text_content as words

pytestmark = pytest.mark.django_db
TODAY = datetime.date.today()


def test_wait_sets_a_date_where_none_was_known(desk: Client, submission, base):
    address = f"{base}/wait?submission={submission.pk}&step=answer"
    assert desk.get(address).context["form"].initial["on"] is None
    facts = {"step": "answer", "on": "2025-05-01", "standard": "The editor’s mail names this day"}
    assert desk.post(address, facts)["Location"] == base
    due = Due.objects.get(step="answer")
    assert (due.submission, due.since, due.on) == (submission, datetime.date(2025, 3, 18), datetime.date(2025, 5, 1))
    assert desk.get(address).context["form"].initial["on"] == due.on
    desk.post(address, facts | {"on": "2025-06-01"})
    assert [one.on.isoformat() for one in Due.objects.open().filter(step="answer")] == ["2025-06-01"]


def test_wait_shows_what_the_rule_of_the_journal_gives(desk, submission, base):
    Due.objects.all().delete()
    initial = desk.get(f"{base}/wait?submission={submission.pk}&step=posting").context["form"].initial
    assert (initial["on"], initial["standard"]) == (
        datetime.date(2025, 3, 19), "BMJ rapid response: posts a web response within 1 day",
    )  # fmt: skip


def test_wait_for_something_else_needs_its_words_and_a_date_that_fits(desk, submission, base):
    facts = {"step": "other", "on": "2025-05-01", "standard": "We agreed on it"}
    page = desk.post(f"{base}/wait", facts)
    assert (page.status_code, page.context["form"].errors) == (422, {"what": ["Say what you wait for."]})
    page = desk.post(f"{base}/wait", facts | {"what": "A call"})
    assert page.status_code == 422 and "The day lies before" in page.context["form"].errors["on"][0]
    assert html.fromstring(page.content).xpath("//input[@name='what']/@value") == ["A call"]
    desk.post(f"{base}/wait", facts | {"what": "A call", "on": f"{TODAY + datetime.timedelta(days=9)}"})
    assert "A call" in words(desk.get(base))


def test_end_needs_a_reason(desk, submission, base):
    due = Due.objects.get()
    assert desk.post(f"{base}/wait/{due.pk}/end", {"note": ""}).status_code == 422
    assert desk.post(f"{base}/wait/{due.pk}/end", {"note": "They called."})["Location"] == base
    assert Due.objects.get().note == "They called."
    assert desk.get(f"{base}/wait/{due.pk}/end").status_code == 404


def test_escalate_says_what_to_have_at_hand_and_offers_the_next_rung(desk, letter, submission, base):
    said = words(desk.get(f"{base}/escalate/{submission.pk}"))
    assert "1. Write to the journal’s editor (next)" in said
    assert "Name the papers the letter answers." in said
    assert "There are no claims yet: number the points of the letter." in said
    record(letter, "decision", "2025-04-18", submission=submission, outcome="no_action")
    assert "2. Complain to the journal (next)" in words(desk.get(f"{base}/escalate/{submission.pk}"))


def complaint(**changes) -> dict:
    facts = {"rung": "complaints", "day": "2025-05-05", "words": "We complain.", "until_receipt": "2025-05-08",
             "until_complaint": "2025-06-02"}  # fmt: skip
    return {f"complaints-{name}": value for name, value in (facts | changes).items()}


def test_escalate_records_the_complaint_and_the_next_due_dates(desk, submission, base):
    address = f"{base}/escalate/{submission.pk}"
    assert desk.post(address, complaint())["Location"] == base
    entry = Correspondence.objects.get()
    assert (entry.kind, entry.text, entry.public) == ("sent", "We complain.", False)
    open_now = {due.step: due.on.isoformat() for due in Due.objects.open()}
    assert open_now == {"posting": "2025-03-19", "receipt": "2025-05-08", "complaint": "2025-06-02"}
    assert "3. Bring the case to COPE (next)" in words(desk.get(address))


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"words": ""}, "words", "Paste the words you sent, so that the record holds them."),
        ({"day": "2999-01-01"}, "day", "This day has not come yet; record it once it is sent."),
        ({"until_complaint": "2025-05-01"}, "until_complaint", "This day lies before your message."),
        ({"until_receipt": "", "until_complaint": ""}, "until_complaint",
         "Say until when you expect an answer; else nobody will notice that none came."),
    ],
)  # fmt: skip
def test_escalate_says_what_is_missing_and_keeps_what_was_typed(desk, submission, base, changes, field, sentence):
    page = desk.post(f"{base}/escalate/{submission.pk}", complaint(**changes))
    assert (page.status_code, page.context["form"].errors) == (422, {field: [sentence]})
    if "words" not in changes:
        assert (
            html.fromstring(page.content).xpath("string(//textarea[@name='complaints-words'])").strip()
            == "We complain."
        )


def test_escalate_to_cope_needs_what_cope_asks_first(desk, submission, base):
    facts = {"cope-rung": "cope", "cope-day": "2025-07-01", "cope-words": "Our case.", "cope-until_cope": "2025-07-29"}
    page = desk.post(f"{base}/escalate/{submission.pk}", facts)
    assert sorted(page.context["form"].errors) == ["need_court", "need_ended", "need_member"]
    ticked = {f"cope-need_{name}": "on" for name in ("court", "ended", "member")}
    assert desk.post(f"{base}/escalate/{submission.pk}", facts | ticked)["Location"] == base
    due = Due.objects.get(step="cope")
    assert due.standard == "COPE tells who brought a case how it stands every 4 weeks"


def test_escalate_of_another_letters_submission_is_not_found(desk, submission, base):
    other = factories.signing_open()
    assert desk.get(f"/manage/{other.slug}/correspondence/escalate/{submission.pk}").status_code == 404
    assert desk.post(f"{base}/escalate/{submission.pk}", {"x-rung": "x"}).status_code == 404
