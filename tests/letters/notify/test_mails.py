"""Every kind of message: subject of one line, the same facts in plain text and HTML, no secret in a row."""

import datetime
import html
import re

import pytest
from django.core import mail as outbox

from letters.mail import Message
from letters.models import Comment, LateCall, Mail, MailKind, Officer, User, database_now
from letters.notify import asked, compose, keys, owed
from letters.notify.kits import kit_of
from letters.notify.send import FORGOTTEN
from letters.presence.codes import send_code
from letters.sign import responses, second
from letters.submit import actions as submit
from tests import factories, stages
from tests.letters.summarise import stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_limits")]


DAY = datetime.timedelta(days=1)


def plain(markup: str) -> str:
    """The words of an HTML message."""
    body = markup[markup.index("<body") :]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def every_kind() -> dict[str, Mail]:
    """A letter through which a mail of every kind was owed."""
    letter = factories.signing_open()
    bob, carol = factories.link_of(letter, "bob"), factories.link_of(letter, "carol")
    send_code(bob, now=database_now())
    (signature,) = factories.signed(letter, "bob")
    responses.decline(by=carol, reason="Outside <our> field & scope")
    remark = Comment.objects.create(
        version=letter.on_the_table, block="whole", place="the letter", invitation=bob.invitation, officer=bob.officer,
        author="Bob", text="Too <long> & loud", written_at=database_now(),
    )  # fmt: skip
    owed.comments_answered(bob, [remark], now=database_now())
    factories.second_version(letter)
    submit.extend(by=factories.alice(), letter=letter, deadline=letter.deadline + DAY, now=database_now())
    factories.round_of(letter, "reminder")
    factories.round_of(letter, "note", body="We count on you.\n\n[Open] {link}")
    now = database_now()
    asked.trial(
        Message("A joint letter on counting", "Text", "<body>Text"), by=factories.alice(), letter=letter, now=now
    )
    owed.new_link(factories.link_of(letter, "erin"), now=database_now())
    owed.shared(signature, bob, now=database_now())
    invitation = bob.invitation
    invitation.two_people = True
    invitation.save()
    approver = factories.link_of(letter, "erin")
    Officer.objects.filter(pk=approver.officer_id).update(role="approver")
    version = factories.fresh(letter).on_the_table
    said = {"by": approver, "content_hash": version.content_hash, "presence": factories.presence()}
    second.refuse(**said, reason="Not <yet> read & discussed")
    second.approve(**said)
    factories.joined(letter, "paul")
    owed.sign_in(factories.alice(), "123456", now=database_now())
    keys.changed(factories.alice(), keys.SAID["mfa/email/webauthn_added"], agent="", now=database_now())
    (again,) = factories.signed(factories.fresh(letter), "bob")
    stage.published(factories.fresh(letter))
    edition = factories.lifecycle.close(factories.fresh(letter), by=factories.alice())
    owed.sealed(bob, edition, now=database_now())
    owed.kit(bob, kit_of(edition, again, "Journal of Examples", "en"), now=database_now())
    until = database_now() + datetime.timedelta(days=1)
    call = LateCall(pk=1, letter=letter, opened_at=database_now(), until=until)
    owed.late(bob, call, now=database_now())
    factories.signing.withdraw(by=factories.link_of(letter, "bob"), signature=again, reason="")
    assert signature.receipt_no != again.receipt_no
    return {mail.kind: mail for mail in Mail.objects.order_by("-pk")}


@pytest.fixture
def one_of_each() -> dict[str, Mail]:
    """The last mail of every kind."""
    return stages.kept(every_kind)()


@pytest.fixture
def facts_of_each() -> dict[str, dict]:
    """What the words of each fixed kind were filled with, by kind."""
    return filled_in()


@stages.kept
def filled_in() -> dict[str, dict]:
    seen: dict[str, dict] = {}
    real = compose.written

    def written(kind: str, language: str, facts: dict) -> Message:
        seen[kind] = facts
        return real(kind, language, facts)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compose, "written", written)
        every_kind()
    return seen


def addresses(text: str) -> list[str]:
    """Every address, and every place for a secret, in the order in which they stand."""
    return re.findall(r"https?://[^\s<>\"]*[^\s<>\".,;:)]|@@[A-Z]+@@", text)


@pytest.mark.parametrize("language", ["de", "fr", "es"])
def test_each_language_has_the_links_of_the_english_and_both_its_parts_agree(facts_of_each, language):
    assert set(facts_of_each) == set(MailKind.values) - {
        "invitation",
        "reminder",
        "new_version",
        "extended",
        "note",
        "test",
    }
    for kind, facts in facts_of_each.items():
        english, mail = (compose.written(kind, tag, facts) for tag in ("en", language))
        assert f'<html lang="{language}"' in mail.html, kind
        assert addresses(mail.text) == addresses(english.text), kind
        assert mail.html.count('class="button"') == english.html.count('class="button"'), kind
        assert re.findall(r"[\w@]+", plain(mail.html)) == re.findall(r"[\w@]+", mail.text), kind
        assert mail.subject != english.subject


def test_a_mail_of_every_kind_can_be_written(one_of_each):
    assert set(one_of_each) == set(MailKind.values)


def test_subjects_are_one_short_line_that_names_the_matter(one_of_each):
    for kind, mail in one_of_each.items():
        assert "\n" not in mail.subject
        assert len(mail.subject) < 200
        if kind not in (MailKind.SIGN_IN, MailKind.KEYS):
            assert "A joint letter on counting" in mail.subject


def test_html_and_plain_text_hold_the_same_words_in_the_same_order(one_of_each):
    for mail in one_of_each.values():
        if mail.kind != MailKind.TEST:
            assert re.findall(r"[\w@]+", plain(mail.html)) == re.findall(r"[\w@]+", mail.text), mail.kind


def test_styles_stand_beside_each_element_and_the_rules_for_dark_mode_stay(one_of_each):
    page = one_of_each[MailKind.INVITATION].html
    assert re.search(r'<a class="button" href="@@LINK@@" style="[^"]*background: ?#0b5860', page)
    assert "@media (prefers-color-scheme: dark)" in page
    assert "<style>" in page
    assert "@@STOP@@" not in page


def test_only_reminders_can_be_stopped(one_of_each):
    assert {kind for kind, mail in one_of_each.items() if "@@STOP@@" in mail.text} == {MailKind.REMINDER}


def test_each_mail_says_how_it_can_be_checked(one_of_each):
    assert [kind for kind, mail in one_of_each.items() if kind != "test" and "/mail-check" not in mail.text] == []


def test_the_code_that_can_be_typed_stands_below_each_request(one_of_each):
    asking = {"invitation", "reminder", "new_version", "extended", "note", "new_link"}
    assert {kind for kind, mail in one_of_each.items() if "@@TYPED@@" in mail.text} == asking


def test_typed_words_are_escaped_in_html_and_left_alone_in_plain_text(one_of_each):
    mail = one_of_each[MailKind.RESPONSE]
    assert "Outside <our> field & scope" in mail.text
    assert "Outside &lt;our&gt; field &amp; scope" in mail.html


def test_no_message_loads_anything_from_elsewhere(one_of_each):
    for mail in one_of_each.values():
        assert not re.search(r"<img|<script|<link|url\(|@import", mail.html)


def test_secrets_are_filled_in_only_while_sending(one_of_each):
    rows = [mail.text + mail.html for mail in Mail.objects.exclude(kind=MailKind.SIGN_IN)]
    letter = one_of_each[MailKind.INVITATION].letter
    token = factories.link_of(letter, "bob").token
    assert not any(token in row for row in rows)
    outbox.outbox.clear()
    factories.work()
    assert any(token in message.body for message in outbox.outbox)
    assert not any("@@" in message.body + message.alternatives[0][0] for message in outbox.outbox)


def test_a_sign_in_code_is_forgotten_once_it_is_sent(one_of_each):
    mail = one_of_each[MailKind.SIGN_IN]
    assert "123456" in mail.text
    factories.work()
    mail.refresh_from_db()
    assert (mail.state, mail.text, mail.html) == ("sent", FORGOTTEN, "")


def test_replies_go_to_the_coordinator(one_of_each):
    factories.work()
    invitation = next(m for m in outbox.outbox if m.subject.startswith("A joint letter on counting: the decision"))
    assert invitation.reply_to == ["alice@desk.example"]


def test_sign_in_by_code_end_to_end_and_nothing_reveals_who_is_known(client):
    factories.alice()
    known = client.post("/signin", {"email": "Alice@Desk.example"})
    unknown = client.post("/signin", {"email": "nobody@desk.example"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [mail.to_email for mail in Mail.objects.all()] == ["alice@desk.example"]
    client.logout()
    client.post("/signin", {"email": "alice@desk.example"})
    digits = re.search(r"\b\d{6}\b", Mail.objects.first().text).group()
    assert client.post("/signin/code", {"code": digits})["Location"] == "/manage"
    assert client.get("/me").status_code == 200


def test_three_wrong_sign_in_codes_end_the_attempt(client):
    factories.alice()
    client.post("/signin", {"email": "alice@desk.example"})
    digits = re.search(r"\b\d{6}\b", Mail.objects.first().text).group()
    wrong = f"{(int(digits) + 1) % 1_000_000:06d}"
    for _ in range(3):
        client.post("/signin/code", {"code": wrong})
    client.post("/signin/code", {"code": digits})
    assert client.get("/manage").status_code == 302


def test_nobody_signs_up(client):
    client.post("/signin", {"email": "new@else.example"})
    assert User.objects.known_as("new@else.example") is None
