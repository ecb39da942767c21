"""What the desk says of submissions: a second person, no clear end, prepared long ago."""

import datetime

import pytest

from letters.desk.attention import attention, owed
from letters.dispatch import actions
from letters.models import Submission, database_now
from tests import factories
from tests.letters.dispatch import stage

pytestmark = pytest.mark.django_db


def told(letter) -> dict[str, tuple[str, str]]:
    rows = attention(factories.fresh(letter), [], owed(letter), database_now())
    return {f"{row.count} {row.sentence}": (row.label, row.address) for row in rows}


def test_submissions_that_wait_are_told_each_with_its_page(desk):
    letter = stage.sealed()
    there = f"/manage/{letter.slug}/submissions"
    row = stage.ready(letter)
    assert told(letter) == {}
    long_ago = database_now() - datetime.timedelta(days=4)
    Submission.objects.update(created_at=long_ago)
    assert told(letter) == {"1 submission was prepared 3 days ago or more, not sent": ("Send or throw away", there)}
    actions.two_people(by=factories.alice(), letter=letter, wanted=True, now=database_now())
    stage.asked(row)
    assert told(letter) == {"1 submission waits for a second person": ("Read and agree", f"{there}/{row.pk}")}
    assert "1 submission for a second person to read" in desk.get("/manage").content.decode()
    Submission.objects.update(state="unknown", doubtful=True)
    assert told(letter) == {"1 sent to a journal without a clear answer": ("Decide", there)}
