"""What officers may say about a letter, who sends it for the society, and until when it can be undone."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from letters.comment import actions
from letters.lifecycle import NotNow
from letters.models import Comment, Event, Officer, Role, database_now
from tests import factories

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def letter():
    return factories.signing_open()


def block(letter, words: str = "Many societies") -> str:
    return next(part.id for part in letter.on_the_table.parts if words in part.text)


def draft(letter, name="bob", text="Say how many.", proposed="", words="Many societies", now=None):
    by = factories.link_of(letter, name)
    return actions.write(by=by, block=block(letter, words), text=text, proposed=proposed, now=now or database_now())


def sent(letter, *names: str, **more) -> list[Comment]:
    """A comment of each, sent by bob or carol for their societies."""
    made = [draft(letter, name=name, **more) for name in names]
    for society in {"bob": {"bob", "erin"}, "carol": {"carol"}}.items():
        if society[1] & set(names):
            actions.send(by=factories.link_of(letter, society[0]), now=database_now())
    return made


def test_a_comment_keeps_the_block_its_place_and_its_words(letter):
    made = draft(letter, proposed="Most societies count to ten.")
    part = next(p for p in letter.on_the_table.parts if p.id == made.block)
    assert (made.quote, made.place) == (part.text, "paragraph 1 of What was counted")
    assert (made.author, made.sent_at, made.version) == ("Bob Barker, MD", None, letter.on_the_table)
    assert made.proposed == "Most societies count to ten."


def test_writing_again_replaces_the_draft_and_writing_nothing_removes_it(letter):
    first = draft(letter)
    assert draft(letter, text="Say ten.").pk == first.pk
    assert Comment.objects.get().text == "Say ten."
    assert draft(letter, text="  ") is None
    assert Comment.objects.kept().count() == 0


def test_the_words_of_the_block_itself_are_no_proposal(letter):
    part = next(p for p in letter.on_the_table.parts if "Many societies" in p.text)
    assert draft(letter, text="", proposed=part.text.replace(" [2]", r" [2]") + "\n") is None
    assert Comment.objects.count() == 0


def test_two_officers_of_a_society_draft_side_by_side(letter):
    assert draft(letter).pk != draft(letter, name="erin").pk
    assert Comment.objects.drafts_of(factories.link_of(letter, "bob")).count() == 2
    assert Comment.objects.drafts_of(factories.link_of(letter, "carol")).count() == 0


def test_one_draft_per_officer_and_block_is_a_constraint(letter):
    made = draft(letter)
    made.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        made.save(force_insert=True)


def test_a_block_that_is_not_in_the_version_is_no_place_to_comment(letter):
    with pytest.raises(LookupError):
        actions.write(by=factories.link_of(letter, "bob"), block="b0", text="x", proposed="", now=database_now())


def test_sending_sends_the_drafts_of_the_whole_society_at_once(letter):
    draft(letter)
    draft(letter, name="erin")
    draft(letter, name="carol")
    assert actions.send(by=factories.link_of(letter, "bob"), now=database_now()) == 2
    sent = Comment.objects.sent()
    assert {(c.author, c.sent_by.email) for c in sent} == {
        ("Bob Barker, MD", "bob@north.example"), ("Erin Eames", "bob@north.example"),
    }  # fmt: skip
    event = Event.objects.get(kind="commented")
    assert event.data == {"count": 2, "version": 1}
    assert event.details == {"society": "Northern Society of Counting"}


@pytest.mark.parametrize("role", [Role.ASSISTANT, Role.REVIEWER])
def test_assistants_and_reviewers_prepare_and_do_not_send(letter, role):
    Officer.objects.filter(user__email="bob@north.example").update(role=role)
    draft(letter)
    with pytest.raises(NotNow, match=r"^A signer or approver of your society sends the comments"):
        actions.send(by=factories.link_of(letter, "bob"), now=database_now())
    assert Comment.objects.sent().count() == 0


def test_there_must_be_something_to_send(letter):
    with pytest.raises(NotNow, match="nothing to send"):
        actions.send(by=factories.link_of(letter, "bob"), now=database_now())


def test_what_was_sent_can_be_taken_back_for_ten_minutes(letter):
    now = database_now()
    draft(letter)
    bob = factories.link_of(letter, "bob")
    actions.send(by=bob, now=now)
    assert actions.take_back(by=bob, now=now + 9 * MINUTE) == 1
    assert Comment.objects.drafts_of(bob).count() == 1
    actions.send(by=bob, now=now + 10 * MINUTE)
    with pytest.raises(NotNow, match="more than ten minutes ago"):
        actions.take_back(by=bob, now=now + 20 * MINUTE)
    assert Comment.objects.sent().count() == 1


def test_what_another_society_stands_behind_is_not_taken_back(letter):
    made = draft(letter)
    bob, carol = factories.link_of(letter, "bob"), factories.link_of(letter, "carol")
    actions.send(by=bob, now=database_now())
    actions.agree(by=carol, comment=made, now=database_now())
    with pytest.raises(NotNow, match="another society agreed"):
        actions.take_back(by=bob, now=database_now())
    assert Comment.objects.sent().count() == 1


def test_taking_back_does_not_trample_a_new_draft(letter):
    draft(letter)
    bob = factories.link_of(letter, "bob")
    actions.send(by=bob, now=database_now())
    draft(letter, text="A new thought.")
    with pytest.raises(NotNow, match="new draft"):
        actions.take_back(by=bob, now=database_now())
    assert sorted(Comment.objects.values_list("text", "sent_by__email")) == [
        ("A new thought.", None), ("Say how many.", "bob@north.example"),
    ]  # fmt: skip


def test_a_removed_draft_comes_back_within_ten_minutes(letter):
    now = database_now()
    bob, made = factories.link_of(letter, "bob"), draft(letter)
    actions.remove(by=bob, comment=made, now=now)
    assert Comment.objects.drafts_of(bob).count() == 0
    actions.restore(by=bob, comment=made, now=now + 9 * MINUTE)
    assert Comment.objects.drafts_of(bob).get() == made
    actions.remove(by=bob, comment=made, now=now)
    with pytest.raises(NotNow, match="ten minutes"):
        actions.restore(by=bob, comment=made, now=now + 11 * MINUTE)


def test_a_removed_draft_does_not_come_back_over_a_new_one(letter):
    bob, made = factories.link_of(letter, "bob"), draft(letter)
    actions.remove(by=bob, comment=made, now=database_now())
    draft(letter, text="Another.")
    with pytest.raises(NotNow, match="newer draft"):
        actions.restore(by=bob, comment=made, now=database_now())


def test_agreeing_is_a_draft_of_the_society_and_there_is_one_of_it(letter):
    made = draft(letter)
    actions.send(by=factories.link_of(letter, "bob"), now=database_now())
    carol = factories.link_of(letter, "carol")
    agreed = actions.agree(by=carol, comment=made, now=database_now())
    assert actions.agree(by=carol, comment=made, now=database_now()) == agreed
    assert (agreed.agrees_with, agreed.sent_at, agreed.place) == (made, None, made.place)
    with pytest.raises(NotNow, match="own society"):
        actions.agree(by=factories.link_of(letter, "erin"), comment=made, now=database_now())


def test_others_comments_are_read_only_once_sent_and_opened(letter):
    made = draft(letter)
    carol = factories.link_of(letter, "carol")
    letter.comments_open = True
    letter.save()
    carol = factories.link_of(letter, "carol")
    assert list(Comment.objects.readable_by(carol)) == []
    actions.send(by=factories.link_of(letter, "bob"), now=database_now())
    assert list(Comment.objects.readable_by(carol)) == [made]
    letter.comments_open = False
    letter.save()
    assert list(Comment.objects.readable_by(factories.link_of(letter, "carol"))) == []


@pytest.mark.parametrize("act", ["write", "send", "take_back", "remove", "restore", "agree"])
def test_nothing_is_said_once_the_letter_is_closed(act):
    letter = factories.signing_open()
    factories.signed(letter, "carol")
    made, bob = draft(letter), factories.link_of(letter, "bob")
    factories.lifecycle.close(letter, by=factories.alice())
    now = database_now()
    calls = {
        "write": lambda: actions.write(by=bob, block=made.block, text="x", proposed="", now=now),
        "send": lambda: actions.send(by=bob, now=now),
        "take_back": lambda: actions.take_back(by=bob, now=now),
        "remove": lambda: actions.remove(by=bob, comment=made, now=now),
        "restore": lambda: actions.restore(by=bob, comment=made, now=now),
        "agree": lambda: actions.agree(by=bob, comment=made, now=now),
    }
    with pytest.raises(NotNow, match=r"^The letter is “Closed”"):
        calls[act]()
    assert list(Comment.objects.values_list("text", "sent_at", "removed_at")) == [("Say how many.", None, None)]
