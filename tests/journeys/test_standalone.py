"""The saved page that checks a letter in the browser says what the command-line verifier says, and sends nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.sync_api import Browser, Page

from letters.proof import bundle, history, shape, standalone
from letters.proof.verify import verify_file
from tests.letters.proof import world
from tests.letters.proof.asked import holding
from tests.letters.proof.fields import field_mutants
from tests.letters.proof.mutate import flips, mutants, seal_places

pytestmark = pytest.mark.journey


class Files:
    """Files that hold, and altered evidence sealed again; made before the browser starts and keeps asyncio."""

    def __init__(self) -> None:
        honest = world.honest()
        unbound, other, named, forger = (honest.copy() for _ in range(4))
        unbound.bound = False
        other.seal_key, other.note_key = ec.generate_private_key(ec.SECP384R1()), Ed25519PrivateKey.generate()
        named.letter["title"] = "\u200fעברית 𝔘 “quoted” \\ / é e\u0301"
        forger.seal_key = ec.generate_private_key(ec.SECP256R1())
        self.honest, self.pdf, self.zip = honest, honest.pdf(), honest.zip()
        self.holding = [
            (f"{name} {kind}", data)
            for name, one in (("honest", honest), ("unbound", unbound), ("other keys", other), ("named", named))
            for kind, data in (("pdf", one.pdf()), ("zip", one.zip()))
        ]
        altered = list(field_mutants(forger.files()))[::90]
        self.resealed = [(what, forger.pdf(files=files)) for what, files in altered]


@pytest.fixture(scope="module")
def files() -> Files:
    return Files()


@pytest.fixture(scope="module")
def saved(files: Files, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The page as somebody saved it, opened from the disk, with every request and fault kept."""
    file = tmp_path_factory.mktemp("saved") / "verifier.html"
    file.write_text(standalone.page(), encoding="utf-8")
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto(file.as_uri())
    yield page
    page.close()


@pytest.fixture
def heard(saved: Page) -> Iterator[list[str]]:
    """Whatever the page asks for or complains of while a test runs."""
    found: list[str] = []
    kinds = {"pageerror": str, "console": lambda message: message.text, "request": lambda request: request.url}
    listeners = {kind: lambda event, words=words: found.append(words(event)) for kind, words in kinds.items()}
    for kind, listener in listeners.items():
        saved.on(kind, listener)
    yield found
    for kind, listener in listeners.items():
        saved.remove_listener(kind, listener)


def test_a_person_drops_in_a_file_and_reads_the_verdict(
    saved: Page, files: Files, heard: list[str], tmp_path: Path
) -> None:
    for name, data, said in (
        ("letter.pdf", files.pdf, "This sealed letter holds: version 2, 3 signatures."),
        ("evidence.zip", files.zip, "This evidence holds: version 2, 3 signatures."),
        ("other.pdf", files.pdf + b"\n", "This file does not hold: do not rely on it."),
        ("note.txt", b"Dear all", "This file does not hold: do not rely on it."),
    ):
        (tmp_path / name).write_bytes(data)
        saved.set_input_files("#file", tmp_path / name)
        saved.wait_for_selector(f"#verdict .name:text-is('{name}')")
        assert saved.inner_text("#verdict h2").startswith(said)
    assert "neither a PDF nor a zip" in saved.inner_text("#verdict")
    assert heard == []


def test_a_key_that_is_not_trusted_is_refused_and_a_wrong_one_named(saved: Page, files: Files, tmp_path: Path) -> None:
    (tmp_path / "letter.pdf").write_bytes(files.pdf)
    for keys, said in (("ab" * 32, "not among those you trust"), ("12:34", "“1234” is not a SHA-256 fingerprint")):
        saved.set_input_files("#file", tmp_path / "letter.pdf")
        saved.fill("#keys", keys)
        saved.press("#keys", "Tab")
        saved.wait_for_selector(f"#verdict:has-text('{said}')")
    saved.fill("#keys", "")


def test_what_holds_for_one_verifier_holds_for_the_other(saved: Page, files: Files) -> None:
    names = [name for name, _ in files.holding]
    assert [name for name, data in files.holding if verify_file(data).ok] == names
    assert holding(saved, files.holding) == names
    keys = [value for name, value in verify_file(files.pdf).facts if name.endswith("SHA-256")]
    trusting = [name for name, data in files.holding if verify_file(data, trusted=[k.encode() for k in keys]).ok]
    assert trusting == [name for name in names if not name.startswith("other")]
    assert holding(saved, files.holding, keys) == trusting


# tests/bench/mutants.py --browser runs the same over many more.
def test_no_mutant_holds(saved: Page, files: Files, heard: list[str]) -> None:
    made = [
        *mutants(files.pdf, 300, seed=31),
        *flips(files.pdf, list(seal_places(files.pdf))[::12]),
        *mutants(files.zip, 300, seed=32),
        *flips(files.zip, range(0, len(files.zip), 50)),
    ]
    assert holding(saved, made) == []
    assert heard == []


def test_both_verifiers_know_the_same_shapes(saved: Page) -> None:
    kinds = {str: "string", int: "number", dict: "object", type(None): "null", shape.Absent: "absent"}

    def spelled(kind: object) -> object:
        if isinstance(kind, dict):
            return {key: spelled(inner) for key, inner in kind.items()}
        return [kinds[one] for one in kind] if isinstance(kind, tuple) else kinds[kind]

    for name, known in (("roster", shape.ROSTER), ("event", shape.EVENT), ("manifest", shape.MANIFEST)):
        assert saved.evaluate(f"SHAPES.{name}") == spelled(dict(known))
    assert saved.evaluate("[COMMITTED, COMMITTED_SINCE]") == [list(history.COMMITTED), list(history.COMMITTED_SINCE)]


def test_no_altered_field_holds_under_fitting_hashes(saved: Page, files: Files) -> None:
    packed = ((what, bundle.to_zip(altered)) for what, altered in list(field_mutants(files.honest.files()))[::5])
    assert holding(saved, packed) == []
    assert holding(saved, files.resealed) == []
