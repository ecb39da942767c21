"""The buttons on the page of a submission over HTTP: the happy path, bad input, who may."""

import pytest
from django.test import Client

from letters.models import Job, Sending, Submission
from tests import factories
from tests.conftest import by_key, signed_in
from tests.letters.dispatch import stage
from tests.letters.dispatch.asking import base, page, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(desk):
    return stage.sealed()


@pytest.fixture
def paul(letter):
    user = factories.joined(letter, "paul").user
    return by_key(signed_in(Client(), user), user)


def test_stop_is_on_the_page_while_it_waits_and_needs_no_key(desk, letter):
    row = stage.asked(stage.ready(letter), minutes=10)
    found = text(desk.get(page(row)))
    assert "In 10 minutes, by mail to" in found
    by_key(desk, factories.alice(), minutes_ago=60)
    assert desk.post(page(row, "/ask"))["Location"].startswith("/confirm")
    assert desk.post(page(row, "/stop"))["Location"] == page(row)
    assert stage.fresh(row).state == Sending.PREPARING
    assert "Stopped by Alice Archer." in text(desk.get(page(row)))


def test_the_page_that_counts_down_is_loaded_anew_once_something_happened(desk, letter):
    row = stage.asked(stage.ready(letter), minutes=10)
    ask = {"headers": {"HX-Request": "true"}}
    assert "HX-Refresh" not in desk.get(f"{page(row)}?state=queued", **ask)
    Submission.objects.update(state=Sending.SENDING)
    assert desk.get(f"{page(row)}?state=queued", **ask)["HX-Refresh"] == "true"


def test_two_people_by_the_page(desk, letter, paul):
    assert paul.post(f"{base(letter)}/two-people", {"wanted": "yes"}).status_code == 403
    desk.post(f"{base(letter)}/two-people", {"wanted": "yes"})
    row = stage.ready(letter)
    desk.post(page(row, "/ask"))
    mine, theirs = text(desk.get(page(row))), paul.get(page(row))
    assert "another coordinator must read it and agree" in mine
    assert "Agree that it goes" not in mine
    seen = theirs.context["digest"]
    assert "Agree that it goes" in text(theirs)
    assert "another coordinator must agree" in text(desk.post(page(row, "/agree"), {"seen": seen}, follow=True))
    paul.post(page(row, "/agree"), {"seen": seen})
    assert stage.fresh(row).state == Sending.QUEUED


def test_what_nobody_can_tell_is_a_persons_decision(desk, letter):
    row = stage.asked(stage.ready(letter))
    factories.work()
    Submission.objects.update(state=Sending.UNKNOWN, doubtful=True, sent_at=None)
    found = text(desk.get(page(row)))
    assert "nobody but you can decide this" in found
    assert "Change the people" not in found
    desk.post(page(row, "/arrived"))
    assert stage.fresh(row).state == Sending.SENT
    Submission.objects.update(state=Sending.FAILED, doubtful=False)
    assert "The journal has nothing." in text(desk.get(page(row)))
    desk.post(page(row, "/again"))
    assert stage.fresh(row).state == Sending.QUEUED
    assert Job.objects.filter(kind="submission").count() == 1


def test_discard_leaves_nothing_and_another_letters_submission_is_not_there(desk, letter):
    row = stage.prepared(letter)
    desk.post(page(row, "/discard"))
    assert Submission.objects.count() == 0
    assert desk.get(page(row)).status_code == 404
