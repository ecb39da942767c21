"""A submission in the name of more societies than SQLite takes in one condition: each page opens, and one copy goes."""

import io
import zipfile

import pytest

from letters.models import Contributor, Sending, Signature, database_now
from letters.submit import late
from tests import crowds, factories
from tests.letters.dispatch import stage
from tests.letters.dispatch.asking import base, page, text

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MANY = 1_100


@pytest.fixture
def letter(desk):
    return stage.sealed_now(crowds.signed_by(MANY))


def test_pages_and_pack_of_a_submission_of_a_thousand_societies(desk, letter):
    row = stage.prepared(letter)
    assert Contributor.objects.filter(submission=row, invitation__isnull=False).count() == MANY + 1
    assert f"Society {MANY} of Counting" in text(desk.get(page(row)))
    pack = zipfile.ZipFile(io.BytesIO(b"".join(desk.get(page(row, "/pack.zip")))))
    (name,) = (one for one in pack.namelist() if one.endswith(".csv"))
    assert len(pack.read(name).decode().splitlines()) > MANY
    assert "Journal of Examples" in text(desk.get(base(letter)))


def test_a_submission_of_a_thousand_societies_goes_once(letter):
    row = stage.asked(stage.ready(letter))
    factories.work()
    sent = stage.fresh(row)
    assert sent.state == Sending.SENT
    assert sent.sent_copy.read().count(b"Message-ID:") == 1


def test_late_signing_for_a_thousand_societies_opens(desk):
    letter = crowds.signed_by(MANY)
    Signature.objects.filter(receipt_no__startswith="C-").delete()  # they were invited and did not sign
    letter = stage.sealed_now(letter)
    some = [one.pk for one in late.candidates(letter) if one.society.slug.startswith("crowd-")]
    assert len(some) == MANY
    until = database_now() + factories.datetime.timedelta(days=3)
    late.open_late(by=factories.alice(), letter=letter, societies=some, until=until, now=database_now())
    assert [one.pk for one in late.open_call(letter).invitations.all()] == some
