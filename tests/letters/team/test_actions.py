"""The team: one owner always, roles, hand-over by two people, and a record that says who did what to whom."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from letters.lifecycle import NotNow
from letters.models import Coordinator, Letter, Mail, MailKind, database_now
from letters.sign import responses
from letters.team import actions, roll
from letters.templatetags.letter_tags import event_text
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter() -> Letter:
    return factories.reviewed()


def acts(letter: Letter) -> list[str]:
    return [event_text(event) for event in letter.events.filter(kind__startswith="team").order_by("seq")]


def team(letter: Letter) -> dict[str, str]:
    return {str(row): row.part for row in roll.team(factories.fresh(letter), factories.alice()).people}


def test_who_made_the_letter_owns_it(letter):
    assert letter.owner == factories.alice()
    assert team(letter) == {"Alice Archer": "owner"}


def test_a_letter_without_an_owner_cannot_be_stored(letter):
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(owner=None)


def test_invite_lets_in_at_once_and_mails(letter):
    factories.joined(letter, "paul")
    factories.joined(letter, "olga", role="observer")
    assert team(letter) == {"Alice Archer": "owner", "Paul Page": "coordinator", "Olga Ode": "observer"}
    mails = {mail.to_email: mail for mail in Mail.objects.filter(kind=MailKind.TEAM)}
    assert "you are now a coordinator" in mails["paul@desk.example"].subject
    assert "you see everything about the letter and change nothing" in mails["olga@desk.example"].text
    assert "/signin" in mails["olga@desk.example"].text


def test_nobody_is_let_in_twice(letter):
    factories.joined(letter, "paul")
    with pytest.raises(NotNow, match="Paul Page is in the team already"):
        factories.joined(letter, "paul", role="observer")
    assert team(letter)["Paul Page"] == "coordinator"


def test_the_owner_can_neither_be_removed_nor_made_an_observer(letter):
    mine = letter.coordinators.get(user=factories.alice())
    for act in (
        lambda: actions.remove(by=factories.alice(), letter=letter, pk=mine.pk, now=database_now()),
        lambda: actions.change_role(
            by=factories.alice(), letter=letter, pk=mine.pk, role="observer", now=database_now()
        ),
    ):
        with pytest.raises(NotNow, match="A letter always has an owner"):
            act()
    assert team(letter) == {"Alice Archer": "owner"}


def test_hand_over_takes_two_people(letter):
    paul = factories.joined(letter, "paul")
    actions.offer(by=factories.alice(), letter=letter, pk=paul.pk, now=database_now())
    assert factories.fresh(letter).owner == factories.alice()
    actions.accept(by=paul.user, letter=letter, now=database_now())
    assert team(letter) == {"Paul Page": "owner", "Alice Archer": "coordinator"}
    assert letter.coordinators.filter(offered_at__isnull=False).count() == 0
    with pytest.raises(NotNow, match="belongs to Paul Page now"):
        actions.invite(
            by=factories.alice(), letter=letter, email="x@desk.example", name="", role="observer", now=database_now()
        )
    accepted = Mail.objects.filter(kind=MailKind.TEAM).get(to_email="alice@desk.example")
    assert "Paul Page owns the letter now" in accepted.subject


def test_an_offer_taken_back_or_made_to_another_cannot_be_accepted(letter):
    paul = factories.joined(letter, "paul")
    actions.offer(by=factories.alice(), letter=letter, pk=paul.pk, now=database_now())
    actions.keep(by=factories.alice(), letter=letter, now=database_now())
    with pytest.raises(NotNow, match="taken back"):
        actions.accept(by=paul.user, letter=letter, now=database_now())
    assert factories.fresh(letter).owner == factories.alice()


def test_an_observer_is_not_offered_the_letter_and_loses_an_offer(letter):
    paul = factories.joined(letter, "paul")
    actions.offer(by=factories.alice(), letter=letter, pk=paul.pk, now=database_now())
    actions.change_role(by=factories.alice(), letter=letter, pk=paul.pk, role="observer", now=database_now())
    assert Coordinator.objects.get(pk=paul.pk).offered_at is None
    with pytest.raises(NotNow, match="make Paul Page a coordinator first"):
        actions.offer(by=factories.alice(), letter=letter, pk=paul.pk, now=database_now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Coordinator.objects.filter(pk=paul.pk).update(offered_at=database_now())


def test_replies_go_to_the_new_owner(letter):
    factories.listed(letter)
    paul = factories.joined(letter, "paul")
    actions.offer(by=factories.alice(), letter=letter, pk=paul.pk, now=database_now())
    actions.accept(by=paul.user, letter=letter, now=database_now())
    factories.desk.invite(by=paul.user, letter=factories.fresh(letter), now=database_now())
    assert set(Mail.objects.filter(kind=MailKind.INVITATION).values_list("reply_to", flat=True)) == {paul.user.email}


def test_the_record_names_both_and_what_is_public_names_nobody(letter):
    paul = factories.joined(letter, "paul")
    actions.change_role(by=factories.alice(), letter=letter, pk=paul.pk, role="observer", now=database_now())
    actions.remove(by=factories.alice(), letter=letter, pk=paul.pk, now=database_now())
    assert acts(letter) == [
        "Paul Page was let into the team as coordinator by Alice Archer.",
        "Paul Page was made observer by Alice Archer.",
        "Paul Page was taken out of the team by Alice Archer.",
    ]
    public = [event.as_record() for event in letter.events.filter(kind__startswith="team")]
    assert [record["data"] for record in public] == [
        {"role": "coordinator"},
        {"role": "observer"},
        {"role": "observer"},
    ]
    assert "Paul" not in str(public)
    assert "@" not in str(public)


def test_what_somebody_did_stays_under_their_name_after_they_left(letter):
    paul = factories.joined(letter, "paul")
    wanted = factories.draft.Terms(
        convener="New Council", addressee="", language="en", time_zone="UTC", officers_asked="one",
        deadline=database_now() + datetime.timedelta(days=9),
    )  # fmt: skip
    factories.draft.set_terms(by=paul.user, letter=letter, terms=wanted, now=database_now())
    actions.remove(by=factories.alice(), letter=letter, pk=paul.pk, now=database_now())
    said = [event_text(event) for event in roll.acts(letter)]
    assert said[1] == "The terms were changed by Paul Page."


def test_answers_are_mailed_to_coordinators_who_want_them_and_never_to_observers():
    letter = factories.signing_open()
    paul = factories.joined(letter, "paul")
    factories.joined(letter, "olga", role="observer")
    responses.decline(by=factories.link_of(letter, "carol"), reason="")
    told = Mail.objects.filter(kind=MailKind.RESPONSE)
    assert set(told.values_list("to_email", flat=True)) == {"alice@desk.example", "paul@desk.example"}
    actions.mail_answers(by=paul.user, letter=letter, wanted=False)
    told.delete()
    responses.decline(by=factories.link_of(letter, "sato"), reason="")
    assert set(told.all().values_list("to_email", flat=True)) == {"alice@desk.example"}
