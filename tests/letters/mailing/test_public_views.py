"""Stopping reminders by one click, the deadline for a calendar, and how to check a mail."""

import datetime
import re

import pytest
from django.test import Client
from icalendar import Calendar

from letters.models import Letter, Link, Mail
from letters.notify.calendar import calendar_address
from letters.notify.headers import stop_address
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter():
    return factories.signing_open()


def path(address: str) -> str:
    return "/" + address.split("/", 3)[3]


def test_stop_by_one_post_without_session_or_token_of_a_form(letter):
    bob = factories.link_of(letter, "bob")
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(path(stop_address(bob)), {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, answer.cookies) == (200, {})
    assert "You get no more reminders about this letter." in answer.content.decode()
    assert Link.objects.exclude(stopped_at=None).get() == bob
    when = Link.objects.get(pk=bob.pk).stopped_at
    strict.post(path(stop_address(bob)), {"List-Unsubscribe": "One-Click"})
    assert Link.objects.get(pk=bob.pk).stopped_at == when


def test_a_look_stops_nothing(letter, client):
    bob = factories.link_of(letter, "bob")
    assert "Stop reminders" in client.get(path(stop_address(bob))).content.decode()
    client.head(path(stop_address(bob)))
    assert Link.objects.exclude(stopped_at=None).count() == 0


def test_stop_can_be_taken_back(letter, client):
    bob = factories.link_of(letter, "bob")
    client.post(path(stop_address(bob)))
    client.post(path(stop_address(bob)), {"again": "1"})
    assert Link.objects.exclude(stopped_at=None).count() == 0


def test_stop_by_another_officers_secret_is_404(letter, client):
    bob, carol = factories.link_of(letter, "bob"), factories.link_of(letter, "carol")
    for token in (carol.stop_token, bob.token, "x" * 22):
        assert client.post(f"/stop/{bob.pk}/{token}").status_code == 404
    Link.objects.filter(pk=bob.pk).update(revoked_at=letter.created_at)
    assert client.post(path(stop_address(bob))).status_code == 404
    assert Link.objects.exclude(stopped_at=None).count() == 0


def test_the_secret_that_stops_opens_nothing(letter, client):
    bob = factories.link_of(letter, "bob")
    assert client.get(f"/i/{bob.stop_token}").status_code == 404


def test_deadline_is_a_calendar_file_that_tells_the_title_and_the_time(letter, client):
    title = "Ein langer Titel über die Zählung, weit über fünfundsiebzig Zeichen – 日本計数学会, und mehr"
    Letter.objects.filter(pk=letter.pk).update(title=title)
    address = path(calendar_address(letter))
    assert re.search(r"/d/[\w-]+/[\w-]{22}\.ics", Mail.objects.filter(kind="invitation").first().text)
    answer = client.get(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert max(len(line) for line in answer.content.split(b"\r\n")) <= 75
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["SUMMARY"] == f"Signing ends: {title}"
    assert event.decoded("DTEND") == letter.deadline.replace(microsecond=0)
    assert event.decoded("DTSTART") == event.decoded("DTEND") - datetime.timedelta(minutes=30)
    words = answer.content.decode()
    assert not any(word in words for word in ("Barker", "Council", "Northern"))


def test_deadline_under_a_wrong_or_foreign_address_is_404(letter, client):
    other = factories.signing_open()
    assert client.get(path(calendar_address(letter)).replace(letter.slug, other.slug)).status_code == 404
    Letter.objects.filter(pk=letter.pk).update(state="abandoned")
    assert client.get(path(calendar_address(letter))).status_code == 404


def test_genuine_names_the_sender_and_is_linked_everywhere(client):
    page = client.get("/mail-check").content.decode()
    assert "letters@signon.example" in page
    assert "must be <strong>signon.example</strong>" in page
    assert 'href="/mail-check"' in client.get("/").content.decode()
