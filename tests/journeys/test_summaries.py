"""A summary's whole way: brought in from Word, published to 34 societies, approved, left to the lead, refused."""

import shutil

import pytest

from tests.journeys import desk, officer
from tests.journeys.site import manage, serving
from tests.journeys.visitor import DESK, PHONE, SIZES

pytestmark = pytest.mark.journey

STAGE = """
from pathlib import Path
from letters.draft.actions import Upload
from letters.journals.shipped import take
from letters.management.seed import COORDINATOR
from letters.models import Aim, Coordinator, Journal, User, database_now
from tests.letters.summarise import stage
folder = Path({folder!r})
take(now=database_now())
file = folder / "multisociety-letter-v2.docx"
letter = stage.many((folder / "societies-34.csv").read_text(), Upload(file.name, file.read_bytes(), "accept", "take"))
Coordinator.objects.create(letter=letter, user=User.objects.get(email=COORDINATOR))
for journal in Journal.objects.order_by("pk")[:3]:
    Aim.objects.create(letter=letter, journal=journal)
print(letter.slug)
"""


@pytest.fixture
def signed(bare, inputs, tmp_path):
    """A site with a letter that 34 societies signed, and its slug."""
    folder = tmp_path / "staged"
    shutil.copytree(bare, folder)
    printed = manage(folder, "shell", "--verbosity", "0", "-c", STAGE.format(folder=str(inputs)))
    with serving(folder, tmp_path / "data") as running:
        yield running, printed.split()[-1]


def say(person, site, address, word):
    """From the reading page to the word, with a code."""
    person.press("Answer otherwise")
    person.page.get_by_label(word).check()
    if person.page.get_by_label(officer.CODE).count():
        person.fill(officer.CODE, site.mail.code(address))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_summary_of_the_real_letter_is_approved_by_some_and_refused_by_one(signed, inputs, visit, scheme):
    site, slug = signed
    alice = visit(site, DESK, scheme=scheme)
    alice.sizes = SIZES
    desk.open_desk(alice, site, "alice@demo.example", slug)
    alice.press("Summaries")
    alice.look("summaries-none")
    alice.press("New summary")
    alice.look("summary-new")
    alice.attach("The summary", "summary.docx", (inputs / "summary-rapid-response.docx").read_bytes())
    alice.fill("Name", "Rapid response to the guideline")
    alice.page.get_by_label("Meant for").select_option(index=1)
    alice.press("Read the file")
    alice.look("summary-waiting")
    assert "Version 1, not yet published" in alice.text()
    alice.fill("Note to the officers", "It follows the letter’s sections; nothing is new.")
    alice.press("Publish version 1 for approval")
    assert "0 of 34 societies are behind it: 34 have not answered." in alice.text()
    asked = ("reyes@agir.example", "okafor@asis.example", "lindqvist@napm.example")
    people = [visit(site, PHONE, scheme=scheme) for _ in asked]
    for person, address in zip(people, asked, strict=True):
        person.sizes = SIZES
        person.open(site.mail.link(address, about="A summary to approve"))
    reyes, okafor, third = people
    reyes.look("officer-letter-summary-waits")
    reyes.press("Rapid response to the guideline")
    reyes.look("officer-summary")
    reyes.press("Approve for")
    reyes.look("officer-decide")
    reyes.press("Record our decision", status=422)
    reyes.look("officer-decide-error")
    reyes.fill(officer.CODE, site.mail.code(asked[0]))
    reyes.press("Record our decision")
    reyes.look("officer-approved")
    okafor.press("Rapid response to the guideline")
    say(okafor, site, asked[1], "Approve this summary for")
    okafor.press("Record our decision")
    third.press("Rapid response to the guideline")
    say(third, site, asked[2], "Leave it to")
    third.press("Record our decision")
    third.look("officer-left")
    third.press("Change or take back")
    third.page.get_by_label("Say no").check()
    third.fill("Why not", "The second paragraph claims more than the letter does.")
    third.press("Record our decision")
    third.look("officer-refused")
    third.open("/me")
    third.look("officer-me")
    alice.open(f"/manage/{slug}/summaries")
    alice.look("summaries")
    alice.press("Record a delegation")
    alice.press("Record the delegation", status=422)
    alice.look("delegations-error")
    alice.page.get_by_label("This society leaves its summaries").select_option(index=5)
    alice.fill("The decision it rests on", "Minutes of the board, item 4")
    alice.fill("Date of that decision", "2026-11-02")
    alice.press("Record the delegation")
    alice.look("delegations")
    alice.open(f"/manage/{slug}/summaries/1")
    alice.look("summary")
    assert "3 of 34 societies are behind it: 2 approved, 1 leaves it to Atlantic" in alice.text()
    later = (inputs / "summary-rapid-response.md").read_text().replace("pooling", "lumping together")
    alice.attach("The summary", "summary.md", later.replace("We recommend", "We ask for").encode())
    alice.press("Read the file")
    alice.look("summary-second-waiting")
    alice.press("Publish version 2 for approval")
    reyes.open(f"/r/{slug}/summaries/1")
    reyes.press("Show the changes word by word")
    reyes.look("officer-changes")
