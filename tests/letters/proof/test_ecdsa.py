"""Of the two signatures that one key holds good alike, one is the form; and a seal with the other is refused."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from letters.proof import cms, ecdsa
from letters.proof.verify import verify_pdf
from tests.letters.proof import world
from tests.letters.proof.parts import message, twin_mutant

CURVES = [ec.SECP256R1(), ec.SECP384R1(), ec.SECP521R1()]
KEYS = {curve.name: ec.generate_private_key(curve) for curve in CURVES}
ROOT = Path(__file__).parents[3]
METHOD = ec.ECDSA(hashes.SHA256())


@given(st.binary(max_size=64), st.sampled_from(sorted(KEYS)))
def test_of_two_signatures_one_is_first_and_both_hold(said, name):
    key = KEYS[name]
    made = key.sign(said, METHOD)
    other = ecdsa.twin(made, key.curve)
    for one in (made, other):
        key.public_key().verify(one, said, METHOD)
    assert other != made and ecdsa.twin(other, key.curve) == made
    assert [ecdsa.is_first(one, key.curve) for one in (made, other)].count(True) == 1
    assert ecdsa.first(made, key.curve) == ecdsa.first(other, key.curve)


def test_seals_of_before_may_have_either():
    older = (ROOT / "tests/fixtures/sealed/before-proofs.pdf").read_bytes()
    assert [verify_pdf(pdf).problems for pdf in (older, twin_mutant(older))] == [[], []]


@pytest.mark.slow
def test_seal_with_the_twin_of_its_signature_is_refused():
    honest = world.honest().pdf()
    altered = twin_mutant(honest)
    parts = cms.read(message(altered))
    assert cms.fits(parts.signer, parts.signature, parts.attributes, parts.digest)
    assert verify_pdf(honest).ok
    assert verify_pdf(altered).problems == [
        "The signature of the seal was written in another form: it was changed after it was made."
    ]
