"""Invitations over HTTP."""

import pytest

from letters.models import Mail
from tests import factories

pytestmark = pytest.mark.django_db


def test_invite_by_button(desk):
    letter = factories.reviewed()
    factories.listed(letter)
    assert desk.get(f"/manage/{letter.slug}/invite").status_code == 405
    desk.post(f"/manage/{letter.slug}/invite")
    assert Mail.objects.filter(kind="invitation").count() == 4
