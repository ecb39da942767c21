"""The saved page and one society's proof: the command's words over honest and altered ones, and proofs it writes."""

import base64
import itertools
import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.sync_api import Page

from letters.proof import bundle, checkpoint, taken
from letters.proof.single import verify_single
from letters.proof.verify import verify_file
from tests.conftest import ROOT
from tests.letters.proof import world
from tests.letters.proof.forms import proof_mutants, signed_oddly

pytestmark = pytest.mark.journey
CHECKED = """async (all) => {
  const out = [];
  for (const [data, trusted, root, against] of all) {
    const bytes = (text) => ascii(atob(text));
    const asked = { trusted, root, against: against === null ? null : bytes(against) };
    const { notProven, found, societies, ...said } = await checked(bytes(data), asked);
    out.push({ ...said, not_proven: notProven });
  }
  return out;
}"""
WRITTEN = """async (data) => {
  const { found } = await verify(ascii(atob(data)));
  return Promise.all(found.roster.map(async (_, at) => new TextDecoder().decode(await proofOf(found, at))));
}"""
SECOND = "Société de la Douleur"


class Files:
    """A letter sealed as PDF and zip, other letters beside it, and proofs out of them."""

    def __init__(self) -> None:
        honest = world.honest()
        unbound, other = honest.copy(), honest.copy()
        unbound.bound = False
        other.seal_key, other.note_key = ec.generate_private_key(ec.SECP384R1()), Ed25519PrivateKey.generate()
        self.honest, self.pdf, self.zip = honest, honest.pdf(), honest.zip()
        self.stamped, self.lasting = world.stamped().pdf(), world.lasting()
        self.other, self.twice = other.zip(), two_of_one().zip()
        self.larger = world.honest((*world.NAMES, "One More")).zip()
        self.older = (ROOT / "tests/fixtures/sealed/before-proofs.zip").read_bytes()
        self.sized = [
            world.honest([f"Society {n} “\\ é 😀" for n in range(size)]).zip() for size in (1, 2, 5, 6, 7, 12)
        ]
        self.proof = taken.proof_of(self.pdf, SECOND)
        self.proofs = [taken.proof_of(self.zip, f"S{n}") for n in (1, 2, 3)]
        self.proofs += [taken.proof_of(one, "S1") for one in (self.other, unbound.zip(), self.larger, self.sized[0])]


def two_of_one() -> world.World:
    """A letter that two officers of one society signed."""
    made = world.honest((world.NAMES[0], SECOND, SECOND))
    made.roster[2]["slot"] = 2
    made.events[-1]["data"]["root"] = bundle.root(made.roster).hex()
    made.rechain()
    return made


@pytest.fixture(scope="module")
def files() -> Files:
    return Files()


def ours(data: bytes, trusted: tuple[str, ...] = (), root: str = "", against: bytes | None = None) -> dict:
    """What the command says; like it, a file that does not begin as a proof does is taken for a PDF or zip."""
    keys = [key.encode() for key in trusted]
    if not data.startswith(b"{"):
        return verify_file(data, trusted=keys).as_dict()
    return verify_single(data, root=root, against=against, trusted=keys).as_dict()


def theirs(page: Page, asked: list[tuple]) -> list[dict]:
    def coded(data: bytes | None) -> str | None:
        return None if data is None else base64.b64encode(data).decode()

    given = [[coded(data), list(keys), root, coded(against)] for data, keys, root, against in asked]
    return page.evaluate(CHECKED, given)


def differing(page: Page, made: dict[str, bytes], said: dict[str, dict]) -> dict[str, tuple[dict, dict]]:
    """What the two say of those files of which they do not say the same."""
    found: dict[str, dict] = {}
    rest = iter(made.items())
    while batch := list(itertools.islice(rest, 400)):
        answers = theirs(page, [(data, (), "", None) for _, data in batch])
        found |= zip((what for what, _ in batch), answers, strict=True)
    return {what: (found[what], one) for what, one in said.items() if found[what] != one}


def test_an_honest_proof_gets_the_words_of_the_command(saved: Page, files: Files) -> None:
    note_key = checkpoint.fingerprint(files.honest.files()["checkpoint-key.txt"].decode())
    seal_key = dict(verify_file(files.pdf).facts)["Certificate SHA-256"]
    root = bundle.root(files.honest.roster).hex()
    keys = [(), (note_key,), (seal_key,), (note_key, seal_key), ("ab" * 32,)]
    roots = ["", root, root.upper(), "0" * 64]
    asked = list(itertools.product([*files.proofs, files.proof.rstrip()], keys, roots, [None, files.zip, files.larger]))
    said = [ours(*one) for one in asked]
    assert theirs(saved, asked) == said
    assert 100 < sum(one["ok"] for one in said) < len(said) - 100
    assert len({problem for one in said for problem in one["problems"]}) >= 6


def test_a_proof_held_against_a_pdf_gets_the_same_words_and_one_more(saved: Page, files: Files) -> None:
    for against in (files.pdf, files.stamped, files.lasting):
        (said,) = theirs(saved, [(files.proof, (), "", against)])
        unread = [point for point in said["not_proven"] if "this page does not read the print" in point]
        said["not_proven"].remove(*unread)
        assert (said["ok"], said) == (True, ours(files.proof, against=against))


def test_a_proof_held_against_what_does_not_hold_is_refused(saved: Page, files: Files) -> None:
    for against in (b"", b"Dear all", files.proof, files.pdf + b"\n", files.zip[:-1], files.zip + b"x"):
        (said,), wanted = theirs(saved, [(files.proof, (), "", against)]), ours(files.proof, against=against)
        assert (said["ok"], said["headline"], said["facts"]) == (False, wanted["headline"], wanted["facts"])
        start = "The file that the proof is held against does not hold. "
        assert all(one.startswith(start) for one in [*said["problems"], *wanted["problems"]])


def test_every_altered_proof_is_refused_by_both_in_the_same_words(saved: Page, files: Files) -> None:
    made = dict(proof_mutants(files.proof, 800, seed=51))
    assert len(made) > 6_000
    said = {what: ours(data) for what, data in made.items()}
    assert [what for what, one in said.items() if one["ok"]] == []
    assert differing(saved, made, said) == {}
    assert len({one["problems"][0] for one in said.values()}) > 100


def test_a_checkpoint_in_odd_words_gets_the_same_from_both(saved: Page, files: Files) -> None:
    made = dict(signed_oddly(files.proof))
    said = {what: ours(data) for what, data in made.items()}
    assert differing(saved, made, said) == {}
    assert len({tuple(one["problems"]) for one in said.values()}) >= 8


def test_the_page_writes_the_proofs_that_the_command_writes(saved: Page, files: Files) -> None:
    for data in (files.pdf, files.stamped, files.zip, files.twice, files.older, *files.sized):
        written = saved.evaluate(WRITTEN, base64.b64encode(data).decode())
        roster = json.loads(bundle.from_zip(data)["roster.json"]) if data[:2] == b"PK" else files.honest.roster
        assert [one.encode() for one in written] == [taken.proof_of(data, one["receipt"]) for one in roster]


def test_a_person_saves_a_proof_and_holds_it_against_the_letter(
    saved: Page, files: Files, heard: list[str], tmp_path: Path
) -> None:
    letter, proof, other = tmp_path / "letter.pdf", tmp_path / "proof.json", tmp_path / "other.zip"
    letter.write_bytes(files.pdf)
    other.write_bytes(files.larger)
    saved.set_input_files("#file", letter)
    saved.select_option("#verdict select", label=SECOND)
    with saved.expect_download() as download:
        saved.get_by_role("button", name="Save its proof").click()
    assert download.value.suggested_filename == "retraction-edition-1-proof-R-0002.json"
    download.value.save_as(proof)
    assert proof.read_bytes() == files.proof
    assert saved.is_hidden("#against")

    def told(*names: str) -> str:
        saved.wait_for_selector(f"#verdict .name:text-is('{', held against '.join(names)}')")
        return saved.inner_text("#verdict")

    holds = f"This proof holds: {SECOND} stands in the signed roster, at place 2 of 3."
    saved.set_input_files("#file", proof)
    assert told("proof.json").split("\n\n")[1].startswith(holds)
    saved.set_input_files("#against", letter)
    assert "The sealed file that it was held against holds" in told("proof.json", "letter.pdf")
    saved.set_input_files("#file", [letter, proof])
    assert holds in told("proof.json", "letter.pdf")
    saved.set_input_files("#file", [proof, other])
    assert "another roster than the file that it is held against" in told("proof.json", "other.zip")
    saved.set_input_files("#file", proof)
    assert holds in told("proof.json")
    for root, said in (
        ("0" * 64, "not to the one given."),
        ("12", "“12” is not a Merkle root: that has 64 hexadecimal digits."),
        ("", holds),
    ):
        saved.fill("#root", root)
        saved.press("#root", "Tab")
        saved.wait_for_selector(f"#verdict:has-text('{said}')")
    saved.set_input_files("#file", [letter, other])
    saved.wait_for_selector("#verdict:has-text('Choose one file, or the proof of one society together with')")
    assert saved.is_hidden("#against")
    assert [one for one in heard if not one.startswith("blob:")] == []


def test_a_society_with_several_signatures_is_offered_by_receipt(saved: Page, files: Files, tmp_path: Path) -> None:
    (tmp_path / "twice.zip").write_bytes(files.twice)
    saved.set_input_files("#file", tmp_path / "twice.zip")
    saved.wait_for_selector("#verdict .name:text-is('twice.zip')")
    assert saved.locator("#verdict option").all_inner_texts() == [
        world.NAMES[0], f"{SECOND} – Officer 2, President (R-0002)", f"{SECOND} – Officer 3, President (R-0003)",
    ]  # fmt: skip
