"""Verifies a sealed PDF or evidence bundle offline, without database or site, and says what is not proven."""

import dataclasses
from collections.abc import Mapping, Sequence

import pikepdf
from cryptography import x509
from cryptography.hazmat.primitives import hashes

from letters.proof import archive, bundle, evidence, pages, paper, seal, witness
from letters.proof.cms import BadSeal
from letters.proof.pieces import Data, File, returned, whole
from letters.proof.sentences import bundle_verdict, pdf_verdict
from letters.proof.trust import Trusted
from letters.proof.verdict import Verdict, failed


def verify_file(data: bytes, *, trusted: Sequence[bytes] = ()) -> Verdict:
    """The verdict on a PDF or a zip, told apart by their first bytes."""
    if data.startswith(b"PK"):
        return verify_bundle(data, trusted=trusted)
    if data.startswith(b"%PDF-"):
        return verify_pdf(data, trusted=trusted)
    return failed(["The file is neither a PDF nor a zip of evidence."])


def verify_pdf(data: Data, *, trusted: Sequence[bytes] = ()) -> Verdict:
    """The verdict on a sealed PDF. Never raises for what the file holds.

    `trusted` are keys the caller trusts as the site's own (see trust.Trusted); raises ValueError when one of
    them is not a key.
    """
    keys = Trusted(trusted)
    try:
        return _pdf(data, keys)
    except (paper.BadPaper, BadSeal, pages.Unreadable) as error:
        return failed([str(error)])
    except Exception as error:
        # The libraries below meet hostile input here; a file that trips one of them must get a verdict too.
        return failed([f"The PDF is damaged or built to mislead: it cannot be read ({type(error).__name__})."])


def verify_bundle(zip: bytes, *, trusted: Sequence[bytes] = ()) -> Verdict:
    """The verdict on an evidence zip. Never raises for what the file holds; `trusted` as in verify_pdf."""
    keys = Trusted(trusted)
    try:
        files = archive.from_zip(zip)
        found = evidence.check(files)
        if not found.problems and bundle.to_zip(files) != zip:
            found.problems.append(
                "The files inside agree, but the zip around them is not the one that was made: "
                "it was repacked or altered. Ask for the original file."
            )
        return bundle_verdict(found, keys)
    except archive.BadArchive as error:
        return failed([str(error)])
    except Exception as error:
        return failed([f"The zip is damaged or built to mislead: it cannot be read ({type(error).__name__})."])


def with_receipt(verdict: Verdict, data: bytes, receipt: bytes) -> Verdict:
    """The verdict on a file that holds, held against the roster in a society's receipt (see witness.check) as well."""
    files, found = checked_evidence(data)
    problems = witness.check(
        receipt.decode(errors="replace"), whole(files["checkpoint-key.txt"]).decode(), found.events
    )  # fmt: skip
    if problems:
        return failed(problems, facts=verdict.facts)
    said = "The receipt was given in this record, and its roster is the one the record had then."
    return dataclasses.replace(verdict, proven=[*verdict.proven, said])


def checked_evidence(data: bytes) -> tuple[Mapping[str, File], evidence.Evidence]:
    """The evidence of a PDF or zip that was verified already: its files, and what they say."""
    files = _attached(data) if data.startswith(b"%PDF-") else archive.from_zip(data)
    return files, evidence.check(files)


def _attached(data: bytes) -> Mapping[str, File]:
    with paper.open_pdf(data) as pdf:
        return paper.attachments(pdf)


def _pdf(data: Data, keys: Trusted) -> Verdict:
    """Cheap checks first: the seal answers for every byte, so nothing else is read when it does not hold."""
    with paper.open_pdf(data) as pdf:
        end = seal.end(data, pdf)
        opened = _opened(data, pdf, b"") if end == len(data) else None
    if opened is None:
        # What stands behind the sealed part has a say in nothing but the seal, so all else is read without it.
        data, added = data[:end], data[end:]
        with paper.open_pdf(data) as pdf:
            opened = _opened(data, pdf, added)
    del pdf
    returned()  # where the objects of a long annex lay
    sealed, found = opened[0], evidence.check(opened[1])
    del opened
    found.roster.forget()
    found.events.forget()
    if not found.problems:
        found.problems += _same_certificate(sealed.certificate, found)
        found.problems += _printed(data, found)
    return pdf_verdict(found, keys, sealed)


def _opened(data: Data, pdf: pikepdf.Pdf, added: bytes) -> tuple[seal.Seal, Mapping[str, File]]:
    return seal.check(data, pdf, added), paper.attachments(pdf)


def _same_certificate(certificate: x509.Certificate, found: evidence.Evidence) -> list[str]:
    if certificate.fingerprint(hashes.SHA256()).hex() == found.certificate:
        return []
    return ["The PDF is sealed with another certificate than the one in its evidence."]


def _printed(data: Data, found: evidence.Evidence) -> list[str]:
    shown = pages.Sought(pages.texts(data), found.manifest["content_hash"])
    problems = [
        f"The evidence names {name}, but the pages do not show that name in its place."
        for name in pages.missing(found.societies, shown)
    ]
    if not shown.found():
        problems.append("The pages do not show the content hash of the letter.")
    return problems
