"""The officer's journey by keyboard alone: every stop is visible, outlined and never behind the bar."""

import pytest

from tests.journeys import officer
from tests.journeys.visitor import SIZES

pytestmark = pytest.mark.journey
MOST_STOPS = 60

# Where the focus is, what it looks like, and whether the bar lies on any part of it.
FOCUS = """() => {
    const now = document.activeElement, bar = document.querySelector(".sign-bar, .chosen-bar");
    if (now === document.body) return null;
    const box = now.getBoundingClientRect(), style = getComputedStyle(now);
    const over = bar && !bar.contains(now) ? bar.getBoundingClientRect() : null;
    return {
        name: (now.ariaLabel || (now.labels?.[0] ?? now).innerText).trim().replace(/\\s+/g, " "),
        seen: box.width > 0 && box.height > 0 && box.top >= 0 && box.bottom <= innerHeight,
        outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        hidden: over !== null && box.bottom > over.top && box.top < over.bottom,
    };
}"""

# Scrolls until the next link of the letter lies where the bar is: from there the focus must bring it forward.
BEHIND = """() => {
    const links = [...document.querySelectorAll(".letter a[href]")];
    const next = links[links.indexOf(document.activeElement) + 1];
    if (next) scrollBy(0, next.getBoundingClientRect().bottom - innerHeight + 6);
    return next?.ariaLabel || next?.innerText;
}"""


def tab_to(person, name, key="Tab"):
    """Press `key` until the control that begins with `name` has the focus; judges every stop on the way."""
    names = []
    for _ in range(MOST_STOPS):
        person.page.keyboard.press(key)
        stop = person.page.evaluate(FOCUS)
        if stop is None:
            continue
        names.append(stop["name"])
        assert stop["seen"], f"“{stop['name']}” has the focus outside the window on {person.path()}"
        assert stop["outlined"], f"“{stop['name']}” has the focus and no outline on {person.path()}"
        assert not stop["hidden"], f"“{stop['name']}” lies behind the bar on {person.path()}"
        if stop["name"].startswith(name):
            return
    raise AssertionError(f"Tab does not come to “{name}” on {person.path()}, only to {names}.")


def enter(person, status=200):
    """Press Enter on what has the focus and wait for the next page."""
    with person.page.expect_navigation() as change:
        person.page.keyboard.press("Enter")
    assert change.value.status == status


@pytest.mark.parametrize("size", SIZES, ids=["phone", "desk"])
def test_keyboard_alone_signs(site, letter, visit, size):
    bob = letter.officers["bob"]
    person = visit(site, size)
    officer.come_in(person, site, bob)
    tab_to(person, "Skip to the content")
    person.page.keyboard.press("Enter")
    assert person.page.evaluate("document.activeElement.id") == "content"
    tab_to(person, "Sign for")
    enter(person)
    code = site.mail.code(bob)
    tab_to(person, "6-digit code")
    person.page.keyboard.type("000000" if code != "000000" else "111111")
    enter(person, status=422)
    assert person.page.evaluate("document.activeElement.className") == "error-summary"
    tab_to(person, "6-digit code: That is not the code")
    person.page.keyboard.press("Enter")
    assert person.page.evaluate("document.activeElement.name") == "code"
    person.page.keyboard.press("Control+A")
    person.page.keyboard.type(code)
    tab_to(person, "Sign the letter")
    enter(person)
    assert person.heading() == "Signed"
    tab_to(person, "Withdraw our signature")
    tab_to(person, "Check that a letter is genuine")


@pytest.mark.parametrize("size", SIZES, ids=["phone", "desk"])
def test_keyboard_finds_no_link_of_the_letter_behind_the_bar(site, letter, visit, size):
    person = visit(site, size)
    officer.come_in(person, site, letter.officers["bob"])
    tab_to(person, "Sign in")
    links = 0
    while name := person.page.evaluate(BEHIND):
        tab_to(person, name)
        links += 1
    assert links == person.page.locator(".letter a[href]").count() > 4
    tab_to(person, "Check that a letter is genuine")
    tab_to(person, "Skip to the content", key="Shift+Tab")
