"""Invitations over HTTP."""

import pytest

from letters.models import Mail
from tests import factories
from tests.conftest import filled_in

pytestmark = pytest.mark.django_db


def test_invite_by_button(desk):
    letter = factories.reviewed()
    factories.listed(letter)
    assert desk.get(f"/manage/{letter.slug}/invite").status_code == 405
    draft = desk.post(f"/manage/{letter.slug}/invite")["Location"]
    assert Mail.objects.filter(kind="invitation").count() == 0
    page = desk.get(draft)
    assert "Send 4 invitations" in page.content.decode()
    assert factories.fresh(letter).state == "review"
    desk.post(draft, filled_in(page, do="send"))
    assert Mail.objects.filter(kind="invitation").count() == 4
    assert factories.fresh(letter).state == "signing"
