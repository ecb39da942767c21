"""A coordinator's way to a journal: prepare, pause and stop, a second person, the journal's own form, no answer."""

import pytest

from tests.journeys import desk, officer
from tests.journeys.site import manage
from tests.journeys.test_late import seal
from tests.journeys.visitor import DESK, PHONE, SIZES

pytestmark = pytest.mark.journey
OWNER, MAIL = "alice@desk.example", "editor@journal.example"
WHY = "The editor agreed by mail."


@pytest.fixture
def sealed(site, letter, visit):
    """The letter, signed by two societies and sealed, and its owner at the desk."""
    for name in ("bob", "carol"):
        signer = visit(site, PHONE)
        officer.come_in(signer, site, letter.officers[name])
        officer.sign(signer, site, letter.officers[name])
    alice = visit(site, DESK)
    alice.sizes = SIZES
    desk.open_desk(alice, site, OWNER, letter.slug)
    alice.open(f"/manage/{letter.slug}/deliver")
    alice.press("Close the letter")
    seal(alice, 1)
    return alice


def begin(alice, journal, how="As the journal takes letters"):
    """A new submission of the full letter."""
    alice.press("Submissions")
    alice.press("New submission")
    alice.page.get_by_label("Journal", exact=True).select_option(label=journal)
    alice.page.get_by_label("How", exact=True).select_option(label=how)
    alice.press("Prepare it")


def all_the_same(alice):
    """Give a reason against what preflight says."""
    alice.fill("It goes all the same, because", WHY)
    alice.press("Keep this reason")


def test_by_mail_with_a_pause_a_stop_and_a_second_person(site, letter, visit, sealed):
    alice = sealed
    alice.press("Submissions")
    alice.look("submissions-empty")
    alice.press("New submission")
    alice.look("submission-new")
    begin(alice, "The Spine Journal", "By e-mail from this site")
    alice.look("submission-begun")
    all_the_same(alice)
    alice.fill("Where it goes", "nowhere")
    alice.fill("Words of the covering letter", "Dear Editor, this is {titel}.")
    alice.press("Save the covering letter", status=422)
    assert "did you mean {title}?" in alice.text()
    alice.look("submission-words-error")
    alice.fill("Where it goes", MAIL)
    alice.fill("Words of the covering letter", "Dear Editor,\n\nplease consider “{title}”.\n\n{submitter}")
    alice.press("Save the covering letter")
    alice.look("submission-ready")
    alice.press("Send it to The Spine Journal")
    assert "Goes at" in alice.text("#going")
    alice.look("submission-going")
    alice.press("Stop")
    assert "Stopped by Alice Archer." in alice.text()
    alice.look("submission-stopped")
    alice.press("All submissions")
    alice.press("Require a second person")
    alice.look("submissions-two")
    alice.press("The Spine Journal")
    alice.press("Ask a second person")
    alice.look("submission-asked")
    second = visit(site, DESK, scheme="dark")
    second.sizes = SIZES
    desk.open_desk(second, site, letter.coordinator, letter.slug)
    assert "waits for a second person" in second.text()
    second.press("Read and agree")
    second.look("submission-second")
    second.press("Agree that it goes")
    assert "Goes at" in second.text("#going")
    assert site.mail.to(MAIL) == {}


def test_by_the_form_of_the_journal_with_a_receipt(site, letter, visit, sealed):
    alice = sealed
    begin(alice, "BMJ rapid response")
    all_the_same(alice)
    alice.press("Go on to the form")
    alice.look("hand-in")
    alice.press("I have handed it in", status=422)
    assert "Keep something that shows it" in alice.text()
    alice.attach("Screenshot or receipt", "thanks.txt", b"thanks")
    alice.press("I have handed it in", status=422)
    alice.look("hand-in-error")
    alice.fill("Number the journal gave it", "bmj-2026-1")
    alice.attach("Screenshot or receipt", "thanks.pdf", b"%PDF-1.7 thanks")
    alice.press("I have handed it in")
    assert "The journal’s number: bmj-2026-1." in alice.text()
    alice.look("handed-in")
    assert alice.save("Download the receipt") == b"%PDF-1.7 thanks"
    begin(alice, "The Spine Journal", "By e-mail from this site")
    alice.look("submission-permissions")
    state = f"state='unknown', doubtful=True, address='{MAIL}', error='The mail server took the text but said nothing.'"
    rows = f"Submission.objects.filter(edition__letter__slug='{letter.slug}', channel='mail')"
    code = f"from letters.models import Submission; {rows}.update({state})"
    manage(site.data, "shell", "--verbosity", "0", "-c", code)
    alice.press("All submissions")
    alice.look("submissions")
    alice.press("The Spine Journal")
    assert "Nobody can tell whether the journal has it" in alice.text()
    alice.look("submission-unknown")
    dark = visit(site, DESK, scheme="dark")
    dark.sizes = SIZES
    desk.open_desk(dark, site, letter.coordinator, letter.slug)
    for step in ("Submissions", "The Spine Journal", "All submissions"):
        dark.press(step)
        dark.look(f"submission-{step.split()[0].lower()}")
    begin(dark, "Pain Medicine")
    dark.look("submission-prepared")
    alice.press("It did not arrive: send it again")
    assert "once more" in alice.text()
