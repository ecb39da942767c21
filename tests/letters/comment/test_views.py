"""Comments as officers meet them on screen."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from letters.comment import actions, answering
from letters.models import Comment, Link, database_now
from tests import factories
from tests.conftest import signed_in
from tests.letters.comment.test_actions import block, draft, sent

pytestmark = pytest.mark.django_db
PART = {"HX-Request": "true"}


@pytest.fixture
def letter():
    return factories.signing_open()


def post(client, letter, name: str, path: str, **data):
    return client.post(f"/r/{letter.slug}/{path}", {"seat": factories.link_of(letter, name).pk, **data})


def test_thread_shows_the_block_and_its_words_to_change(letter, enter):
    page = enter(letter, "bob").get(f"/r/{letter.slug}/comment/{block(letter)}").content.decode()
    assert "<h1>Comment on paragraph 1 of What was counted</h1>" in page
    assert page.count("Many societies count to ten.") == 2


def test_thread_is_a_part_of_the_page_for_htmx(letter, enter):
    answer = enter(letter, "bob").get(f"/r/{letter.slug}/comment/{block(letter)}", headers=PART)
    assert "<html" not in answer.content.decode()
    assert "HX-Request" in answer["Vary"]


def test_thread_keeps_a_draft_and_leads_back_to_the_block(letter, enter):
    bob, name = enter(letter, "bob"), block(letter)
    answer = post(bob, letter, "bob", f"comment/{name}", text="Say how many.", proposed="Ten.")
    assert (answer.status_code, answer["Location"]) == (302, f"/r/{letter.slug}#b-{name}")
    assert Comment.objects.values_list("text", "proposed", "sent_at").get() == ("Say how many.", "Ten.", None)
    page = bob.get(f"/r/{letter.slug}/comment/{name}").content.decode()
    assert ">Say how many.</textarea>" in page
    assert ">Ten.</textarea>" in page


def test_thread_saves_while_writing_and_says_so(letter, enter):
    bob = enter(letter, "bob")
    answer = post(bob, letter, "bob", f"comment/{block(letter)}", text="Say how", proposed="", autosave="1")
    assert answer.content.decode().startswith("Saved ")
    assert Comment.objects.get().text == "Say how"


def test_thread_refuses_what_is_too_long_and_loses_nothing(letter, enter):
    answer = post(enter(letter, "bob"), letter, "bob", f"comment/{block(letter)}", text="x" * 5001, proposed="Ten.")
    assert answer.status_code == 422
    assert "x" * 5001 in answer.content.decode()
    assert ">Ten.</textarea>" in answer.content.decode()
    assert "at most 5000 characters" in answer.content.decode()
    assert Comment.objects.count() == 0


def test_thread_says_when_the_text_can_no_longer_change_and_keeps_the_words_on_screen(enter):
    letter = factories.signing_open()
    factories.signed(letter, "carol")
    name = block(letter)
    bob = enter(letter, "bob")
    factories.lifecycle.close(letter, by=factories.alice())
    answer = post(bob, letter, "bob", f"comment/{name}", text="Too late", proposed="")
    assert (answer.status_code, Comment.objects.count()) == (422, 0)


@pytest.mark.parametrize("name", ["b0", "nothing-of-that-name"])
def test_thread_of_no_block_is_not_found(letter, enter, name):
    assert enter(letter, "bob").get(f"/r/{letter.slug}/comment/{name}").status_code == 404


def test_thread_shows_others_only_once_the_comments_are_open(letter, enter):
    sent(letter, "carol", text="Count the toes, too.")
    bob, address = enter(letter, "bob"), f"/r/{letter.slug}/comment/{block(letter)}"
    assert "Count the toes" not in bob.get(address).content.decode()
    answering.open_comments(by=factories.alice(), letter=letter, opened=True, now=database_now())
    page = bob.get(address).content.decode()
    assert "Count the toes, too." in page
    assert "We agree" in page


def test_comments_are_sent_only_by_somebody_signed_in(letter, enter):
    draft(letter)
    bob = enter(letter, "bob")
    assert "Send 1 comment<" in bob.get(f"/r/{letter.slug}/comments").content.decode()
    answer = post(bob, letter, "bob", "comments/send")
    assert answer["Location"] == f"/signin?next=/r/{letter.slug}/comments"
    assert Comment.objects.sent().count() == 0
    signed_in(bob, factories.link_of(letter, "bob").officer.user)
    assert post(bob, letter, "bob", "comments/send")["Location"] == f"/r/{letter.slug}/comments"
    assert Comment.objects.sent().count() == 1


def test_send_take_back_remove_and_restore_from_the_page(letter, enter):
    made, bob = draft(letter), enter(letter, "bob")
    signed_in(bob, factories.link_of(letter, "bob").officer.user)
    address = f"/r/{letter.slug}/comments"
    for path, button in [
        ("comments/send", "Take back what was just sent"),
        ("comments/take-back", "Send 1 comment"),
        (f"comments/{made.pk}/remove", "Bring it back"),
        (f"comments/{made.pk}/restore", "Send 1 comment"),
    ]:
        assert post(bob, letter, "bob", path)["Location"] == address
        assert button in bob.get(address).content.decode()


def test_a_comment_of_another_society_is_out_of_reach(letter, enter):
    (made,) = sent(letter, "carol")
    bob = enter(letter, "bob")
    for path in ("remove", "restore", "agree"):
        assert post(bob, letter, "bob", f"comments/{made.pk}/{path}").status_code == 404


def test_agree_with_what_is_open(letter, enter):
    (made,) = sent(letter, "carol")
    answering.open_comments(by=factories.alice(), letter=letter, opened=True, now=database_now())
    bob = enter(letter, "bob")
    post(bob, letter, "bob", f"comments/{made.pk}/agree")
    assert Comment.objects.get(agrees_with=made).invitation == factories.link_of(letter, "bob").invitation
    assert "We agree with <bdi>Société du Sud</bdi>" in bob.get(f"/r/{letter.slug}/comments").content.decode()


def test_the_officer_reads_the_answer(letter, enter):
    (made,) = sent(letter, "bob")
    answering.answer(by=factories.alice(), comment=made, disposition="not", why="No room.", now=database_now())
    page = enter(letter, "bob").get(f"/r/{letter.slug}/comments").content.decode()
    assert "Council of Counting answers: Not accepted. No room." in page


def test_comments_need_the_same_queries_for_3_and_30(letter, enter):
    names = [part.id for part in letter.on_the_table.parts if part.text]
    bob, link = enter(letter, "bob"), factories.link_of(letter, "bob")

    def asked() -> list[int]:
        counts = []
        for address in (f"/r/{letter.slug}/comments", f"/r/{letter.slug}", f"/r/{letter.slug}/comment/{names[2]}"):
            with CaptureQueriesContext(connection) as caught:
                assert bob.get(address).status_code == 200
            counts.append(len(caught))
        return counts

    for name in names[:3]:
        actions.write(by=link, block=name, text="x", proposed="", now=database_now())
    few = asked()
    for name in names:
        actions.write(by=link, block=name, text="x", proposed="", now=database_now())
    for number in range(30 - len(names)):
        Comment.objects.create(
            version=letter.current, block="whole", place="x", invitation=link.invitation, officer=link.officer,
            author="x", text=f"{number}", written_at=database_now(), sent_at=database_now(), sent_by=link.officer.user,
        )  # fmt: skip
    assert Comment.objects.count() == 30
    assert asked() == few
    assert max(few) <= 12


def test_a_seat_of_another_society_does_not_write(letter, enter):
    carol = factories.link_of(letter, "carol")
    answer = enter(letter, "bob").post(
        f"/r/{letter.slug}/comment/{block(letter)}", {"seat": carol.pk, "text": "x", "proposed": ""}
    )
    assert answer.status_code in (302, 404)
    assert Comment.objects.count() == 0
    assert Link.objects.filter(pk=carol.pk).exists()
