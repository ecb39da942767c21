"""The reminder plan and the check of the sender over HTTP."""

import dns.resolver
import pytest

from tests import factories

pytestmark = pytest.mark.django_db


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
