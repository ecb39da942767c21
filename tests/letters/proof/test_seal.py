"""Seals of another kind, place or maker than a sealed letter's: each is refused with its own sentence."""

import dataclasses
import io
import re

import pikepdf
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from letters.proof import bundle, cms
from letters.proof.verify import verify_pdf
from tests.letters.proof import world
from tests.letters.proof.mutate import seal_places
from tests.letters.proof.stamp import certificate_for, seal, with_files

CA_KEY = ec.derive_private_key(0xCA, ec.SECP256R1())
CA = certificate_for(CA_KEY, "Test authority", ca=True)
ISSUED = certificate_for(world.SEAL_KEY, "Issued seal", issuer=CA, issuer_key=CA_KEY)


@pytest.fixture(scope="module")
def plain(honest) -> bytes:
    return with_files(honest.pages(), honest.files())


def problem(data: bytes) -> str:
    verdict = verify_pdf(data)
    assert not verdict.ok
    return verdict.problems[0]


def judged_by_pyhanko(data: bytes, root) -> bool:
    signature = PdfFileReader(io.BytesIO(data)).embedded_signatures[0]
    context = ValidationContext(trust_roots=[root], allow_fetching=False)
    status = validate_pdf_signature(signature, context, skip_diff=True)
    return status.intact and status.valid and status.coverage.name == "ENTIRE_FILE"


def test_verify_pdf_agrees_with_pyhanko_on_an_honest_seal(honest_pdf):
    root = PdfFileReader(io.BytesIO(honest_pdf)).embedded_signatures[0].signer_cert
    assert judged_by_pyhanko(honest_pdf, root) and verify_pdf(honest_pdf).ok


@pytest.mark.slow
def test_verify_pdf_takes_rsa_and_other_curves(honest):
    for key in (rsa.generate_private_key(65537, 2048), ec.generate_private_key(ec.SECP384R1())):
        other = honest.copy()
        other.seal_key = key
        assert verify_pdf(other.pdf()).problems == []


def test_verify_pdf_takes_a_certificate_with_its_chain_and_nothing_besides(honest):
    pem = ISSUED.public_bytes(Encoding.PEM)
    files = {**honest.files(), "certificate.pem": pem}
    stranger = certificate_for(ec.generate_private_key(ec.SECP256R1()), "Stranger")
    right = seal(with_files(honest.pages(), files), world.SEAL_KEY, ISSUED, chain=[CA])
    wrong = seal(with_files(honest.pages(), files), world.SEAL_KEY, ISSUED, chain=[CA, stranger])
    assert problem(right) == "certificate.pem was changed: it does not have the hash stated in manifest.json."
    assert problem(wrong) == "The seal carries a certificate that has nothing to do with it."
    start, end = (int(n) for n in re.search(rb"/ByteRange \[0 (\d+) (\d+)", right).groups())
    authority = CA.public_bytes(Encoding.DER).hex().upper().encode()
    place = right.index(authority, start, end) + len(authority) - 1
    mutant = right[:place] + (b"0" if right[place : place + 1] != b"0" else b"1") + right[place + 1 :]
    assert "has nothing to do with it" in problem(mutant) or "was changed" in problem(mutant)


def test_verify_pdf_refuses_a_pdf_without_seal(plain):
    assert problem(plain) == "The PDF carries no seal."


def test_verify_pdf_refuses_a_signature_that_certifies_nothing(honest, plain):
    signed = seal(plain, world.SEAL_KEY, honest.certificate(), certify=False)
    assert problem(signed) == "The signature is not a seal: it does not certify the document."


def test_verify_pdf_refuses_a_seal_that_permits_changes(honest, plain):
    for permission in (MDPPerm.FILL_FORMS, MDPPerm.ANNOTATE):
        signed = seal(plain, world.SEAL_KEY, honest.certificate(), docmdp_permissions=permission)
        assert problem(signed) == "The seal permits later changes; that of a sealed letter permits none."


def test_verify_pdf_refuses_a_signature_of_another_form(honest, plain):
    signed = seal(plain, world.SEAL_KEY, honest.certificate(), subfilter=SigSeedSubFilter.ADOBE_PKCS7_DETACHED)
    assert problem(signed).startswith("The PDF is signed in another form")


def test_verify_pdf_refuses_a_second_signature(honest, plain):
    first = seal(plain, world.SEAL_KEY, honest.certificate(), docmdp_permissions=MDPPerm.FILL_FORMS)
    second = seal(first, world.SEAL_KEY, honest.certificate(), certify=False, field="Second")
    assert problem(second).startswith("The PDF carries more than one signature")


def test_verify_pdf_refuses_an_added_revision(honest_pdf):
    writer = IncrementalPdfFileWriter(io.BytesIO(honest_pdf))
    writer.root["/PageMode"] = writer.root["/Type"]
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    assert problem(out.getvalue()).endswith("bytes were added to the file after it was sealed.")


def test_verify_pdf_refuses_a_file_saved_again(honest_pdf):
    with pikepdf.open(io.BytesIO(honest_pdf)) as pdf:
        assert not verify_pdf(world.saved(pdf)).ok
        assert not verify_pdf(world.saved(pdf, linearize=True)).ok


def test_verify_pdf_refuses_lower_case_hex_and_filled_padding(honest_pdf):
    start, end = (int(n) for n in re.search(rb"/ByteRange \[0 (\d+) (\d+)", honest_pdf).groups())
    lower = honest_pdf[:start] + honest_pdf[start:end].lower() + honest_pdf[end:]
    assert problem(lower).startswith("The place of the signature in the file is damaged")
    padded = honest_pdf[: end - 2] + b"1" + honest_pdf[end - 1 :]
    assert problem(padded).startswith("The signature in the file is not written in its one exact form")


def test_verify_pdf_refuses_a_seal_taken_from_another_file(honest, honest_pdf):
    other = honest.copy()
    other.letter["title"] = "Retraction refused!!"
    borrowed = other.pdf()
    place = [int(n) for n in re.search(rb"/ByteRange \[0 (\d+) (\d+)", borrowed).groups()]
    source = [int(n) for n in re.search(rb"/ByteRange \[0 (\d+) (\d+)", honest_pdf).groups()]
    taken = honest_pdf[source[0] + 1 : source[1] - 1].rstrip(b"0")
    room = place[1] - place[0] - 2
    mixed = borrowed[: place[0] + 1] + taken.ljust(room, b"0") + borrowed[place[1] - 1 :]
    assert problem(mixed) == "The file was changed after it was sealed: its content does not fit the seal."


def test_verify_pdf_refuses_a_seal_by_another_key_than_the_evidence_names(honest, plain):
    key = ec.generate_private_key(ec.SECP256R1())
    other = seal(plain, key, certificate_for(key, "Another"))
    assert problem(other) == "The PDF is sealed with another certificate than the one in its evidence."


def test_verify_pdf_refuses_a_key_that_is_not_trusted(honest, honest_pdf):
    pem = honest.certificate().public_bytes(Encoding.PEM)
    print_ = honest.certificate().fingerprint(hashes.SHA256())
    for form in (pem, print_, print_.hex().encode(), print_.hex(":").upper().encode()):
        verdict = verify_pdf(honest_pdf, trusted=[form])
        assert verdict.ok and "The seal was made with a key you trust." in verdict.proven
    assert not verify_pdf(honest_pdf, trusted=[CA.public_bytes(Encoding.PEM)]).ok
    with pytest.raises(ValueError, match="neither a PEM certificate"):
        verify_pdf(honest_pdf, trusted=[b"nonsense"])


def test_verify_pdf_refuses_another_certificate_of_the_same_key_put_into_the_seal(honest):
    own = honest.certificate()
    twin = certificate_for(world.SEAL_KEY, "Signon test seal")
    assert (twin.serial_number, twin.issuer, twin == own) == (own.serial_number, own.issuer, False)
    files = honest.copy()
    files.bound = False
    made = bundle.build(
        letter=files.letter,
        text=files.text,
        roster=files.roster,
        events=files.events,
        checkpoint=files.files()["checkpoint.txt"].decode(),
        vkey=files.files()["checkpoint-key.txt"].decode(),
        certificate=twin.public_bytes(Encoding.PEM),
    )
    assert verify_pdf(seal(with_files(honest.pages(), made), world.SEAL_KEY, twin)).problems == []
    sealed = seal(with_files(honest.pages(), made), world.SEAL_KEY, own)
    places = seal_places(sealed)
    parts = cms.read(bytes.fromhex(sealed[places.start + 1 : places.stop - 1].decode()))
    swapped = cms.rebuilt(dataclasses.replace(parts, signer=twin)).hex().upper().encode()
    filled = b"<" + swapped.ljust(len(places) - 2, b"0") + b">"
    mutant = sealed[: places.start] + filled + sealed[places.stop :]
    assert problem(mutant) == "The certificate in the seal is not the one the seal was made for."
