"""A forwarded message is filed under who wrote it, with who forwarded it beside; our own words stay ours."""

import pytest

from letters.inbox.address import address_of
from letters.inbox.filing import file_message
from letters.models import database_now
from tests import factories
from tests.letters.correspond import stage
from tests.letters.correspond.stage import BASE, mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission(settings):
    settings.INBOUND_ADDRESS = BASE
    return stage.sent(factories.closed(), stage.journal())


def filed(raw):
    return file_message(raw, now=database_now())


FORWARDED = """For the record. Alice

---------- Forwarded message ---------
Von: The Editor <editor@journal.example>
Date: Fr., 14. März 2025 um 10:00 Uhr
Subject: Our decision
To: <alice@desk.example>

We will not act.
"""


def test_a_forwarded_message_bears_who_wrote_it_and_who_forwarded_it(submission):
    raw = mail(
        address_of(submission.reply_key), sender="Alice Archer <alice@desk.example>", subject="Fwd: Our decision",
        text=FORWARDED,
    )  # fmt: skip
    entry = filed(raw).entry
    assert (entry.sender, entry.forwarded_by) == (
        "The Editor <editor@journal.example>", "Alice Archer <alice@desk.example>",
    )  # fmt: skip
    assert (entry.title, entry.day.isoformat()) == ("Our decision", "2025-03-14")
    assert entry.text.startswith("For the record.")  # all words stay
    assert filed(raw).new is False


def test_what_the_journal_forwards_of_our_own_is_a_message_of_the_journal(submission):
    submission.submitter_email = "editor@journal.example"
    submission.save()
    raw = mail(address_of(submission.reply_key), sender="Office <office@j.example>", subject="Fwd: x", text=FORWARDED)
    entry = filed(raw).entry
    assert (entry.sender, entry.forwarded_by, entry.title) == ("Office <office@j.example>", "", "Fwd: x")


def test_a_day_behind_that_of_the_mail_is_not_believed(submission):
    late = FORWARDED.replace("2025", "2026")
    entry = filed(mail(address_of(submission.reply_key), subject="Fwd: x", text=late)).entry
    assert entry.day.isoformat() == "2025-03-19"
