"""proofs.json: a proof for each signature that holds in its own place and nowhere else; older files hold without it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.proof import bundle, merkle, proofs
from letters.proof.records import canonical_json
from letters.proof.verify import verify_bundle, verify_file, verify_pdf
from tests.conftest import ROOT
from tests.examples import examples
from tests.letters.proof import world
from tests.letters.proof.fields import proofs_mutants, refitted

OLDER = ROOT / "tests/fixtures/sealed"
SAID = "Each signature comes with a proof of its own that it stands in this roster"


@pytest.fixture(scope="module")
def unbound(honest):
    """The same letter under a checkpoint that covers the roster alone: only the proofs answer for themselves."""
    made = honest.copy()
    made.bound = False
    return made


def halves(size):
    """The largest power of two below the size."""
    return 1 << (size - 1).bit_length() - 1


def by_definition(index, leaves):
    """The audit path as RFC 6962 section 2.1.1 defines it, word for word."""
    if len(leaves) == 1:
        return []
    k = halves(len(leaves))
    if index < k:
        return [*by_definition(index, leaves[:k]), merkle.root(leaves[k:])]
    return [*by_definition(index - k, leaves[k:]), merkle.root(leaves[:k])]


def sides(index, size):
    """On which side each step of a path stands, by the same definition; None where there is no such leaf."""
    if not 0 <= index < size:
        return None
    if size == 1:
        return []
    k = halves(size)
    return [*sides(index, k), "right"] if index < k else [*sides(index - k, size - k), "left"]


def flipped(data, bit):
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


@given(st.integers(1, 200), st.data())
@examples(60)
def test_every_proof_holds_and_none_with_a_bit_changed(size, data):
    names = data.draw(st.lists(st.text("aé中 &", max_size=5), min_size=size, max_size=size))
    roster = [world.roster_record(number, name) for number, name in enumerate(names)]
    raw = [canonical_json(record) for record in roster]
    leaves, root = [merkle.leaf(one) for one in raw], merkle.root(raw).hex()
    stated = json.loads(proofs.written(roster))
    assert proofs.check(stated, roster, leaves, root) == []
    index = data.draw(st.integers(0, size - 1))
    path = stated["proofs"][index]["path"]
    assert path == [step.hex() for step in by_definition(index, raw)]

    def holds(record=raw[index], at=index, of=size, steps=path):
        return proofs.leads(merkle.leaf(record), at, of, steps, root)

    assert holds()
    assert not holds(record=flipped(raw[index], data.draw(st.integers(0, 8 * len(raw[index]) - 1))))
    assert [at for at in range(-1, 2 * size + 2) if holds(at=at)] == [index]
    assert [of for of in range(2 * size + 2) if holds(of=of)] == [
        of for of in range(2 * size + 2) if sides(index, of) == sides(index, size)
    ]
    if path:
        step = data.draw(st.integers(0, len(path) - 1))
        wrong = flipped(bytes.fromhex(path[step]), data.draw(st.integers(0, 255))).hex()
        others = (wrong, path[step].upper() + " ", path[step] + "00", "", None, 0)
        assert not any(holds(steps=[*path[:step], other, *path[step + 1 :]]) for other in others)
        assert not holds(steps=[*path[:step], *path[step + 1 :]])


def test_evidence_carries_a_proof_for_each_signature(honest, honest_pdf):
    files = honest.files()
    stated = json.loads(files["proofs.json"])
    assert files["proofs.json"] == canonical_json(stated)
    assert [(proof["receipt"], proof["index"]) for proof in stated["proofs"]] == [
        (record["receipt"], index) for index, record in enumerate(honest.roster)
    ]
    assert (stated["size"], stated["root"]) == (3, bundle.root(honest.roster).hex())
    for data in (honest_pdf, honest.zip()):
        assert any(line.startswith(SAID) for line in verify_file(data).proven)


def test_a_roster_beyond_the_limit_has_no_file_of_proofs(honest, monkeypatch):
    monkeypatch.setattr(proofs, "LIMIT", 2)
    files = honest.files()
    assert tuple(sorted(files)) == tuple(sorted(bundle.NAMES))
    verdict = verify_bundle(bundle.to_zip(files))
    assert verdict.ok and not any(line.startswith(SAID) for line in verdict.proven)


@pytest.mark.parametrize("name", ["before-proofs.pdf", "before-proofs.zip"])
def test_files_sealed_before_there_were_proofs_hold(name):
    verdict = verify_file((OLDER / name).read_bytes())
    assert (verdict.problems, verdict.ok) == ([], True)
    assert not any(line.startswith(SAID) for line in verdict.proven)


def test_proofs_cannot_be_added_to_an_older_file_nor_taken_out_of_a_newer_one(honest):
    older = bundle.from_zip((OLDER / "before-proofs.zip").read_bytes())
    newer = honest.files()
    added = refitted(older | {"proofs.json": newer["proofs.json"]})
    left = refitted({name: data for name, data in newer.items() if name != "proofs.json"})
    said = ["The checkpoint was made for other facts, another record, other proofs or another certificate."]
    for files in (added, left):
        assert verify_bundle(bundle.to_zip(files)).problems == said


def moved(stated):
    stated["proofs"].append(stated["proofs"].pop(0))


def swapped(stated):
    one, other, _ = stated["proofs"]
    one["path"], other["path"] = other["path"], one["path"]


ANOTHER = "proofs.json is of another roster: its number of signatures or its root differs."
FIRST, SECOND, THIRD = (f"{name} (receipt R-000{n})" for n, name in enumerate(world.NAMES, start=1))


@pytest.mark.parametrize(
    ("alter", "problems"),
    [
        (lambda s: s.update(size=4), [ANOTHER]),
        (lambda s: s.update(root="0" * 64), [ANOTHER]),
        (lambda s: s.update(format="signon/proofs/v2"), ["proofs.json has a form that this check does not know."]),
        (lambda s: s.pop("size"), ['proofs.json lacks "size".']),
        (lambda s: s["proofs"].append(7), ["Proof 4 in proofs.json is not an object."]),
        (lambda s: s["proofs"][1].update(path=""), ['Proof 2 in proofs.json has a "path" of the wrong kind.']),
        (lambda s: s["proofs"].pop(), ["proofs.json does not hold one proof for each signature: 2 for 3."]),
        (
            lambda s: s["proofs"].append(s["proofs"][0]),
            ["proofs.json does not hold one proof for each signature: 4 for 3."],
        ),
        (
            lambda s: s["proofs"][1].update(s["proofs"][0]),
            [f"Proof 2 in proofs.json is not that of {SECOND}: its receipt or its place differs."],
        ),
        (
            moved,
            [
                f"Proof {n} in proofs.json is not that of {who}: its receipt or its place differs."
                for n, who in enumerate((FIRST, SECOND, THIRD), start=1)
            ],
        ),
        (
            swapped,
            [f"The proof of {who} does not lead from its record to the root of the roster." for who in (FIRST, SECOND)],
        ),
        (
            lambda s: s["proofs"][2]["path"].append("0" * 64),
            [f"The proof of {THIRD} does not lead from its record to the root of the roster."],
        ),
        (
            lambda s: s["proofs"][0]["path"].insert(0, s["proofs"][0]["path"].pop(0).upper()),
            [f"The proof of {FIRST} does not lead from its record to the root of the roster."],
        ),
    ],
)
def test_verify_names_what_is_wrong_with_a_proof(unbound, alter, problems):
    files = unbound.files()
    assert verify_bundle(bundle.to_zip(files)).ok
    stated = json.loads(files["proofs.json"])
    alter(stated)
    made = refitted(files | {"proofs.json": canonical_json(stated)})
    assert verify_bundle(bundle.to_zip(made)).problems == problems
    assert verify_pdf(unbound.pdf(files=made)).problems == problems


def test_no_altered_proof_holds_where_no_checkpoint_covers_it(unbound):
    made = list(proofs_mutants(unbound.files()))
    assert len(made) > 120
    assert [what for what, files in made if verify_bundle(bundle.to_zip(files)).ok] == []


def test_verify_refuses_proofs_in_another_form(unbound):
    files = unbound.files()
    for data, said in (
        (b"", "is damaged: it is not canonical JSON"),
        (files["proofs.json"] + b"\n", "is not written in its one exact form"),
        (b"[]", "is not an object"),
    ):
        made = refitted(files | {"proofs.json": data})
        assert verify_bundle(bundle.to_zip(made)).problems == [f"proofs.json {said}."]
