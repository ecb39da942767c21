"""The founding case from its real files: what was signed, sent and answered is told right on the public page."""

import shutil
import urllib.request

import pytest

from letters.proof.verify import verify_file
from tests.journeys.site import manage, serving
from tests.journeys.visitor import PHONE, SIZES

pytestmark = pytest.mark.journey
REPLAY = "from tests.journeys import founding; founding.replay({!r})"


@pytest.fixture(scope="module")
def told(inputs, bare, tmp_path_factory):
    """A site with the founding case, and the slug of its letter."""
    folder = tmp_path_factory.mktemp("founding") / "data"
    shutil.copytree(bare, folder)
    slug = manage(folder, "shell", "--verbosity", "0", "-c", REPLAY.format(str(inputs))).split()[-1]
    with serving(folder, tmp_path_factory.mktemp("founding-site") / "data") as site:
        yield site, slug


def happened(person) -> list[str]:
    """The first sentence of each line of the timeline, without its date."""
    lines = person.page.locator(".timeline li").all_inner_texts()
    return [[part for part in words.split("\n") if part.strip()][1] for words in lines]


def test_the_public_page_tells_the_founding_case(told, visit):
    site, slug = told
    person = visit(site, PHONE)
    person.sizes = SIZES
    person.open(f"/l/{slug}")
    assert happened(person) == [
        "A paper this letter answers was published online.",
        "A paper this letter answers was published online.",
        "Version 1 went to the societies (superseded; it is not the text that was sealed).",
        "Opened for signature.",
        "Version 2 went to the societies.",
        "Opened for signature again.",
        "Closed with 34 societies.",
        "Sealed: no word and no name in it can change any more.",
        "The summary “Rapid response to the guideline” was handed in to The BMJ by its web form, for the"
        " paper 10.1136/bmj-2024-079970.",
        "The summary “Rapid response to the review” was handed in to The BMJ by its web form, for the"
        " paper 10.1136/bmj-2024-079971.",
        "The full letter was sent to The Spine Journal.",
        "The full letter was sent to Interventional Pain Medicine.",
        "Released to the public on this page.",
        "The BMJ acknowledged receipt.",
        "The authors of the paper replied in The BMJ.",
        "The BMJ decided: no further action.",
        "The full letter appeared in The Spine Journal.",
        "The full letter appeared in Interventional Pain Medicine.",
    ]
    assert len(person.texts(".signatories tbody tr")) == 34
    page = person.page.content()
    # One said no, one said nothing, three left it to the society that leads.
    assert page.count("<p>Approved by 29 societies: ") == 2
    assert page.count("<p>3 societies left the approval to <bdi>Atlantic Spine Intervention Society</bdi>: ") == 2
    assert "published article" not in page
    person.look("founding")


def test_each_journal_got_one_copy_of_the_file_that_is_public(told):
    site, slug = told
    with urllib.request.urlopen(f"{site.url}/l/{slug}/letter.pdf", timeout=30) as answer:
        public = answer.read()
    for journal in ("the-spine-journal", "interventional-pain-medicine"):
        (mail,) = site.mail.to(f"editor@{journal}.example").values()
        (attached,) = mail.iter_attachments()
        assert attached.get_payload(decode=True) == public
    verdict = verify_file(public)
    assert (verdict.problems, dict(verdict.facts)["Societies"]) == ([], "34")
    assert len(public) < 400_000
