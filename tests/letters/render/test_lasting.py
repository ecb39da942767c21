"""Seals of B-LT and B-LTA, judged by our verifier, pyHanko, qpdf and poppler."""

import io
import re
import shutil
import subprocess
from datetime import timedelta

import pikepdf
import pytest
from asn1crypto import pem
from asn1crypto import x509 as asn1
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_timestamp
from pyhanko_certvalidator import ValidationContext

from letters.proof.verify import verify_pdf
from letters.render import conformance
from letters.render.seal import check_sealed
from tests.letters.proof.mutate import flips, mutants
from tests.letters.render.conftest import WHEN
from tests.letters.render.lasting import SOON, der, judged, made


@pytest.fixture(scope="module")
def archived(letter, keys):
    return made(letter, keys)


@pytest.fixture(scope="module")
def kept(letter, keys):
    return made(letter, keys, archive=False)


@pytest.mark.parametrize("form", ["kept", "archived"])
def test_lasting_seal_stands_the_check_and_says_what_is_proven(request, form):
    pdf, local, answers = request.getfixturevalue(form)
    check_sealed(pdf)
    verdict = verify_pdf(pdf)
    said = (
        "No certificate was revoked when the seal was made. So said “Time issuer” of “Time authority” on 18 March "
        "2025; “Time root” of “Time issuer” on 18 March 2025."
    )
    last = (
        "The file was whole on 18 March 2025, 17:05:02 UTC, with these answers in it: “Time authority” signed that "
        "time."
    )
    assert verdict.proven[-1 - (form == "archived") :] == [said, *([last] if form == "archived" else [])]
    assert ("Archive time-stamp" in dict(verdict.facts)) == (form == "archived")
    assert answers.asked == ["/ocsp", "/ocsp"]
    assert local.asked == (2 if form == "archived" else 1)


def test_archive_of_a_trusted_root_is_said_to_be_trusted(archived, keys):
    pdf, local, _ = archived
    verdict = verify_pdf(pdf, trusted=[keys.certificate, local.root.public_bytes(Encoding.PEM)])
    assert verdict.proven[-1].endswith("Time authority, a time-stamp authority you trust, signed that time.")


@pytest.mark.slow
@pytest.mark.parametrize("form", ["kept", "archived"])
def test_lasting_seal_is_valid_to_pyhanko_with_revocation_required(request, keys, form):
    pdf, local, _ = request.getfixturevalue(form)
    result = judged(pdf, pem.unarmor(keys.certificate)[2], der(local.root))
    assert result.ades_subindic.status.name == "PASSED"
    assert (result.api_status.modification_level.name, result.api_status.docmdp_ok) == ("LTA_UPDATES", True)
    if form == "archived":
        assert result.oldest_evidence_record_timestamp == WHEN + timedelta(seconds=2)


def test_archive_stamp_covers_the_whole_file_to_pyhanko(archived):
    pdf, local, _ = archived
    (found,) = PdfFileReader(io.BytesIO(pdf)).embedded_timestamp_signatures
    context = ValidationContext(trust_roots=[asn1.Certificate.load(der(local.root))], moment=SOON)
    status = validate_pdf_timestamp(found, context)
    assert (status.valid, status.intact, status.trusted, status.coverage.name) == (True, True, True, "ENTIRE_FILE")


@pytest.mark.skipif(not shutil.which("pdfsig"), reason="poppler's pdfsig is not on PATH")
@pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf is not on PATH")
def test_lasting_seal_is_sound_to_qpdf_and_poppler(archived, tmp_path):
    file = tmp_path / "letter.pdf"
    file.write_bytes(archived[0])
    assert subprocess.run(["qpdf", "--check", str(file)], capture_output=True, check=False).returncode == 0
    said = subprocess.run(["pdfsig", "-nocert", str(file)], capture_output=True, text=True, check=True).stdout
    assert "Signature is Valid." in said
    assert said.count("Total document signed") == 1  # the archive time-stamp's; the seal ends before it


def test_lasting_seal_keeps_to_both_standards_and_adds_to_what_was_printed(archived, letter):
    pdf = archived[0]
    assert pdf.startswith(letter)
    assert conformance.problems(pdf) == []
    with pikepdf.open(io.BytesIO(pdf)) as read:
        assert [str(field.T) for field in read.Root.AcroForm.Fields] == ["Signon", "Archive"]
        assert len(read.Root.DSS.Certs) == 4 and len(read.Root.DSS.OCSPs) == 2


@pytest.mark.parametrize("form", ["kept", "archived"])
def test_what_was_announced_is_missed_when_it_is_taken_away(request, form):
    pdf = request.getfixturevalue(form)[0]
    ends = [place.end() for place in re.finditer(b"%%EOF\n", pdf)]
    for end in ends[:-1]:
        assert not verify_pdf(pdf[:end]).ok
    assert verify_pdf(pdf[: ends[-2]]).problems[0].startswith(("What the seal announces", "The archive time-stamp"))
    assert not verify_pdf(pdf + b"\n").ok


def test_what_stands_behind_another_seal_is_refused(archived, kept):
    seals = [pdf[: pdf.index(b"%%EOF\n", pdf.index(b"/ByteRange")) + 6] for pdf in (archived[0], kept[0])]
    assert verify_pdf(seals[0] + archived[0][len(seals[0]) :]).ok
    assert not verify_pdf(seals[0] + kept[0][len(seals[1]) :]).ok
    assert not verify_pdf(seals[1] + archived[0][len(seals[0]) :]).ok


@pytest.mark.slow
@pytest.mark.parametrize("form", ["kept", "archived"])
def test_changed_bit_in_any_part_behind_a_seal_is_caught(request, form):
    pdf = request.getfixturevalue(form)[0]
    start = pdf.index(b"%%EOF\n", pdf.index(b"/ByteRange")) + 6
    assert [what for what, mutant in flips(pdf, range(start, len(pdf), 13)) if verify_pdf(mutant).ok] == []
    behind = ((what, pdf[:start] + tail) for what, tail in mutants(pdf[start:], 600, seed=7))
    assert [what for what, mutant in behind if verify_pdf(mutant).ok] == []


def test_root_of_the_archive_is_the_authority_s(archived):
    _, local, _ = archived
    facts = dict(verify_pdf(archived[0]).facts)
    assert facts["Time-stamp root SHA-256"] == local.root.fingerprint(hashes.SHA256()).hex()
