"""Mail posted by a webhook: signed, at its hour, once; and as two providers post what they took in."""

import base64
import hashlib
import hmac
import json
import time

import pytest
from django.test import Client
from django.urls import include, path

from letters.correspond import hooks
from letters.inbox.address import address_of
from letters.models import Correspondence, Stray
from tests import factories
from tests.letters.correspond import stage
from tests.letters.correspond.stage import BASE, PDF, mail

SECRET = "a-secret-of-more-than-24-characters"
urlpatterns = [
    path("", include("signon.urls")),
    path("anymail/postmark/inbound", hooks.provided("postmark"), name="mail_inbound"),
]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture(autouse=True)
def taken_in(settings):
    settings.INBOUND_ADDRESS, settings.INBOUND_SECRET = BASE, SECRET
    settings.ANYMAIL = {"WEBHOOK_SECRET": "signon:a-long-password"}


@pytest.fixture
def submission():
    return stage.sent(factories.closed(), stage.journal())


def post(raw: bytes, *, at: float | None = None, secret: str = SECRET, **headers: str):
    stamp = str(int(time.time() if at is None else at))
    signature = hmac.new(secret.encode(), stamp.encode() + b"." + raw, hashlib.sha256).hexdigest()
    sent = {"X-Signon-Timestamp": stamp, "X-Signon-Signature": signature} | headers
    return Client(enforce_csrf_checks=True).post("/inbound", raw, content_type="message/rfc822", headers=sent)


def test_a_signed_message_is_filed_once(submission):
    raw = mail(address_of(submission.reply_key))
    first, second = post(raw), post(raw)
    assert (first.status_code, first.content, second.content) == (200, b"Filed.\n", b"Known already.\n")
    assert Correspondence.objects.get().submission == submission


@pytest.mark.parametrize(
    "wrong",
    [
        {"secret": "another-secret-of-24-characters"},
        {"X-Signon-Signature": ""},
        {"X-Signon-Timestamp": "soon"},
        {"X-Signon-Timestamp": "1"},
        {"X-Signon-Signature": "ä" * 64},
    ],
)
def test_a_wrong_signature_is_refused(submission, wrong):
    assert post(mail(address_of(submission.reply_key)), **wrong).status_code == 403
    assert not Correspondence.objects.exists() and not Stray.objects.exists()


@pytest.mark.parametrize(("minutes", "status"), [(-6, 403), (-4, 200), (4, 200), (6, 403)])
def test_a_signature_holds_for_five_minutes(submission, minutes, status):
    assert post(mail(address_of(submission.reply_key)), at=time.time() + 60 * minutes).status_code == status


def test_without_a_secret_there_is_no_such_page(submission, settings):
    settings.INBOUND_SECRET = ""
    assert post(b"x", secret="").status_code == 404


def test_a_message_for_nobody_is_kept_and_a_large_one_is_refused(submission, monkeypatch):
    answer = post(mail("nobody@letters.example"))
    assert (answer.status_code, answer.content) == (
        202,
        b"Kept for the operator: It names no submission of this site.\n",
    )
    assert Stray.objects.count() == 1
    monkeypatch.setattr(hooks, "MOST_BYTES", 100)
    assert post(mail(address_of(submission.reply_key), text="x" * 200)).status_code == 413


def test_the_recipient_of_the_envelope_counts(submission):
    answer = post(mail("list@journal.example"), **{"X-Signon-Recipient": address_of(submission.reply_key)})
    assert answer.status_code == 200


def test_postmark_posts_what_it_took_in(submission):
    to = address_of(submission.reply_key)
    body = {
        "FromName": "Editor", "MessageStream": "inbound", "From": "editor@journal.example",
        "FromFull": {"Email": "editor@journal.example", "Name": "Editor", "MailboxHash": ""}, "To": to,
        "ToFull": [{"Email": to, "Name": "", "MailboxHash": submission.reply_key}], "Cc": "", "CcFull": [], "Bcc": "",
        "BccFull": [], "OriginalRecipient": to, "Subject": "Decision",
        "MessageID": "22c74902-a0c1-4511-804f2-341342852c90",
        "ReplyTo": "", "MailboxHash": submission.reply_key, "Date": "Wed, 19 Mar 2025 10:00:00 +0000",
        "TextBody": "No further action.", "HtmlBody": "", "StrippedTextReply": "", "Tag": "",
        "Headers": [{"Name": "Message-ID", "Value": "<9@journal.example>"}],
        "Attachments": [{"Name": "decision.pdf", "Content": base64.b64encode(PDF).decode(),
                         "ContentType": "application/pdf", "ContentLength": len(PDF)}],
    }  # fmt: skip
    basic = {"authorization": "Basic " + base64.b64encode(b"signon:a-long-password").decode()}
    client, address = Client(enforce_csrf_checks=True), "/anymail/postmark/inbound"
    refused = client.post(address, json.dumps(body), content_type="application/json")
    assert refused.status_code == 400 and not Correspondence.objects.exists()
    for _ in range(2):
        assert client.post(address, json.dumps(body), content_type="application/json", headers=basic).status_code == 200
    row = Correspondence.objects.get()
    assert (row.title, row.text, row.message_id) == ("Decision", "No further action.", "<9@journal.example>")
    assert (row.file_name, row.file.read()) == ("decision.pdf", PDF)
