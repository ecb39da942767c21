"""The coordinator's journey from a Word file to a sealed letter that a journal has and everybody can check."""

import csv
import datetime
import re
import subprocess
import sys
import time

import pytest

from letters.management.seed import COORDINATOR, FOLDER
from tests.journeys import desk, officer
from tests.journeys.letterbox import words
from tests.journeys.site import ROOT
from tests.journeys.visitor import PHONE, SIZES
from tests.journeys.word import as_word

pytestmark = pytest.mark.journey
TITLE = "Joint letter on the guideline for home monitoring of sleep apnoea"
JOURNAL = "editor@journal.example"
# Three officers of the demonstration's list: one keeps version 1's signature, one does not, one signs version 2.
KEEPS, STAYS, JOINS = "whitfield@acrp.example", "tamm@bsrn.example", "takahashi@jhst.example"
SEAL_SECONDS = 60


@pytest.mark.parametrize("size", SIZES, ids=["phone", "desk"])
def test_coordinator_brings_a_letter_from_word_to_the_public(own_site, visit, size, tmp_path):
    alice = visit(own_site, size)
    slug = start(alice, own_site)
    open_for_signature(alice, own_site)
    people = {address: visit(own_site, PHONE) for address in (KEEPS, STAYS, JOINS)}
    for address in (KEEPS, STAYS):
        officer.come_in(people[address], own_site, address)
        officer.sign(people[address], own_site, address)
    revise(alice, own_site, slug)
    people[KEEPS].open(f"/r/{slug}")
    officer.sign(people[KEEPS], own_site, KEEPS, button="Keep our signature on version 2")
    officer.come_in(people[JOINS], own_site, JOINS)
    officer.sign(people[JOINS], own_site, JOINS)
    pdf = close_and_seal(alice, own_site, slug)
    address = deliver(alice, own_site, pdf)
    reader = visit(own_site, size)
    look_at_the_public_page(reader, slug, pdf)
    reader.open(address)
    assert reader.heading() == "A letter was sealed here under this address"
    reader.look("edition")
    check_the_file(reader, pdf)
    path = tmp_path / "letter.pdf"
    path.write_bytes(pdf)
    command = [sys.executable, "-m", "letters.proof", str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def start(alice, site):
    """Sign in, upload the Word file, read the import check, publish, set the deadline; returns the slug."""
    alice.open("/signin")
    alice.look("sign-in")
    alice.fill("E-mail address", COORDINATOR)
    alice.press("Continue")
    alice.look("sign-in-code")
    alice.fill("Code from the mail", site.mail.code(COORDINATOR))
    alice.press("Continue")
    alice.look("me-empty")
    alice.press("Manage")
    alice.look("manage-empty")
    alice.press("New letter")
    alice.look("new")
    alice.attach("The letter", "letter.docx", as_word((FOLDER / "letter-v1.md").read_text()))
    alice.fill("Convener", "International Forum on Sleep and Breathing")
    alice.press("Read the file")
    assert alice.heading() == TITLE
    checks = alice.texts(".check-list li")
    assert "In order: 8 references, all cited, none missing." in checks
    assert "In order: The signatories go where it says “[Names of the societies]”." in checks
    alice.look("text-check")
    alice.press("Publish version 1")
    assert alice.path().endswith("/terms")
    alice.look("terms")
    alice.fill("To", "The Editor, Journal of Exemplary Medicine")
    alice.fill("Deadline: day", (datetime.date.today() + datetime.timedelta(days=9)).isoformat())
    alice.press("Save")
    alice.look("import")
    return alice.path().split("/")[2]


def open_for_signature(alice, site):
    """Import the societies after a dry run and invite them all."""
    alice.attach("List of societies", "societies.csv", (FOLDER / "societies.csv").read_bytes())
    alice.press("Show what it would do")
    assert alice.text("#dry + p") == "“societies.csv”: 34 new. Nothing is written yet."
    alice.look("dry-run")
    alice.press("Import 34 officers")
    assert "34 officers are on the list." in alice.text()
    alice.look("societies")
    alice.press("Open for signature and invite them")
    alice.look("draft-invitation")
    alice.press("Send 34 invitations")
    assert "Sent to 34 officers: the mails are on their way." in alice.text()
    alice.look("desk")
    with (FOLDER / "societies.csv").open(encoding="utf-8") as file:
        asked = sorted(row["email"] for row in csv.DictReader(file))
    assert site.mail.count(34, TITLE) == 34
    assert (
        sorted(re.findall(r"[^<\s]+@[^>\s]+", "".join(str(mail["To"]) for mail in site.mail.to("", TITLE).values())))
        == asked
    )


def revise(alice, site, slug):
    """Bring in the second text, read what changed, publish it."""
    desk.upload_version(alice, slug, "letter-v2.docx", as_word((FOLDER / "letter-v2.md").read_text()))
    assert alice.page.get_by_role("heading", name="Changes, word by word").count() == 1
    assert "deleted Most" in alice.texts(".redline del")
    alice.look("text-redline")
    alice.fill("Note to the officers", "Two societies asked us to soften the claim about travel.")
    alice.press("Publish version 2")
    alice.look("draft-new-version")
    alice.press("Send 34 mails")
    assert "Signed v1, not yet v2" in desk.row(alice, "ACRP")
    alice.look("desk-second-version")
    with (FOLDER / "societies.csv").open(encoding="utf-8") as file:
        english = sum(row["language"] not in ("de", "es", "fr") for row in csv.DictReader(file))
    assert site.mail.count(english, "version 2 has changes to read") == english
    alice.open(f"/manage/{slug}/text")
    alice.press("Version 1")
    assert "Superseded draft: no signature is printed under these words." in alice.text()
    alice.look("version-old")


def close_and_seal(alice, site, slug):
    """Close, seal, wait for the worker, and download the PDF."""
    alice.open(f"/manage/{slug}/deliver")
    alice.look("deliver-open")
    alice.press("Close the letter")
    assert "2 societies, version 2, closed" in alice.text()
    alice.look("deliver-closed")
    alice.press("Seal the letter")
    assert "The PDF is being made and sealed" in alice.text(".notice[role=status]")
    alice.look("deliver-sealing")
    until = time.monotonic() + SEAL_SECONDS
    while time.monotonic() < until and "The sealed letter" not in alice.text():
        alice.press("Look again")
    assert "Edition 1, 2 societies, sealed and checked" in alice.text()
    alice.look("deliver-sealed")
    for address in (KEEPS, JOINS):
        assert "Sealed with 2 societies" in site.mail.next(address, "Sealed")["Subject"]
    assert site.mail.to(STAYS, "Sealed") == {}
    return alice.save("Download the PDF")


def deliver(alice, site, pdf):
    """Send the PDF to the journal, exactly once, and release the letter; returns the address in the covering letter."""
    alice.press("Send it to a journal")
    alice.press("New submission")
    alice.page.get_by_label("Journal", exact=True).select_option(label="Another journal, named below")
    alice.page.get_by_text("The journal is not on the list").click()
    alice.fill("Name of another journal", "Journal of Exemplary Medicine")
    alice.fill("Its address for correspondence", JOURNAL)
    alice.press("Prepare it")
    alice.look("submission")
    alice.press("Send it to Journal of Exemplary Medicine")
    until = time.monotonic() + SEAL_SECONDS
    while time.monotonic() < until and not alice.page.get_by_role("button", name="Release the letter").count():
        time.sleep(0.3)
        alice.press("Deliver")
    alice.look("deliver-sent")
    [mail] = site.mail.to(JOURNAL).values()
    [attachment] = mail.iter_attachments()
    assert attachment.get_content_type() == "application/pdf"
    assert attachment.get_content() == pdf
    assert mail["Reply-To"] == COORDINATOR
    alice.press("Release the letter")
    alice.look("deliver-released")
    alice.press("Mail")
    alice.look("mail")
    alice.press("All letters")
    alice.look("manage")
    assert len(site.mail.to(JOURNAL)) == 1
    return re.findall(r"http://\S+/v/[\w-]+", words(mail))[0]


def look_at_the_public_page(reader, slug, pdf):
    """What anybody sees without signing in."""
    reader.open("/")
    reader.look("front")
    reader.press(TITLE)
    assert reader.path() == f"/l/{slug}"
    assert reader.texts(".signatories tbody th") == [
        "Atlantic College of Respiratory Physiology",
        "日本在宅睡眠検査研究会",
    ]
    assert "Lémanique" not in reader.text()
    reader.look("public")
    assert reader.save("Download the PDF") == pdf


def check_the_file(reader, pdf):
    """The verdict on the file, and on one that differs in one byte."""
    reader.open("/verify")
    reader.look("verify")
    for name, data, headline in (
        ("letter.pdf", pdf, "holds"),
        ("changed.pdf", changed(pdf), "does not hold"),
    ):
        reader.attach("The PDF, evidence or proof", name, data)
        reader.press("Check the file")
        assert headline in reader.text(".verdict h2")
        reader.look(f"verdict-{name.removesuffix('.pdf')}")


def changed(pdf):
    """The file with one byte in its middle changed."""
    middle = len(pdf) // 2
    return pdf[:middle] + bytes([pdf[middle] ^ 1]) + pdf[middle + 1 :]
