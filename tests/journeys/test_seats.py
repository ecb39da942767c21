"""One person who holds an office in two societies that are both asked to sign the same letter."""

import pytest

from tests.journeys import desk
from tests.journeys.visitor import DESK, PHONE

pytestmark = pytest.mark.journey
LIST = """society,short_name,country,contact_name,office,email
Alpha Society,ALPHA,GB,Pat Two,President,{pat}
Beta Society,BETA,GB,Pat Two,Treasurer,{pat}
"""


@pytest.fixture
def alice(site, letter, visit):
    """A coordinator who has just invited both societies of Pat."""
    person = visit(site, DESK)
    desk.open_desk(person, site, letter.coordinator, letter.slug)
    person.press("Societies")
    person.press("Import societies")
    person.attach("List of societies", "list.csv", LIST.format(pat=pat(letter)).encode())
    person.press("Show what it would do")
    person.press("Import 2 officers")
    person.press("Invite them")
    person.press("Send 2 invitations")
    return person


def pat(letter):
    """Pat's address, another one for each letter."""
    return letter.coordinator.replace("alice", "pat").replace("desk", "two")


def test_seats_are_not_confused_by_a_second_tab(site, letter, visit, alice):
    person = visit(site, PHONE)
    desk.sign_in(person, site, pat(letter))
    person.open(site.mail.link(pat(letter), "ALPHA"))
    person.press("Sign for ALPHA")
    assert person.texts(".facts dd")[0] == "Alpha Society"
    person.context.new_page().goto(site.mail.link(pat(letter), "BETA"))
    with person.page.expect_navigation():
        person.control("Sign the letter").click()
    alice.open(f"/manage/{letter.slug}")
    assert "Invited" in desk.row(alice, "Beta Society")


def test_seats_are_both_reached_from_my_letters(site, letter, visit, alice):
    person = visit(site, PHONE)
    desk.sign_in(person, site, pat(letter))
    reached = []
    for place in (0, 1):
        person.open("/me")
        with person.page.expect_navigation():
            person.page.locator("article a").nth(place).click()
        reached.append(person.text(".sign-bar-name"))
    assert sorted(reached) == ["Alpha Society", "Beta Society"]
