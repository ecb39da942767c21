"""Fixtures of the journeys: one browser per module, one site per run or per test, one letter per test."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ViewportSize, sync_playwright

from tests.chromium import QUIET, chromium
from tests.journeys.site import Site, manage, serving
from tests.journeys.stage import Staged
from tests.journeys.visitor import Visitor

LETTERS = 42
PREPARE = "from tests.journeys import stage; stage.prepare()"
STAGE = f"from tests.journeys import stage; stage.open_letters({LETTERS})"
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
def staged(bare: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Iterator[Staged]]:
    """A data folder with letters open for signature, and the letters."""
    folder = tmp_path_factory.mktemp("staged") / "data"
    shutil.copytree(bare, folder)
    printed = manage(folder, "shell", "--verbosity", "0", "-c", STAGE)
    return folder, (Staged(**values) for values in json.loads(printed.splitlines()[-1]))


@pytest.fixture(scope="session")
def site(staged: tuple[Path, Iterator[Staged]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site most tests share, each with a letter of its own."""
    with serving(staged[0], tmp_path_factory.mktemp("site") / "data") as running:
        yield running


@pytest.fixture
def letter(staged: tuple[Path, Iterator[Staged]]) -> Staged:
    """A letter open for signature on `site` that no other test touches."""
    letter = next(staged[1], None)
    assert letter is not None, f"Only {LETTERS} letters are staged; raise LETTERS."
    return letter


@pytest.fixture
def own_site(bare: Path, tmp_path: Path) -> Iterator[Site]:
    """A site without letters that nobody else visits."""
    with serving(bare, tmp_path / "data") as running:
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
