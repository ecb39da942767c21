"""A society signs after the seal, another takes its support back in public: editions 1 and 2 beside each other."""

import datetime
import io

import pikepdf
import pytest

from tests.journeys import desk, officer
from tests.journeys.visitor import DESK, PHONE, SIZES

pytestmark = pytest.mark.journey


def seal(alice, number):
    """Press the button and wait for the sealed edition."""
    alice.press("Seal the letter")
    for _ in range(120):
        if f"Edition {number}, " in alice.text():
            return
        alice.page.wait_for_timeout(500)
        alice.page.reload()
    raise AssertionError(f"edition {number} was not sealed: {alice.text()}")


def test_late_signer_and_public_note_make_edition_2(site, letter, visit):
    bob, carol, sato = (letter.officers[name] for name in ("bob", "carol", "sato"))
    signers = {}
    for address in (bob, carol):
        signers[address] = visit(site, PHONE)
        officer.come_in(signers[address], site, address)
        officer.sign(signers[address], site, address)
    receipt = signers[carol].path()
    alice = visit(site, DESK)
    alice.sizes = SIZES
    desk.open_desk(alice, site, letter.coordinator, letter.slug)
    alice.open(f"/manage/{letter.slug}/deliver")
    alice.press("Close the letter")
    seal(alice, 1)
    person = signers[carol]
    person.sizes = SIZES
    person.open(receipt)
    person.look("receipt-sealed")
    person.press("Publish a note")
    person.look("note")
    person.fill("What your society says", "We read it again and differ on point 2.")
    if person.page.get_by_label(officer.CODE).count():
        person.fill(officer.CODE, site.mail.code(carol))
    person.press("Publish the note")
    assert "keeps the name and shows this note" in person.text()
    person.look("receipt-noted")
    alice.page.get_by_text("Let societies sign late").click()
    alice.choose(f"日本計数学会 {letter.short_names['sato'].removeprefix('JSC')}")
    later = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=3)
    alice.fill("Open until: day", str(later.date()))
    alice.look("deliver-late")
    alice.press("Open late signing")
    assert "Late signing is open" in alice.text()
    alice.look("deliver-late-open")
    late = visit(site, PHONE)
    late.sizes = SIZES
    late.open(site.mail.link(sato, "may still sign"))
    assert "may still sign the same words" in late.text()
    late.look("letter-late")
    assert officer.sign(late, site, sato)
    alice.press("Close late signing")
    seal(alice, 2)
    first = alice.page.request.get(f"/l/{letter.slug}/letter.pdf?edition=1").body()
    second = alice.page.request.get(f"/l/{letter.slug}/letter.pdf").body()
    assert first != second
    for data in (first, second):
        with pikepdf.open(io.BytesIO(data)) as pdf:
            assert len(pdf.pages) >= 1
    alice.open(f"/l/{letter.slug}")
    assert "Edition 2, the latest: 2 societies" in alice.text()
    alice.look("record-editions")
    alice.open("/verify")
    alice.attach("The PDF, evidence or proof", "letter.pdf", first)
    alice.press("Check the file")
    assert "There is a later edition: edition 2" in alice.text(".verdict")
    alice.look("verify-earlier")
