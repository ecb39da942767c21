"""A letter's mail over HTTP."""

import pytest

from letters.models import Mail
from tests import factories

pytestmark = pytest.mark.django_db


def test_mail_shows_what_failed_and_sends_it_again_at_a_word(desk):
    letter = factories.signing_open()
    factories.work()
    mail = Mail.objects.filter(kind="invitation").first()
    Mail.objects.filter(pk=mail.pk).update(state="failed", error="550 no such user")
    page = desk.get(f"/manage/{letter.slug}/mail").content.decode()
    assert "550 no such user" in page
    desk.post(f"/manage/{letter.slug}/mail/{mail.pk}/again")
    factories.work()
    mail.refresh_from_db()
    assert mail.state == "sent"
