"""The public record in a browser: a journalist on a phone, searches with and without script, a badge elsewhere."""

import http.server
import json
import shutil

import pytest

from tests.beside import running
from tests.journeys.site import manage, serving
from tests.journeys.visitor import DESK, PHONE, SIZES

pytestmark = pytest.mark.journey
STAGE = """
from letters.models import Society
from tests import factories
from tests.letters.record import stage
print(stage.founding(stage.many(factories.SOCIETIES, v2=factories.LATER)).slug)
print(stage.with_evidence(stage.released("bob", "carol")).slug)
print(Society.objects.get(short_name="NSC").get_absolute_url())
"""


@pytest.fixture(scope="module")
def record(bare, tmp_path_factory):
    """A site with the founding case and a letter that was sealed just now, their slugs, and a society's page."""
    folder = tmp_path_factory.mktemp("record") / "data"
    shutil.copytree(bare, folder)
    told, fresh, society = manage(folder, "shell", "--verbosity", "0", "-c", STAGE).split()[-3:]
    with serving(folder, tmp_path_factory.mktemp("record-site") / "data") as site:
        yield site, told, fresh, society


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_screens_of_the_record(record, visit, scheme):
    site, told, fresh, society = record
    person = visit(site, PHONE, scheme=scheme)
    person.sizes = SIZES
    for screen, address in (
        ("record", f"/l/{told}"), ("record-fresh", f"/l/{fresh}"), ("record-search", f"/l/{told}?q=sud"),
        ("society", society), ("badge", f"/l/{told}/badge"), ("front", "/"),
    ):  # fmt: skip
        person.open(address)
        person.look(screen)


def test_a_journalist_on_a_phone_has_the_story_on_the_first_screen(record, visit):
    site, told, *_ = record
    person = visit(site, PHONE)
    person.open(f"/l/{told}")
    first = person.page.evaluate(
        "[...document.querySelectorAll('.brief dd')].filter((e) => e.getBoundingClientRect().bottom < innerHeight)"
        ".map((e) => e.innerText.replace(/\\s+/g, ' '))"
    )
    assert first[:2] == [
        "3 societies, 18 March 2025",
        "Journal of Examples rapid response decided: no further action, 18 April 2025.",
    ]
    assert len(first) >= 4
    acts = person.page.locator("main .actions").first
    assert person.texts("main .actions:first-of-type a")[:2] == ["Download the PDF", "Check a file"]
    # What people come for stands before the story, and the story still begins on the same screen.
    assert acts.bounding_box()["y"] < person.page.locator(".brief").bounding_box()["y"]
    # The badge far below is there without scrolling to it, as in a picture of the whole page.
    person.page.wait_for_load_state("load")
    assert person.page.locator("#embed ~ p img").evaluate("badge => badge.complete && badge.naturalWidth") > 0
    # Search engines read the data block; the policy neither runs nor blocks it.
    said = json.loads(person.page.locator('script[type="application/ld+json"]').inner_text())
    assert said["author"][0]["name"] == "Northern Society of Counting"
    person.look("record-first")


@pytest.mark.parametrize("scripts", [True, False])
def test_signatories_are_searched_with_and_without_script(record, visit, scripts):
    site, told, *_ = record
    person = visit(site, DESK, scripts=scripts)
    person.open(f"/l/{told}")
    person.fill("Search the signatories", "présidente")
    if not scripts:
        person.press("Search")
    rows = person.page.locator(".signatories tbody tr")
    shown = [row.inner_text() for row in rows.all() if row.is_visible()]
    assert [words.split("\n")[0].split("\t")[0] for words in shown] == ["Société du Sud"]
    assert person.text(".find [role=status]").startswith("1 of 3 shown.")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_member_downloads_the_proof_of_one_society_and_checks_it(record, visit, tmp_path, scripts):
    site, _, fresh, _ = record
    person = visit(site, PHONE, scripts=scripts)
    person.open(f"/l/{fresh}")
    label = "The proof of one society"
    person.page.get_by_label(label).select_option("Société du Sud")
    with person.page.expect_download() as download:
        person.page.get_by_role("button", name="Download the proof").click()
    download.value.save_as(tmp_path / "proof.json")
    person.open("/verify")
    person.attach("The PDF, evidence or proof", "proof.json", (tmp_path / "proof.json").read_bytes())
    person.press("Check the file")
    assert (
        person.text("[role=status] h2")
        == "This proof holds: Société du Sud stands in the signed roster, at place 2 of 2."
    )
    person.look("verify-proof")


@pytest.fixture
def elsewhere():
    """Another site, whose pages are what was put into the dictionary."""
    pages: dict[str, str] = {}

    class Elsewhere(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = pages.get(self.path, "").encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *words: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    with running(server):
        yield f"http://127.0.0.1:{server.server_port}", pages


def test_the_snippets_on_the_page_show_the_badge_on_another_site(record, browser, elsewhere):
    site, told, *_ = record
    address, pages = elsewhere
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site.url}/l/{told}")
    pages["/"] = "<title>Ours</title>" + "".join(page.locator(".snippet code").all_text_contents())
    pages["/letter"] = f"<title>Ours</title><iframe src='{site.url}/l/{told}'></iframe>"
    page.goto(f"{address}/")
    frame = next(frame for frame in page.frames if frame.url.endswith("/badge"))
    frame.wait_for_load_state("load")
    assert frame.get_by_role("link").get_attribute("href") == f"{site.url}/l/{told}"
    widths = [place.evaluate("document.querySelector('img').naturalWidth") for place in (page, frame)]
    assert widths == [320, 320]
    page.goto(f"{address}/letter")
    page.wait_for_load_state("load")
    assert [frame.locator(".letter").count() for frame in page.frames] == [0, 0]  # no other page may be framed
    context.close()
