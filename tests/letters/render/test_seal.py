"""The seal, judged by our verifier, by pyHanko and by the tools on this host."""

import io
import re
import shutil
import subprocess

import pikepdf
import pytest
from asn1crypto import pem
from asn1crypto import x509 as asn1
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from letters.proof import cms, ecdsa
from letters.proof.verify import verify_pdf
from letters.render.keys import load
from letters.render.seal import Unsound, check_sealed, seal
from tests.letters.proof.parts import message
from tests.letters.proof.stamp import certificate_for
from tests.letters.render.conftest import WHEN
from tests.letters.render.sheets import p12_of


def judged(pdf: bytes, certificate: bytes):
    root = asn1.Certificate.load(pem.unarmor(certificate)[2])
    found = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    assert len(found) == 1
    return validate_pdf_signature(found[0], ValidationContext(trust_roots=[root]))


def test_sealed_letter_stands_our_own_check(sealed, keys):
    check_sealed(sealed)
    assert verify_pdf(sealed, trusted=[keys.certificate]).problems == []


def test_sealed_letter_is_valid_to_pyhanko(sealed, keys):
    status = judged(sealed, keys.certificate)
    assert status.bottom_line
    assert status.coverage.name == "ENTIRE_FILE"
    assert status.md_algorithm == "sha256"
    assert status.docmdp_ok


@pytest.mark.slow
def test_seal_states_the_time_it_was_given(sealed, keys):
    assert judged(sealed, keys.certificate).signer_reported_dt == WHEN


def test_seal_certifies_without_any_change(sealed):
    with pikepdf.open(io.BytesIO(sealed)) as pdf:
        field = pdf.Root.AcroForm.Fields[0]
        assert (str(field.T), str(field.V.SubFilter)) == ("Signon", "/ETSI.CAdES.detached")
        assert int(pdf.Root.Perms.DocMDP.Reference[0].TransformParams.P) == 1
        assert [float(side) for side in field.Rect] == [0, 0, 0, 0]


def test_sealing_only_adds(letter, sealed):
    assert sealed.startswith(letter)
    with pikepdf.open(io.BytesIO(letter)) as before, pikepdf.open(io.BytesIO(sealed)) as after:
        assert after.Root.Metadata.read_bytes() == before.Root.Metadata.read_bytes()
        assert dict(after.docinfo) == dict(before.docinfo)


@pytest.mark.slow
def test_every_signature_is_the_first_of_its_two(letter, keys):
    papers = [seal(letter, keys, reason=f"Seal {number}", when=WHEN) for number in range(12)]
    made = [cms.read(message(pdf)) for pdf in papers]  # by chance alone all would be in one run of 4,096
    assert [ecdsa.is_first(one.signature, one.signer.public_key().curve) for one in made] == [True] * 12


def test_seal_leaves_no_room_behind_it(sealed):
    written = re.search(rb"/Contents <([0-9A-F]+)>", sealed)[1]
    assert len(written) - len(written.rstrip(b"0")) <= 40


@pytest.mark.slow
def test_any_flipped_byte_is_found(sealed):
    for place in range(7, len(sealed), len(sealed) // 60):
        flipped = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        assert verify_pdf(flipped).ok is False
        with pytest.raises((Unsound, pikepdf.PdfError)):
            check_sealed(flipped)


def test_flipped_byte_is_invalid_to_pyhanko(sealed, keys):
    place = sealed.index(b"stream") + 20
    status = judged(sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :], keys.certificate)
    assert (status.intact, status.bottom_line) == (False, False)


def test_unsealed_letter_does_not_stand_the_check(letter):
    with pytest.raises(Unsound, match="carries no seal"):
        check_sealed(letter)


def test_seal_with_issuers_is_valid(letter, tmp_path):
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = certificate_for(root_key, "Root", ca=True)
    given = p12_of(key, certificate_for(key, "Given", issuer=root, issuer_key=root_key), [root])
    keys = load(tmp_path, p12=given, password="secret", name="unused")
    sealed = seal(letter, keys, reason="Seal of edition 1", when=WHEN)
    assert judged(sealed, root.public_bytes(Encoding.PEM)).bottom_line
    # All of the seal holds; only the evidence of this letter names another certificate.
    assert verify_pdf(sealed).problems == ["The PDF is sealed with another certificate than the one in its evidence."]


@pytest.mark.skipif(not shutil.which("pdfsig"), reason="poppler's pdfsig is not on PATH")
def test_sealed_letter_is_valid_to_poppler(sealed, tmp_path):
    file = tmp_path / "letter.pdf"
    file.write_bytes(sealed)
    said = subprocess.run(["pdfsig", "-nocert", str(file)], capture_output=True, text=True, check=True).stdout
    assert "Signature is Valid." in said
    assert "Total document signed" in said


@pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf is not on PATH")
def test_sealed_letter_is_sound_to_qpdf(sealed, tmp_path):
    file = tmp_path / "letter.pdf"
    file.write_bytes(sealed)
    assert subprocess.run(["qpdf", "--check", str(file)], capture_output=True, check=False).returncode == 0
