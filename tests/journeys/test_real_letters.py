"""The coordinator's first steps with a real letter and its 34 societies, where the folder of real letters is there."""

import pytest

from tests.journeys import desk
from tests.journeys.visitor import DESK

pytestmark = pytest.mark.journey


def test_real_letter_is_read_and_its_list_is_understood(inputs, site, letter, visit):
    alice = visit(site, DESK)
    desk.sign_in(alice, site, letter.coordinator)
    alice.open("/manage/new")
    alice.attach("The letter", "letter.docx", (inputs / "multisociety-letter-v1.docx").read_bytes())
    alice.fill("Convener", "Council of Societies")
    alice.press("Read the file")
    assert "In order: 23 references, all cited, none missing." in alice.texts(".check-list li")
    assert alice.page.get_by_role("button", name="Publish version 1").count() == 1
    alice.look("real-text-check")
    alice.press("Societies")
    alice.press("Import societies")
    alice.attach("List of societies", "societies-34.csv", (inputs / "societies-34.csv").read_bytes())
    alice.press("Show what it would do")
    assert alice.text("#dry + p") == "“societies-34.csv”: 36 new. Nothing is written yet."
    assert alice.page.get_by_role("button", name="Import 36 officers").count() == 1
    assert len(set(alice.texts("td[data-label=Society]"))) == 34
    alice.look("real-dry-run")
