"""The reminder plan and the check of the sender over HTTP."""

import dns.resolver
import pytest

from letters.models import database_now
from letters.notify import rounds
from letters.submit import actions as submit
from tests import factories
from tests.letters.record import stage

pytestmark = pytest.mark.django_db


def said(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_plan_is_written_and_recorded(desk):
    letter = factories.signing_open()
    path = f"/manage/{letter.slug}/mail/plan"
    assert 'value="14, 7, 3, 1"' in desk.get(path).content.decode()
    desk.post(path, {"days": "2, 10,2", "go": "go"})
    letter = factories.fresh(letter)
    assert (letter.reminder_days, letter.reminders_go) == ([10, 2], True)
    assert letter.events.get(kind="planned").data == {"days": [10, 2], "go": True}
    desk.post(path, {"days": "", "go": "wait"})
    assert factories.fresh(letter).reminder_days == []
    assert "No reminders are planned." in desk.get(f"/manage/{letter.slug}/mail").content.decode()


def test_a_closed_letter_speaks_of_no_reminder_to_come(desk):
    letter = factories.signing_open()
    reminders = rounds.prepare(by=factories.alice(), letter=letter, kind="reminder", now=database_now())
    mail, draft = f"/manage/{letter.slug}/mail", f"/manage/{letter.slug}/mail/drafts/{reminders.pk}"
    assert "Reminders are prepared as a draft 14, 7, 3, 1 days before the deadline." in said(desk.get(mail))
    assert "Days ahead:" in said(desk.get(f"{mail}/plan"))
    assert 'value="send"' in said(desk.get(draft))
    factories.signed(letter, "bob")
    factories.lifecycle.close(factories.fresh(letter), by=factories.alice())
    page, plan = said(desk.get(mail)), said(desk.get(f"{mail}/plan"))
    assert "The letter is “Closed”, so no reminders are to come." in page
    assert "before the deadline" not in page
    assert "Change the plan" not in page
    assert "It can no longer be sent." in page and "Look and drop" in page
    assert "Days ahead:" not in plan and "If you extend the deadline, the plan below goes on." in plan
    assert 'value="send"' not in said(desk.get(draft))
    stage.mark_sealed(letter)
    submit.release(by=factories.alice(), letter=factories.fresh(letter), now=database_now())
    assert "The letter is “Published”, so no reminders are to come." in said(desk.get(mail))
    assert "If you extend" not in said(desk.get(f"{mail}/plan"))


@pytest.mark.parametrize("days", ["soon", "0", "61", "7; 3", "-1", "²"])
def test_plan_that_cannot_be_read_is_422_and_changes_nothing(desk, days):
    letter = factories.signing_open()
    answer = desk.post(f"/manage/{letter.slug}/mail/plan", {"days": days, "go": "wait"})
    assert answer.status_code == 422
    assert "is no whole number from 1 to 60" in answer.content.decode()
    assert factories.fresh(letter).reminder_days == [14, 7, 3, 1]


def test_sender_page_says_when_nobody_answers(desk, monkeypatch):
    def none_configured() -> None:
        raise dns.resolver.NoResolverConfiguration

    monkeypatch.setattr(dns.resolver, "Resolver", none_configured)
    letter = factories.signing_open()
    page = desk.get(f"/manage/{letter.slug}/mail/sender").content.decode()
    assert "No name server answers here" in page
