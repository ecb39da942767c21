"""Reports of two providers as they post them: authenticated, counted once, right in any order."""

import base64
import hashlib
import hmac
import json

import pytest
from django.test import Client, override_settings
from django.urls import path

from letters.mailing import hooks
from letters.models import Mail, Report
from letters.notify.headers import headers
from tests import factories

SECRET, KEY = "signon:a-long-password", "key-0123456789abcdef"
urlpatterns = [
    path("anymail/postmark/tracking", hooks.tracking("postmark"), name="mail_reports"),
    path("anymail/mailgun/tracking", hooks.tracking("mailgun"), name="mail_reports"),
]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture(autouse=True)
def provided(settings):
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET}


@pytest.fixture
def mail():
    factories.signing_open()
    factories.work()
    return Mail.objects.get(kind="invitation", to_email="sato@jsc.example")


def postmark(mail, kind: str, *, secret: str = SECRET, number: int = 4323372036854775807, **more):
    """As Postmark documents its bounce and delivery webhooks."""
    body = {
        "Bounce": {
            "RecordType": "Bounce", "ID": number, "Type": "HardBounce", "TypeCode": 1, "Name": "Hard bounce",
            "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483", "ServerID": 23, "MessageStream": "outbound",
            "Description": "The server was unable to deliver your message (ex: unknown user, mailbox not found).",
            "Details": "550 5.1.1 no such mailbox", "Email": mail.to_email, "From": "letters@signon.example",
            "BouncedAt": "2026-11-05T16:33:54.9070259Z", "DumpAvailable": True, "Inactive": True, "CanActivate": True,
        },
        "Delivery": {
            "RecordType": "Delivery", "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483", "ServerID": 23,
            "Recipient": mail.to_email, "DeliveredAt": "2026-11-05T16:33:54.9070259Z", "Details": "250 ok",
            "MessageStream": "outbound",
        },
    }[kind] | {"Metadata": {"signon": mail.message_id.strip("<>")}} | more  # fmt: skip
    basic = {"authorization": "Basic " + base64.b64encode(secret.encode()).decode()} if secret else {}
    return Client(enforce_csrf_checks=True).post(
        "/anymail/postmark/tracking", json.dumps(body), content_type="application/json", headers=basic
    )


def mailgun(mail, event: str, *, key: str = KEY, token: str = "a8ce0edb2dd8301dee6c2405235584e45aa91d1e9f979f3de0"):
    """As Mailgun documents its webhooks: the event, and a signature over time and token."""
    stamp = "1529006854"
    body = {
        "signature": {
            "timestamp": stamp, "token": token,
            "signature": hmac.new(key.encode(), f"{stamp}{token}".encode(), hashlib.sha256).hexdigest(),
        },
        "event-data": {
            "event": event, "id": "G9Bn5sl1TC6nu79C8C0bwg", "timestamp": 1529006854.329574, "recipient": mail.to_email,
            "severity": "permanent", "reason": "suppress-bounce", "user-variables": {}, "tags": [],
            "delivery-status": {"code": 605, "message": "", "description": "Not delivering to previously bounced"},
            "message": {"headers": {"message-id": mail.message_id.strip("<>"), "to": mail.to_email}},
        },
    }  # fmt: skip
    with override_settings(ANYMAIL={"MAILGUN_WEBHOOK_SIGNING_KEY": KEY}):
        return Client().post("/anymail/mailgun/tracking", json.dumps(body), content_type="application/json")


@pytest.mark.parametrize("report", [lambda mail: postmark(mail, "Bounce"), lambda mail: mailgun(mail, "failed")])
def test_a_report_of_a_bounce_marks_the_mail_once(mail, report):
    for _ in range(2):
        assert report(mail).status_code == 200
    mail.refresh_from_db()
    assert mail.state == "bounced"
    assert mail.error.startswith("The mail came back: ")
    assert Report.objects.count() == 1


def test_a_report_without_the_right_proof_changes_nothing(mail):
    assert postmark(mail, "Bounce", secret="signon:guess").status_code == 400
    assert postmark(mail, "Bounce", secret="").status_code == 400
    assert mailgun(mail, "failed", key="guess").status_code == 400
    mail.refresh_from_db()
    assert (mail.state, Report.objects.count()) == ("sent", 0)


@pytest.mark.parametrize("order", [("Bounce", "Delivery"), ("Delivery", "Bounce")])
def test_a_bounce_wins_in_either_order(mail, order):
    for kind in order:
        assert postmark(mail, kind).status_code == 200
    mail.refresh_from_db()
    assert (mail.state, mail.delivered_at, Report.objects.count()) == ("bounced", None, 2)


def test_a_delivery_tells_what_nobody_could_tell(mail):
    Mail.objects.filter(pk=mail.pk).update(state="unknown", error="silence")
    mailgun(mail, "delivered")
    mail.refresh_from_db()
    assert (mail.state, mail.error) == ("sent", "")
    assert mail.delivered_at is not None


def test_a_bounce_reported_before_the_server_answered_stays():
    factories.signing_open()
    mail = Mail.objects.get(kind="invitation", to_email="sato@jsc.example")
    postmark(mail, "Bounce")
    factories.work()
    mail.refresh_from_db()
    assert mail.state == "bounced"


def test_a_report_about_another_address_or_an_unknown_mail_is_taken_and_left_aside(mail):
    assert postmark(mail, "Bounce", Email="else@where.example").status_code == 200
    assert postmark(mail, "Bounce", Metadata={"signon": "unknown@signon.example"}).status_code == 200
    mail.refresh_from_db()
    assert (mail.state, Report.objects.count()) == ("sent", 0)


def test_a_provider_learns_which_mail_it_reports_on(mail, settings):
    settings.MAIL_PROVIDER = "postmark"
    assert headers(mail)["X-PM-Metadata-signon"] == mail.message_id.strip("<>")
