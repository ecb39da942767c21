"""A mail scanner that submits every form behind an officer's link signs nothing and declines nothing."""

import pytest

from tests.journeys import desk, officer
from tests.journeys.scanner import scan
from tests.journeys.visitor import DESK, PHONE

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("typed", [None, "000000"], ids=["no-code", "guessed-code"])
def test_scanner_changes_nothing(site, letter, visit, typed):
    bob = letter.officers["bob"]
    link = site.mail.link(bob)
    machine, person, alice = visit(site, DESK), visit(site, PHONE), visit(site, DESK)
    forms = scan(machine, link, typed)
    page = f"/r/{letter.slug}"
    assert sorted(set(forms)) == [f"{page}/respond", f"{page}/sign", f"{page}/start"]
    desk.open_desk(alice, site, letter.coordinator, letter.slug)
    assert "Invited" in desk.row(alice, letter.short_names["bob"])
    assert alice.text(".tiles").startswith("signed version 1 0 of 3 with their board 0 declined 0")
    again = visit(site, DESK)  # filters open a link more than once, each time as a new browser
    scan(again, link, typed)
    asked = site.mail.count(forms.count(f"{page}/start") * 2, "Your code", bob)
    person.open(link)
    person.press("Sign for")
    person.fill(officer.CODE, site.mail.newest_code(bob, codes=asked + 1))
    person.press("Sign the letter")
    assert person.heading() == "Signed"
