"""Fixtures of the journeys: one browser per module, one site per run or per test, one letter per test."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from letters.proof import standalone
from tests.chromium import QUIET, chromium
from tests.journeys.site import Site, manage, serving
from tests.journeys.stage import Staged
from tests.journeys.visitor import Visitor

PREPARE = "from tests.journeys import stage; stage.prepare()"
STAGE = "from tests.journeys import stage; stage.open_letters({})"
Visit = Callable[..., Visitor]


# Not longer than a module: while Playwright runs, Django takes this thread for an asynchronous one.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium that calls nobody."""
    path = chromium()
    with sync_playwright() as playwright:
        program = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield program
        program.close()


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one person who may start letters, to be copied."""
    folder = tmp_path_factory.mktemp("bare") / "data"
    manage(folder, "shell", "--verbosity", "0", "-c", PREPARE)
    return folder


@pytest.fixture(scope="session")
def staged(
    bare: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> tuple[Path, Iterator[Staged]]:
    """A data folder with a letter open for signature for each test that asks for one, and the letters."""
    # All that were collected: no process knows beforehand how many of them it will be given to run.
    asking = sum({"staged", "letter"} <= set(getattr(item, "fixturenames", ())) for item in request.session.items)
    folder = tmp_path_factory.mktemp("staged") / "data"
    shutil.copytree(bare, folder)
    printed = manage(folder, "shell", "--verbosity", "0", "-c", STAGE.format(asking))
    return folder, (Staged(**values) for values in json.loads(printed.splitlines()[-1]))


@pytest.fixture(scope="session")
def site(staged: tuple[Path, Iterator[Staged]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site most tests share, each with a letter of its own."""
    with serving(staged[0], tmp_path_factory.mktemp("site") / "data") as running:
        yield running


@pytest.fixture
def letter(staged: tuple[Path, Iterator[Staged]]) -> Staged:
    """A letter open for signature on `site` that no other test touches."""
    return next(staged[1])


@pytest.fixture
def own_site(bare: Path, tmp_path: Path) -> Iterator[Site]:
    """A site without letters that nobody else visits; what is sent to a journal goes at once."""
    with serving(bare, tmp_path / "data", SIGNON_COOLING_OFF_MINUTES="0") as running:
        yield running


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Opens browsers: visit(site, PHONE, scripts=False); a fault that no look() came upon fails the test here."""
    visitors: list[Visitor] = []

    def come(site: Site, size: ViewportSize, **options: object) -> Visitor:
        visitors.append(Visitor(browser, site, size, **options))  # type: ignore[arg-type]
        return visitors[-1]

    yield come
    for visitor in visitors:
        visitor.context.close()
    assert [fault for visitor in visitors for fault in visitor.faults] == []


@pytest.fixture(scope="module")
def saved(files: object, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The page that checks letters as somebody saved it, opened from the disk.

    A module that uses it has a fixture `files`: letters are sealed before the browser starts and keeps asyncio.
    """
    file = tmp_path_factory.mktemp("saved") / "verifier.html"
    file.write_text(standalone.page(), encoding="utf-8")
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto(file.as_uri())
    yield page
    page.close()


@pytest.fixture
def heard(saved: Page) -> Iterator[list[str]]:
    """Whatever that page asks for or complains of while a test runs."""
    found: list[str] = []
    kinds = {"pageerror": str, "console": lambda message: message.text, "request": lambda request: request.url}
    listeners = {kind: lambda event, words=words: found.append(words(event)) for kind, words in kinds.items()}
    for kind, listener in listeners.items():
        saved.on(kind, listener)
    yield found
    for kind, listener in listeners.items():
        saved.remove_listener(kind, listener)
