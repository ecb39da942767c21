"""Mails as a real SMTP server receives them: both parts, the thread, the way to stop, and no header that is forged."""

import email
import email.policy
import email.utils
import re

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as Keeper

from letters.models import Mail, Officer
from letters.notify.headers import stop_address
from tests import factories, services

pytestmark = pytest.mark.django_db


class Kept(Keeper):
    """Keeps each message as it came."""

    def __init__(self) -> None:
        super().__init__()
        self.mails: list[email.message.EmailMessage] = []

    def prepare_message(self, session, envelope):
        self.mails.append(email.message_from_bytes(envelope.original_content, policy=email.policy.default))
        return super().prepare_message(session, envelope)

    def handle_message(self, message) -> None: ...


@pytest.fixture
def received(settings):
    """What arrives at a server on this machine."""
    kept = Kept()
    server = Controller(kept, hostname="127.0.0.1", port=services.free_port())
    server.start()
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = "signon.post.OverSMTP", "127.0.0.1", server.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    yield kept.mails
    server.stop()


def to(received, name: str) -> list[email.message.EmailMessage]:
    return [mail for mail in received if f"{name}@" in email.utils.parseaddr(mail["To"])[1]]


@pytest.mark.slow
def test_one_conversation_per_letter_and_officer(received):
    letter = factories.signing_open()
    factories.second_version(letter)
    factories.round_of(factories.fresh(letter), "reminder")
    factories.work()
    invitation, notice, reminder = to(received, "carol")
    first = invitation["Message-ID"]
    assert (invitation["In-Reply-To"], invitation["References"]) == (None, None)
    assert [mail["In-Reply-To"] for mail in (notice, reminder)] == [first, first]
    assert [mail["References"] for mail in (notice, reminder)] == [first, first]
    assert first != to(received, "bob")[0]["Message-ID"]


def test_reminders_alone_carry_the_one_click_stop(received):
    letter = factories.signing_open()
    factories.round_of(letter, "reminder")
    factories.work()
    invitation, reminder = to(received, "bob")
    assert (invitation["List-Unsubscribe"], invitation["List-Unsubscribe-Post"]) == (None, None)
    address = stop_address(factories.link_of(letter, "bob"))
    assert "".join(reminder["List-Unsubscribe"].split()) == f"<{address}>"
    assert reminder["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address in reminder.get_body(("plain",)).get_content()


def test_requests_have_two_parts_nothing_attached_and_go_back_to_the_coordinator(received):
    factories.signing_open()
    factories.work()
    (mail,) = to(received, "sato")
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert list(mail.iter_attachments()) == []
    assert mail["Reply-To"] == "alice@desk.example"
    assert email.utils.parseaddr(mail["From"])[1] == "letters@signon.example"
    assert mail["Subject"].startswith("A joint letter on counting: the decision of JSC by ")
    assert "佐藤 陽子, MD" in mail.get_body(("plain",)).get_content()
    addresses = re.findall(r"https?://[^\s\"<>]+", mail.get_body(("html",)).get_content())
    assert {address for address in addresses if not address.startswith("http://localhost:8000/")} == set()


def test_a_name_with_a_line_break_forges_no_header(received):
    letter = factories.signing_open()
    Officer.objects.filter(user__email="bob@north.example").update(printed_name="Bob\r\nBcc: all@else.example")
    row = factories.round_of(letter, "reminder", body="Dear {officer},\n{link}")
    factories.work()
    for mail in to(received, "bob"):
        assert mail["Bcc"] is None
    assert "Dear Bob Bcc: all@else.example," in Mail.objects.get(round=row, to_email="bob@north.example").text
