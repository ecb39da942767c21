"""The verbs of a letter's mail."""

import pytest

from letters.lifecycle import NotNow
from letters.mailing import actions
from letters.models import Mail, database_now
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_sent_mail_is_not_sent_twice():
    factories.signing_open()
    factories.work()
    mail = Mail.objects.filter(kind="invitation").first()
    with pytest.raises(NotNow, match="not sent twice"):
        actions.send_again(by=factories.alice(), mail=mail, now=database_now())
