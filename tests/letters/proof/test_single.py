"""One proof by itself: taken out by name, checked without the others, refused with one sentence when it is another."""

import json

import pytest

from letters.proof import bundle, single, taken
from letters.proof.apart import verify_apart
from letters.proof.records import canonical_json
from letters.proof.single import verify_single
from tests.conftest import ROOT
from tests.letters.proof import world
from tests.letters.proof.forms import proof_mutants

SECOND = "Société de la Douleur (receipt R-0002)"


@pytest.fixture(scope="module")
def proof(honest_zip):
    return taken.proof_of(honest_zip, "Société de la Douleur")


def with_part(proof, **changed):
    return canonical_json(json.loads(proof) | changed) + b"\n"


@pytest.mark.parametrize(
    "name", ["Société de la Douleur", "  SOCIÉTÉ DE  LA DOULEUR", "s2", "R-0002", "Socie\u0301té de la douleur"]
)
def test_a_society_is_found_by_name_short_name_and_receipt(honest_zip, honest_pdf, proof, name):
    assert taken.proof_of(honest_zip, name) == taken.proof_of(honest_pdf, name) == proof


def test_a_proof_holds_one_record_and_no_other_name(honest, proof):
    assert json.loads(proof)["record"] == honest.roster[1]
    assert [name for name in world.NAMES if name.encode() in proof] == ["Société de la Douleur"]


def test_an_older_file_without_proofs_gives_them_too():
    older = (ROOT / "tests/fixtures/sealed/before-proofs.zip").read_bytes()
    assert verify_single(taken.proof_of(older, "S3"), against=older).ok


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("Nobody", "No society “Nobody” stands in this roster: give the name as it is printed, or a receipt."),
        (
            "Societe de la Douleur",
            "No society “Societe de la Douleur” stands in this roster: give the name as it is printed, or a receipt. "
            "Do you mean “Société de la Douleur”?",
        ),
    ],
)
def test_a_society_that_is_not_there_is_named_in_one_sentence(honest_zip, name, problem):
    with pytest.raises(ValueError, match=r".") as raised:
        taken.proof_of(honest_zip, name)
    assert str(raised.value) == problem


def test_a_name_that_fits_several_signatures_asks_for_a_receipt(honest):
    several = honest.copy()
    several.roster[2] |= {"society": world.NAMES[1], "short_name": "S2", "slot": 2}
    with pytest.raises(ValueError, match=r".") as raised:
        taken.proof_of(several.zip(), world.NAMES[1])
    assert str(raised.value) == (
        "“Société de la Douleur” fits 2 signatures; give the receipt of one instead: "
        "R-0002 (Officer 2, President); R-0003 (Officer 3, President)."
    )
    assert json.loads(taken.proof_of(several.zip(), "R-0003"))["index"] == 2


def test_verify_single_holds_alone_under_a_root_and_against_the_sealed_file(honest, honest_pdf, honest_zip, proof):
    root, key = bundle.root(honest.roster).hex(), honest.files()["checkpoint-key.txt"]
    alone = verify_single(proof)
    assert (alone.ok, alone.problems, len(alone.proven)) == (True, [], 1)
    assert alone.headline.startswith(
        "This proof holds: Société de la Douleur stands in the signed roster, at place 2 of 3."
    )
    assert alone.not_proven[0].startswith("Whose key made the checkpoint")
    assert verify_single(proof, root=root.upper()).proven[1:] == [single.ROOT]
    assert verify_single(proof, against=honest_pdf).proven[1:] == [single.SEALED]
    assert verify_single(proof, against=honest_zip).proven[1:] == [single.SEALED]
    trusting = verify_single(proof, trusted=[key])
    assert (trusting.proven[1:], "Compare" in trusting.headline) == ([single.TRUSTED], False)
    sealed_by = [honest.files()["certificate.pem"]]
    assert verify_single(proof, against=honest_pdf, trusted=sealed_by).proven[1:] == [single.SEALED, single.TRUSTED]
    assert (
        verify_single(proof, trusted=sealed_by)
        .problems[0]
        .startswith("The checkpoint is signed with a key that is not")
    )


def test_verify_single_refuses_another_root_and_another_file(honest, honest_pdf, proof):
    given = bundle.root(honest.roster).hex()
    assert verify_single(proof, root="0" * 64).problems == [
        f"The proof leads to the root {given}, not to the one given."
    ]
    stranger = world.honest((*world.NAMES, "One More"))
    assert verify_single(proof, against=stranger.zip()).problems == [
        "The proof is of another roster than the file that it is held against, or signed with another key."
    ]
    assert (
        verify_single(proof, against=honest_pdf + b"x")
        .problems[0]
        .startswith("The file that the proof is held against does not hold.")
    )


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"format": "x"}, "The proof has a form that this check does not know."),
        ({"index": 0}, f"The proof of {SECOND} does not lead from its record to the root of the roster."),
        ({"index": 2}, f"The proof of {SECOND} does not lead from its record to the root of the roster."),
        ({"path": []}, f"The proof of {SECOND} does not lead from its record to the root of the roster."),
        ({"path": [1, None]}, f"The proof of {SECOND} does not lead from its record to the root of the roster."),
        (
            {"size": 4},
            "The checkpoint in the proof is of another roster: its number of signatures or its root differs.",
        ),
        ({"record": {}}, 'The record in the proof lacks "receipt".'),
        ({"more": 1}, 'The proof has an unknown part "more".'),
        ({"checkpoint": "x"}, "The checkpoint carries no signature."),
        ({"checkpoint_key": "x"}, "The checkpoint key is not a verifier key line."),
    ],
)
def test_verify_single_names_what_is_wrong(proof, changed, problem):
    assert verify_single(with_part(proof, **changed)).problems == [problem]


def test_verify_single_refuses_what_is_not_a_proof(proof):
    said = ["The file is not the proof of a signature: it is not canonical JSON."]
    for data in (b"", b"{", b"{\xff}", b"[" * 100_000, b'{"a":1.5}'):
        assert verify_single(data).problems == said
    for data in (b'{"a":"' + b"x" * single.MOST_BYTES + b'"}', proof + bytes(single.MOST_BYTES)):
        assert verify_single(data).problems == ["The file is larger than 1 MB: the proof of a signature never is."]
    for data in (proof + b"\n", b" " + proof, proof.replace(b'":', b'": ', 1)):
        assert verify_single(data).problems == ["The proof is not written in its one exact form."]
    assert verify_single(proof.rstrip()).ok
    key = json.loads(proof)["checkpoint_key"]
    for other in (key + "\n", key.strip()):
        assert verify_single(with_part(proof, checkpoint_key=other)).problems == [
            "The checkpoint key in the proof is not written in its one exact form."
        ]


@pytest.mark.slow
def test_a_process_of_its_own_gives_the_same_verdict(honest, proof):
    keys = [honest.files()["checkpoint-key.txt"]]
    for data in (proof, proof[:-2], proof.replace(b'"index":1', b'"index":0'), b"{" * 100_000):
        assert verify_apart(data) == verify_single(data)
        assert verify_apart(data, trusted=keys) == verify_single(data, trusted=keys)


@pytest.mark.slow
def test_no_mutant_of_a_proof_holds(proof):
    made = list(proof_mutants(proof, 1_000, seed=41))
    assert [what for what, mutant in made if verify_single(mutant).ok] == []
