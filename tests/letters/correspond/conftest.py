"""Where the tests of the pages of correspondence begin: a closed letter, one submission with its clock, the address."""

import pytest

from letters.inbox.clocks import start_clocks
from letters.models import Letter, Submission, database_now
from tests import factories
from tests.letters.correspond import stage


@pytest.fixture
def letter() -> Letter:
    return factories.closed()


@pytest.fixture
def submission(letter: Letter) -> Submission:
    """The letter handed in at a journal that posts within a day, with the waits that follow from it."""
    row = stage.sent(letter, stage.journal(posts="1 day", complaint_receipt="3 working days"))
    start_clocks(database_now())
    return row


@pytest.fixture
def base(letter: Letter) -> str:
    return f"/manage/{letter.slug}/correspondence"
