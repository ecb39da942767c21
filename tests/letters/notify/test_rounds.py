"""A round: made as a draft, sent once, to whom it fits, with the facts as they are when it is sent."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from letters.lifecycle import NotNow, Overtaken
from letters.models import Link, Mail, MailState, Officer, Round, State, User, database_now
from letters.notify import rounds
from letters.notify.recipients import recipients
from letters.sign import responses
from letters.sign.responses import Answer
from tests import factories

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def prepared(letter, kind="reminder", **given) -> Round:
    return rounds.prepare(by=factories.alice(), letter=letter, kind=kind, now=database_now(), **given)


def going(row: Round) -> list[str]:
    found = recipients(row, factories.fresh(row.letter), database_now())
    return [link.officer.user.email.partition("@")[0] for link in found.going]


def left_out(row: Round) -> dict[str, str]:
    found = recipients(row, factories.fresh(row.letter), database_now())
    return {one.link.officer.user.email.partition("@")[0]: one.why for one in found.left_out}


def send(row: Round) -> int:
    return rounds.send(by=factories.alice(), row=row, now=database_now())


def test_a_draft_sends_nothing_and_changes_nothing():
    letter = factories.reviewed()
    factories.listed(letter)
    prepared(letter, "invitation")
    assert (Mail.objects.count(), factories.fresh(letter).state) == (0, State.REVIEW)


def test_sent_invitations_open_the_letter_and_a_second_press_sends_nothing():
    letter = factories.reviewed()
    factories.listed(letter)
    row = prepared(letter, "invitation")
    assert send(row) == 4
    with pytest.raises(Overtaken, match="sent or dropped already"):
        send(row)
    assert Mail.objects.filter(round=row).count() == 4
    letter = factories.fresh(letter)
    assert letter.state == State.SIGNING
    assert letter.invitations.filter(invited_at=None).count() == 0
    assert letter.events.get(kind="invited").data == {"officers": 4}


def test_a_society_whose_officers_were_all_skipped_is_not_invited():
    letter = factories.reviewed()
    factories.listed(letter)
    row = prepared(letter, "invitation")
    row.skipped.set(Link.objects.filter(officer__user__email="carol@sud.example"))
    assert send(row) == 3
    waiting = factories.fresh(letter).invitations.get(invited_at=None)
    assert waiting.society.short_name == "SDS"
    assert send(prepared(factories.fresh(letter), "invitation")) == 1


def test_one_draft_of_a_kind_that_goes_to_all():
    letter = factories.reviewed()
    factories.listed(letter)
    row = prepared(letter, "invitation")
    assert prepared(letter, "invitation").pk == row.pk
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.create(letter=letter, kind="invitation", created_at=database_now())


def test_reminders_go_to_who_can_still_decide_and_say_why_others_are_left_out():
    letter = factories.signing_open()
    factories.signed(letter, "bob")
    assert going(prepared(letter)) == ["carol", "sato"]
    ahead = (database_now() + 3 * DAY).date()
    responses.respond(by=factories.link_of(letter, "carol"), answer=Answer("board", board_on=ahead))
    responses.decline(by=factories.link_of(letter, "sato"), reason="")
    row = prepared(letter)
    assert going(row) == []
    said = left_out(row)
    assert said["carol"] == f"its board decides on {ahead.day} {ahead:%B %Y}"
    assert said["sato"] == "has declined"
    assert said["bob"] == said["erin"] == "has signed version 1"


def test_a_board_that_has_met_is_reminded_again():
    letter = factories.signing_open()
    ahead = (database_now() + DAY).date()
    responses.respond(by=factories.link_of(letter, "carol"), answer=Answer("board", board_on=ahead))
    row = prepared(letter)
    after = recipients(row, factories.fresh(letter), database_now() + 3 * DAY)
    assert "carol@sud.example" in [link.officer.user.email for link in after.going]


def test_who_wants_no_reminders_gets_none_but_learns_of_a_new_version():
    letter = factories.signing_open()
    Link.objects.filter(officer__user__email="carol@sud.example").update(stopped_at=database_now())
    assert left_out(prepared(letter))["carol"] == "Carol Créac'h, MD wants no reminders"
    assert "carol" in going(prepared(letter, "new_version"))


def test_nobody_writes_to_an_address_from_which_mail_came_back_until_it_is_corrected():
    letter = factories.signing_open()
    Mail.objects.filter(to_email="sato@jsc.example").update(state=MailState.BOUNCED)
    row = prepared(letter)
    assert left_out(row)["sato"] == "mail to sato@jsc.example came back; correct the address first"
    User.objects.filter(email="sato@jsc.example").update(email="sato2@jsc.example")
    assert "sato2" in going(row)


def test_reviewers_and_assistants_are_not_reminded():
    letter = factories.signing_open()
    Officer.objects.filter(user__email="carol@sud.example").update(role="reviewer")
    assert "carol" not in going(prepared(letter))


def test_reminders_to_chosen_societies_only():
    letter = factories.signing_open()
    chosen = letter.invitations.get(society__short_name="JSC").pk
    assert going(prepared(letter, only=[chosen])) == ["sato"]


def test_an_untouched_draft_of_reminders_is_used_again_and_one_with_own_words_is_not():
    letter = factories.signing_open()
    first = prepared(letter)
    assert prepared(letter).pk == first.pk
    Round.objects.filter(pk=first.pk).update(wording={"en": {"subject": "s", "body": "{link}"}})
    assert prepared(letter).pk != first.pk


def test_facts_are_those_of_the_moment_of_sending():
    letter = factories.signing_open()
    row = prepared(letter)
    factories.signed(letter, "bob")
    send(row)
    mail = Mail.objects.get(round=row, to_email="carol@sud.example")
    assert "Societies that have signed so far: 1." in mail.text
    assert not Mail.objects.filter(round=row, to_email="bob@north.example").exists()


def test_no_reminder_after_the_deadline():
    letter = factories.signing_open()
    row = prepared(letter)
    with pytest.raises(NotNow, match="Nobody can sign now"):
        rounds.send(by=factories.alice(), row=row, now=letter.deadline)
    assert Mail.objects.filter(kind="reminder").count() == 0
    assert Round.objects.get(pk=row.pk).state == "waiting"


def test_a_dropped_draft_is_not_sent():
    row = prepared(factories.signing_open())
    assert rounds.drop(row=row)
    assert not rounds.drop(row=row)
    with pytest.raises(Overtaken):
        send(row)


def test_a_later_version_takes_over_the_notice_that_waits():
    letter = factories.signing_open()
    for text in (factories.LATER, factories.LATER.replace("ten", "twelve")):
        version = factories.draft.add_version(
            by=factories.alice(), letter=factories.fresh(letter), upload=factories.upload(text), now=database_now()
        )
        factories.draft.publish(
            by=factories.alice(), version=version, change="substantive", note="", now=database_now(), tell=False
        )
    row = Round.objects.get(kind="new_version", state="waiting")
    assert row.version.number == 3
    assert Mail.objects.filter(kind="new_version").count() == 0
    assert send(row) == 4


def test_recipients_are_read_in_as_many_queries_for_three_societies_as_for_thirty(django_assert_num_queries):
    few = factories.signing_open()
    rows = "".join(f"Society {n},S{n},US,Ann {n},MD,President,ann{n}@s{n}.example,signer\n" for n in range(30))
    many = factories.signing_open(factories.SOCIETIES.splitlines()[0] + "\n" + rows)
    for letter, number in ((few, 4), (many, 30)):
        row = prepared(letter)
        letter = factories.fresh(letter)
        now = database_now()
        with django_assert_num_queries(6):
            assert len(recipients(row, letter, now).links) == number
