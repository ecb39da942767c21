"""Answers short of signing: what each needs and replaces, who may give it, what becomes of a link passed on."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from letters.lifecycle import NotNow
from letters.models import Domain, Invitation, Link, Mail, Officer, Response, Signature, User, database_now
from letters.sign import actions
from letters.sign.responses import Answer, Colleague, Unusable, decline, pass_on, respond
from tests import factories

pytestmark = pytest.mark.django_db
SOON = datetime.date(2099, 1, 3)
FRIDA = Colleague("Frida Frost", "Secretary", "frida@north.example")
ANSWERS = [
    Answer(Response.IF_CHANGED, wanted=" Say “most societies”. "),
    Answer(Response.BOARD, board_on=SOON),
    Answer(Response.DECLINED, reason="Not our field.", may_be_shown=True),
    Answer(Response.OWN, statement_url="https://sud.example/letter"),
]


def sud() -> dict:
    rows = Invitation.objects.filter(society__short_name="SDS")
    return rows.values("response", "wanted", "board_on", "passed_to", "statement_url", "reason", "may_be_shown").get()


def blank(**parts) -> dict:
    empty = {
        "wanted": "",
        "board_on": None,
        "passed_to": None,
        "statement_url": "",
        "reason": "",
        "may_be_shown": False,
    }
    return {"response": "", **empty, **parts}


def say(letter, name, answer):
    return respond(by=factories.link_of(letter, name), answer=answer)


def test_each_answer_replaces_the_one_before_with_all_its_parts():
    letter = factories.signing_open()
    assert sud() == blank()
    found = []
    for answer in [*ANSWERS, ANSWERS[0]]:
        say(letter, "carol", answer)
        found.append(sud())
    assert found == [
        blank(response="if_changed", wanted="Say “most societies”."),
        blank(response="board", board_on=SOON),
        blank(response="declined", reason="Not our field.", may_be_shown=True),
        blank(response="own", statement_url="https://sud.example/letter"),
        blank(response="if_changed", wanted="Say “most societies”."),
    ]
    assert letter.events.filter(kind="responded").count() == 5
    assert Mail.objects.filter(kind="response", to_email="alice@desk.example").count() == 5


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer.response)
def test_signing_takes_back_whatever_was_answered(answer):
    letter = factories.signing_open()
    say(letter, "carol", answer)
    factories.signed(letter, "carol")
    assert sud() == blank()


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer.response)
def test_the_public_record_does_not_tell_who_answered_what(answer):
    letter = factories.signing_open()
    say(letter, "carol", answer)
    event = letter.events.get(kind="responded")
    assert (event.data, event.details["society"]) == ({}, "Société du Sud")
    assert event.details["response"] == answer.response
    public = str(event.as_record())
    assert not any(word in public for word in ("Sud", answer.response, "most", "field", "https", str(SOON)))


def test_a_society_that_signed_the_version_on_the_table_withdraws_before_it_answers():
    letter = factories.signing_open()
    factories.signed(letter, "carol")
    for answer in ANSWERS:
        with pytest.raises(NotNow, match="Withdraw the signature first"):
            say(letter, "carol", answer)
    with pytest.raises(NotNow, match="Withdraw the signature first"):
        pass_on(by=factories.link_of(letter, "carol"), to=FRIDA)


def test_who_signed_an_earlier_version_may_ask_or_wait_but_not_decline_beside_it():
    letter = factories.signing_open()
    factories.signed(letter, "carol")
    factories.second_version(letter)
    letter = factories.fresh(letter)
    for answer in ANSWERS[:2]:
        assert say(letter, "carol", answer).response == answer.response
    for answer in ANSWERS[2:]:
        with pytest.raises(NotNow, match="Withdraw the signature first"):
            say(letter, "carol", answer)
    assert sud()["response"] == "board"
    assert Signature.objects.live().get().version.number == 1


def test_nobody_answers_after_the_close():
    letter = factories.closed("bob")
    for answer in ANSWERS:
        with pytest.raises(NotNow, match="was closed on"):
            say(letter, "carol", answer)
    with pytest.raises(NotNow, match="was closed on"):
        pass_on(by=factories.link_of(letter, "carol"), to=FRIDA)


def test_a_board_day_is_refused_only_once_it_is_past_everywhere():
    letter = factories.signing_open()
    noon = datetime.datetime(2026, 11, 20, 11, 59, tzinfo=datetime.UTC)
    link = factories.link_of(letter, "carol")
    day = datetime.date(2026, 11, 19)
    answer = Answer(Response.BOARD, board_on=day)
    assert respond(by=link, answer=answer, clock=lambda: noon).board_on == day
    with pytest.raises(Unusable, match="That day is past") as caught:
        respond(by=link, answer=answer, clock=lambda: noon + datetime.timedelta(minutes=1))
    assert caught.value.field == "board_on"


def test_a_board_day_after_the_deadline_is_kept_and_said_to_the_coordinators():
    letter = factories.signing_open()
    last = letter.deadline_local.date()
    assert say(letter, "carol", Answer(Response.BOARD, board_on=last)).decides_too_late is False
    later = say(letter, "carol", Answer(Response.BOARD, board_on=last + datetime.timedelta(days=1)))
    assert later.decides_too_late is True
    texts = Mail.objects.filter(kind="response").order_by("pk").values_list("text", flat=True)
    assert ["That day lies after the deadline" in text for text in texts] == [False, True]


@pytest.mark.parametrize(
    ("response", "part"),
    [("if_changed", {"wanted": ""}), ("board", {"board_on": None}), ("own", {"statement_url": ""}),
     ("passed", {"passed_to": None})],
)  # fmt: skip
def test_the_database_refuses_a_response_without_its_part_and_a_part_without_its_response(response, part):
    letter = factories.signing_open()
    link = factories.link_of(letter, "carol")
    given = {"responded_at": database_now(), "responded_by": link.officer.user}
    row = Invitation.objects.filter(pk=link.invitation_id)
    (name,) = part
    full = {"wanted": "x", "board_on": SOON, "statement_url": "https://a.example", "passed_to": link.officer}[name]
    with pytest.raises(IntegrityError, match=f"invitation_{response}_has_its_part"), transaction.atomic():
        row.update(response=response, **given, **part)
    with pytest.raises(IntegrityError, match=f"invitation_{response}_has_its_part"), transaction.atomic():
        row.update(response="declined", **given, **{name: full})
    assert row.update(response=response, **given, **{name: full}) == 1


def test_the_database_shows_nothing_that_was_not_declined_or_stated_and_keeps_no_stray_reason():
    letter = factories.signing_open()
    say(letter, "carol", ANSWERS[1])
    for parts in ({"may_be_shown": True}, {"reason": "why"}, {"response": "maybe", "board_on": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Invitation.objects.filter(society__short_name="SDS").update(**parts)


def test_a_colleague_gets_a_link_and_the_old_one_ends():
    letter = factories.signing_open()
    bob = factories.link_of(letter, "bob")
    made = pass_on(by=bob, to=FRIDA)
    frida = Officer.objects.get(user__email="frida@north.example")
    assert (str(frida), frida.society, frida.role) == ("Frida Frost, Secretary", bob.invitation.society, "signer")
    assert (made.officer, made.slot, made.passed_by_id, made.revoked_at) == (frida, bob.slot, None, None)
    assert Link.objects.get(pk=made.pk).passed_by == bob
    assert Link.objects.get(pk=bob.pk).revoked_at is not None
    invitation = Invitation.objects.get(pk=bob.invitation_id)
    assert (invitation.response, invitation.passed_to, invitation.responded_by) == ("passed", frida, bob.officer.user)
    details = letter.events.get(kind="responded").details
    assert (details["officer"], details["passed_to"]) == ("Bob Barker, MD, President", "Frida Frost, Secretary")
    mail = Mail.objects.get(to_email="frida@north.example")
    assert (mail.kind, mail.link) == ("invitation", made)
    assert mail.text.count("Bob Barker, MD, President, has passed this letter on to you.") == 1
    with pytest.raises(NotNow, match="cannot act"):
        actions.sign(by=bob, consent=factories.consent(bob), presence=factories.presence())
    assert factories.signed(letter, "frida")[0].printed_name == "Frida Frost"
    invitation.refresh_from_db()
    assert (invitation.response, invitation.passed_to) == ("", None)


def test_the_seat_of_a_colleague_is_confirmed_by_a_domain_of_the_society():
    letter = factories.signing_open()
    bob = factories.link_of(letter, "bob")
    Domain.objects.create(society=bob.invitation.society, name="north.example", added_by=None, added_at=database_now())
    made = pass_on(by=bob, to=FRIDA)
    assert [(row.way, row.words) for row in made.officer.confirmations.all()] == [("domain", "north.example")]


def test_a_seat_that_was_left_is_not_passed_on_to():
    letter = factories.signing_open()
    erin = factories.link_of(letter, "erin")
    Link.objects.filter(pk=erin.pk).update(revoked_at=database_now())
    Officer.objects.filter(pk=erin.officer_id).update(until=datetime.date(2020, 1, 1))
    made = pass_on(by=factories.link_of(letter, "bob"), to=Colleague("Erin Eames", "Treasurer", "erin@north.example"))
    assert (made.officer.pk != erin.officer_id, made.officer.office, made.officer.until) == (True, "Treasurer", None)


def test_inviting_again_does_not_write_to_the_colleague_a_second_time():
    letter = factories.signing_open()
    pass_on(by=factories.link_of(letter, "bob"), to=FRIDA)
    assert factories.desk.invite(by=factories.alice(), letter=letter, now=database_now()) == 0


def test_passing_on_to_an_officer_on_the_list_uses_that_seat_and_link():
    letter = factories.signing_open()
    erin = factories.link_of(letter, "erin")
    made = pass_on(by=factories.link_of(letter, "bob"), to=Colleague("E. Eames", "Boss", "ERIN@north.example"))
    assert made.pk == erin.pk
    assert str(made.officer) == "Erin Eames, President-Elect"
    assert User.objects.filter(email="erin@north.example").count() == 1
    assert Link.objects.live().filter(invitation=erin.invitation).get() == erin


def test_an_officer_cannot_pass_on_to_themselves_to_a_reviewer_or_into_anothers_place():
    letter = factories.signing_open(officers_asked="each")
    bob = factories.link_of(letter, "bob")
    with pytest.raises(Unusable, match="your own address"):
        pass_on(by=bob, to=Colleague("Bob", "President", "Bob@North.example"))
    with pytest.raises(Unusable, match="a place of their own"):
        pass_on(by=bob, to=Colleague("Erin", "Elect", "erin@north.example"))
    Officer.objects.filter(user__email="erin@north.example").update(role="reviewer")
    with pytest.raises(Unusable, match="listed as reviewer"):
        pass_on(by=bob, to=Colleague("Erin", "Elect", "erin@north.example"))
    assert Link.objects.get(pk=bob.pk).revoked_at is None
    assert Invitation.objects.get(pk=bob.invitation_id).response == ""


def test_a_link_that_was_passed_on_answers_nothing_any_more():
    letter = factories.signing_open()
    bob = factories.link_of(letter, "bob")
    pass_on(by=bob, to=FRIDA)
    with pytest.raises(NotNow, match="cannot act"):
        decline(by=bob, reason="")
