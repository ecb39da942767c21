"""A deadline in the reader's own time, said once."""

import re

import pytest

from tests.journeys import desk
from tests.journeys.visitor import PHONE

pytestmark = pytest.mark.journey


@pytest.mark.parametrize(
    ("zone", "said"), [("UTC", False), ("America/New_York", False), ("Asia/Tokyo", True), (None, None)]
)
def test_the_deadline_is_said_in_the_readers_time_where_no_other_clock_shows_it(site, letter, visit, zone, said):
    alice = visit(site, PHONE, zone=zone or "Asia/Tokyo", scripts=zone is not None)
    desk.open_desk(alice, site, letter.coordinator, letter.slug)
    deadline = alice.text(".desk-head p:has(time)")
    assert re.search(r"deadline .* New York \(.*UTC\)", deadline)
    assert deadline.count("your time") == bool(said)
