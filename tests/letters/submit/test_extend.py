"""A later deadline: everybody who was invited is told once, each in their own time; the soft date gives way."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from letters.lifecycle import NotNow
from letters.models import Letter, Link, Mail, State, database_now
from letters.sign.responses import Colleague, pass_on
from letters.submit import actions
from tests import factories

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
NEW = datetime.datetime(2099, 1, 2, 17, tzinfo=datetime.UTC)


def extend(letter, deadline=NEW):
    return actions.extend(by=factories.alice(), letter=letter, deadline=deadline, now=database_now())


def told() -> list[str]:
    return sorted(Mail.objects.filter(kind="extended").values_list("to_email", flat=True))


def test_everybody_with_a_link_that_opens_is_told_whatever_they_answered():
    letter = factories.signing_open()
    factories.signed(letter, "carol")
    pass_on(by=factories.link_of(letter, "bob"), to=Colleague("Frida Frost", "Secretary", "frida@north.example"))
    extend(letter)
    assert told() == ["carol@sud.example", "erin@north.example", "frida@north.example", "sato@jsc.example"]
    mail = Mail.objects.get(kind="extended", to_email="carol@sud.example")
    assert "until Fri 2 January 2099, 12:00 New York (17:00 UTC)." in mail.text


def test_nobody_is_told_of_an_extension_that_was_refused():
    letter = factories.signing_open()
    with pytest.raises(NotNow, match="must lie ahead"):
        extend(letter, database_now() - DAY)
    assert told() == []


def test_a_closed_letter_that_opens_again_tells_everybody_and_each_deadline_is_told_once():
    letter = factories.closed()
    assert extend(letter).state == State.SIGNING
    extend(factories.fresh(letter))
    assert len(told()) == 4
    extend(factories.fresh(letter), NEW + DAY)
    assert len(told()) == 8


def test_the_mail_names_the_time_of_the_officer_as_far_as_it_is_known(enter):
    letter = factories.signing_open()
    bob = enter(letter, "bob")
    bob.post(f"/r/{letter.slug}/start", {"act": "sign", "zone": "Europe/Berlin"})
    extend(letter)
    text = Mail.objects.get(kind="extended", to_email="bob@north.example").text
    assert "until Fri 2 January 2099, 18:00 Berlin, that is Fri 2 January 2099, 12:00 New York (17:00 UTC)." in text
    page = bob.get(f"/r/{letter.slug}").content.decode()
    assert "18:00 Berlin" in page


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../../etc/passwd", "x" * 500])
def test_what_is_no_time_zone_is_left_aside(enter, zone):
    letter = factories.signing_open()
    bob = enter(letter, "bob")
    bob.post(f"/r/{letter.slug}/start", {"act": "sign", "zone": zone})
    assert Link.objects.exclude(time_zone="").count() == 0


def test_the_soft_date_never_lies_after_the_deadline():
    letter = factories.signing_open()
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(answer_by=letter.deadline + DAY)
    Letter.objects.filter(pk=letter.pk).update(answer_by=letter.deadline - DAY)
    assert extend(letter).answer_by == letter.deadline - DAY
    soon = database_now() + DAY
    assert extend(factories.fresh(letter), soon).answer_by is None
