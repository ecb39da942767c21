"""Change one byte anywhere: it says so. tests/bench/mutants.py runs the same over far more mutants."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from letters.proof import bundle
from letters.proof.verify import verify_bundle, verify_file, verify_pdf
from tests.letters.proof import world
from tests.letters.proof.fields import field_mutants
from tests.letters.proof.mutate import flips, mutants, seal_places
from tests.letters.proof.parts import held_mutants, part_mutants, with_parts

pytestmark = pytest.mark.slow


def survivors(verify, made):
    return [what for what, mutant in made if verify(mutant).ok]


def test_verify_pdf_holds_before_any_change(honest_pdf, honest_zip):
    assert verify_pdf(honest_pdf).problems == []
    assert verify_bundle(honest_zip).problems == []
    assert verify_file(honest_pdf).ok and verify_file(honest_zip).ok


def test_verify_pdf_catches_random_mutants(honest_pdf):
    assert survivors(verify_pdf, mutants(honest_pdf, 2_000, seed=1)) == []


def test_verify_pdf_catches_a_changed_bit_in_every_byte_of_the_seal(honest_pdf):
    assert survivors(verify_pdf, flips(honest_pdf, seal_places(honest_pdf))) == []


def test_verify_pdf_catches_random_mutants_of_a_time_stamped_file(stamped_pdf):
    assert verify_pdf(stamped_pdf).problems == []
    assert survivors(verify_pdf, mutants(stamped_pdf, 1_000, seed=3)) == []


def test_verify_pdf_catches_a_changed_bit_in_every_byte_of_a_seal_with_a_token(stamped_pdf):
    assert survivors(verify_pdf, flips(stamped_pdf, list(seal_places(stamped_pdf))[::5])) == []


def test_verify_pdf_catches_every_altered_part_of_a_seal_with_a_token():
    made = list(part_mutants(world.stamped().pdf(spare=8_192)))
    assert len(made) > 1_000
    assert survivors(verify_pdf, made) == []


def test_verify_pdf_catches_a_token_taken_out_or_from_elsewhere(stamped_pdf):
    other = world.stamped().authority.over(bytes(32))
    assert survivors(verify_pdf, [("out", with_parts(stamped_pdf, token=b""))]) == []
    assert survivors(verify_pdf, [("other", with_parts(stamped_pdf, token=other))]) == []


@pytest.mark.parametrize("registry", [{}, {"without": "ocsp"}, {"delegated": True}])
def test_verify_pdf_catches_every_altered_part_behind_a_seal(registry):
    """Also where no archive time-stamp covers it, and all around the altered part is written as it should be."""
    pdf = world.lasting(archive=False, **registry)
    made = list(held_mutants(pdf))
    assert verify_pdf(pdf).ok and len(made) > 4_000
    assert survivors(verify_pdf, made[::7]) == []


def test_verify_pdf_catches_a_file_cut_or_grown(honest_pdf):
    cut = ((f"cut to {size}", honest_pdf[:size]) for size in range(0, len(honest_pdf), 97))
    grown = ((f"{tail!r}", honest_pdf + tail) for tail in (b"\n", b" ", b"\0", b"%%EOF\n", honest_pdf))
    led = ((f"{head!r}", head + honest_pdf) for head in (b"\n", b" ", b"%PDF-1.7\n"))
    assert survivors(verify_pdf, [*cut, *grown, *led]) == []


def test_verify_bundle_catches_random_mutants(honest_zip):
    assert survivors(verify_bundle, mutants(honest_zip, 2_000, seed=2)) == []


def test_verify_bundle_catches_a_changed_bit_in_every_second_byte(honest_zip):
    assert survivors(verify_bundle, flips(honest_zip, range(0, len(honest_zip), 2))) == []


def test_verify_bundle_catches_every_altered_field_under_fitting_hashes(honest):
    made = ((what, bundle.to_zip(files)) for what, files in field_mutants(honest.files()))
    assert survivors(verify_bundle, made) == []


def test_verify_pdf_catches_altered_fields_sealed_again_by_a_forger(honest):
    forger = honest.copy()
    forger.seal_key = ec.generate_private_key(ec.SECP256R1())
    assert verify_pdf(forger.pdf()).ok
    made = list(field_mutants(forger.files()))[::60]
    assert survivors(verify_pdf, ((what, forger.pdf(files=files)) for what, files in made)) == []


def test_verify_tells_a_complete_forgery_by_its_keys_alone(honest, honest_pdf, honest_zip):
    forged = honest.copy()
    forged.seal_key = ec.generate_private_key(ec.SECP256R1())
    forged.note_key = Ed25519PrivateKey.generate()
    forged.letter["title"] = "Praise requested"
    site = [honest.files()["certificate.pem"], honest.files()["checkpoint-key.txt"]]
    for right, wrong in ((honest_pdf, forged.pdf()), (honest_zip, forged.zip())):
        assert verify_file(right, trusted=site).ok
        assert not verify_file(wrong, trusted=site).ok
        unknown = verify_file(wrong)
        assert unknown.ok and "Compare the key" in unknown.headline
        assert unknown.not_proven[0].startswith("Whose key made")
