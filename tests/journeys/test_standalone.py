"""The saved page that checks a letter in the browser says what the command-line verifier says, and sends nothing."""

import base64
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.sync_api import Page

from letters.proof import bundle, history, shape
from letters.proof.verify import verify_file
from tests.conftest import ROOT
from tests.letters.proof import world
from tests.letters.proof.asked import holding
from tests.letters.proof.fields import field_mutants, proofs_mutants
from tests.letters.proof.mutate import flips, mutants, seal_places
from tests.letters.proof.parts import part_mutants, twin_mutant, with_parts
from tests.letters.render.tsa import LocalAuthority

pytestmark = pytest.mark.journey


STAMPED_AT = datetime(2025, 3, 18, 17, 5, 2, tzinfo=UTC)
WRONG = ("usage", "expired", "signature", "digest", "named", "issuer", "no root")


def wrongly_stamped(honest: world.World, wrong: str) -> bytes:
    """A PDF whose token has one fault and is otherwise in its one exact form."""
    one = honest.copy()
    one.authority = LocalAuthority(STAMPED_AT, wrong=wrong)
    return one.pdf()


class Files:
    """Files that hold, and altered evidence sealed again; made before the browser starts and keeps asyncio."""

    def __init__(self) -> None:
        honest = world.honest()
        unbound, other, named, forger, stamped, rsa, old = (honest.copy() for _ in range(7))
        unbound.bound = False
        other.seal_key, other.note_key = ec.generate_private_key(ec.SECP384R1()), Ed25519PrivateKey.generate()
        named.letter["title"] = "\u200fעברית 𝔘 “quoted” \\ / é e\u0301"
        forger.seal_key = ec.generate_private_key(ec.SECP256R1())
        stamped.authority = LocalAuthority(STAMPED_AT)
        rsa.authority = LocalAuthority(STAMPED_AT, kind="rsa", protects=True)
        old.authority = LocalAuthority(STAMPED_AT, old=True)
        self.honest, self.pdf, self.zip = honest, honest.pdf(), honest.zip()
        self.stamped, self.root = stamped.pdf(), stamped.authority.root.fingerprint(hashes.SHA256()).hex()
        self.stamped_by = [("an EC key", self.stamped), ("an RSA key", rsa.pdf()), ("an older form", old.pdf())]
        self.wrongly = [(wrong, wrongly_stamped(honest, wrong)) for wrong in WRONG]
        self.wrongly += [
            ("taken out", with_parts(self.stamped, token=b"")),
            ("of another", with_parts(self.stamped, token=LocalAuthority(STAMPED_AT).over(bytes(32)))),
            ("a second signature of the same key", twin_mutant(self.pdf)),
        ]
        self.parts = list(part_mutants(stamped.pdf(spare=8_192)))
        self.holding = [
            (f"{name} {kind}", data)
            for name, one in (("honest", honest), ("unbound", unbound), ("other keys", other), ("named", named))
            for kind, data in (("pdf", one.pdf()), ("zip", one.zip()))
        ]
        self.proofs = [(what, bundle.to_zip(made)) for what, made in proofs_mutants(unbound.files())]
        self.older = [
            (kind, (ROOT / f"tests/fixtures/sealed/before-proofs.{kind}").read_bytes()) for kind in ("pdf", "zip")
        ]
        self.older.append(("pdf in the other form", twin_mutant(self.older[0][1])))
        altered = list(field_mutants(forger.files()))[::90]
        self.resealed = [(what, forger.pdf(files=files)) for what, files in altered]


@pytest.fixture(scope="module")
def files() -> Files:
    return Files()


def told(page: Page, data: bytes, trusted: list[str] | None = None) -> dict:
    given = [base64.b64encode(data).decode(), trusted or []]
    return page.evaluate("([data, keys]) => verify(ascii(atob(data)), keys)", given)


def verdict_key(data: bytes) -> str:
    return dict(verify_file(data).facts)["Certificate SHA-256"]


def stamp_points(points: list[str]) -> list[str]:
    return [point for point in points if point.startswith(("Who “", "The time"))]


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


def test_a_time_stamp_gets_the_same_verdict_from_both(saved: Page, files: Files) -> None:
    for trusted in ([], [verdict_key(files.stamped)], [verdict_key(files.stamped), files.root]):
        for name, data in files.stamped_by:
            ours, theirs = verify_file(data, trusted=[key.encode() for key in trusted]), told(saved, data, trusted)
            assert ours.ok and theirs["ok"], name
            about = [fact for fact in ours.facts if fact[0].startswith("Time-stamp")]
            assert [tuple(fact) for fact in theirs["facts"] if fact[0].startswith("Time-stamp")] == about
            assert theirs["proven"][-1] == ours.proven[-1]
            assert stamp_points(theirs["notProven"]) == stamp_points(ours.not_proven)


def test_a_wrong_time_stamp_is_refused_by_both_with_the_same_sentence(saved: Page, files: Files) -> None:
    said = {name: verify_file(data).problems for name, data in files.wrongly}
    assert {name: told(saved, data)["problems"] for name, data in files.wrongly} == said
    assert len({problems[0] for problems in said.values()}) == len(said)


def test_no_mutant_of_a_time_stamped_file_holds(saved: Page, files: Files) -> None:
    places = seal_places(files.stamped)
    made = [*mutants(files.stamped, 300, seed=33), *flips(files.stamped, list(places)[::12]), *files.parts[::3]]
    assert holding(saved, made) == []


def test_both_verifiers_know_the_same_shapes(saved: Page) -> None:
    kinds = {str: "string", int: "number", dict: "object", list: "list", type(None): "null", shape.Absent: "absent"}

    def spelled(kind: object) -> object:
        if isinstance(kind, dict):
            return {key: spelled(inner) for key, inner in kind.items()}
        return [kinds[one] for one in kind] if isinstance(kind, tuple) else kinds[kind]

    for name in ("roster", "event", "manifest", "proofs", "proof", "single"):
        known = getattr(shape, name.upper())
        assert saved.evaluate(f"SHAPES.{name}") == spelled(dict(known))
    assert saved.evaluate("[COMMITTED, COMMITTED_SINCE]") == [list(history.COMMITTED), list(history.COMMITTED_SINCE)]


def test_a_wrong_proof_is_refused_by_both_with_the_same_sentence(saved: Page, files: Files) -> None:
    said = {name: verify_file(data).problems for name, data in files.proofs}
    assert len(said) > 120 and all(said.values())
    assert {name: told(saved, data)["problems"] for name, data in files.proofs} == said


def test_evidence_with_proofs_and_older_evidence_get_the_same_words(saved: Page, files: Files) -> None:
    for name, data in [*files.holding, *files.older]:
        ours, theirs = verify_file(data), told(saved, data)
        assert ours.ok and theirs["ok"], name
        about = [line for line in ours.proven if "proof of its own" in line]
        assert [line for line in theirs["proven"] if "proof of its own" in line] == about
        assert len(about) == (0 if (name, data) in files.older else 1)


def test_no_altered_field_holds_under_fitting_hashes(saved: Page, files: Files) -> None:
    packed = ((what, bundle.to_zip(altered)) for what, altered in list(field_mutants(files.honest.files()))[::5])
    assert holding(saved, packed) == []
    assert holding(saved, files.resealed) == []
