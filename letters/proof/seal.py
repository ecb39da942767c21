"""Checks the seal of a PDF: one certification signature over the entire file, or over all but what it announces.

The form of its CMS is left to cms, what may stand behind it to lasting.
"""

import hashlib
import re
from dataclasses import dataclass

import pikepdf
from cryptography import x509

from letters.proof import appended, cms, lasting, stamp
from letters.proof.cms import BadSeal
from letters.proof.lasting import Lasting
from letters.proof.pieces import BLOCK, Data
from letters.proof.stamp import Stamp

MAX_FIELD = 262_144
# Hexadecimal zeros behind a seal without a time-stamp. A token would leave thousands when it is taken out.
MAX_PADDING = 256
# Seals that state an earlier time were made before a sealer chose between the two forms of an ECDSA signature.
ONE_FORM_SINCE = "2026-12-01T00:00:00Z"


@dataclass(frozen=True)
class Seal:
    """A seal that holds: its certificate, the time it states ("" when it states none), and what confirms it, if any."""

    certificate: x509.Certificate
    stated_time: str
    stamp: Stamp | None = None
    lasting: Lasting | None = None


def end(data: Data, pdf: pikepdf.Pdf) -> int:
    """Where the sealed part of a file ends, as the file itself states; nothing is proven by that. Raises BadSeal."""
    return _gap(_only_signature(pdf, beside=True), len(data))[2]


def check(data: Data, pdf: pikepdf.Pdf, added: bytes = b"") -> Seal:
    """The seal of the sealed part of a PDF, opened as `pdf`, and of what was `added` behind it. Raises BadSeal.

    It must be the only signature, a certification that permits no change (ISO 32000-1 section 12.8.2.2,
    P = 1), and cover every byte of that part but its own hex string, which must be just as a sealer writes it.
    Behind it stands what it announces, and nothing else.
    """
    signature = _only_signature(pdf, beside=appended.announced(pdf)[1] > 0)
    start, end, last = _gap(signature, len(data))
    if last != len(data):
        raise BadSeal("The seal does not cover the whole of the part that it seals.")
    written = data[start + 1 : end - 1]
    if data[start : start + 1] != b"<" or data[end - 1 : end] != b">" or not re.fullmatch(b"[0-9A-F]+", written):
        raise BadSeal("The place of the signature in the file is damaged: it is not the hex text of a seal.")
    if len(written) % 2 or len(written) > MAX_FIELD:
        raise BadSeal("The signature in the file is cut off, or far too long.")
    padded = bytes.fromhex(written.decode())
    if bytes(signature.get("/Contents", b"")) != padded:
        raise BadSeal("The seal leaves out another part of the file than its own signature.")
    parts = cms.read(padded)
    exact = cms.rebuilt(parts).hex().upper().encode()
    if exact.ljust(len(written), b"0") != written:
        raise BadSeal("The signature in the file is not written in its one exact form: a byte of it was changed.")
    cms.check(parts, _digest(parts.digest, data, start, end))
    stated = _stated_time(signature)
    if stated >= ONE_FORM_SINCE:
        cms.check_form(parts)
    if not parts.token and len(written) - len(exact) > MAX_PADDING:
        raise BadSeal("A part of the seal was taken out: its place in the file is far too large for what is there.")
    stamped = stamp.check(parts.token, [parts.signature]) if parts.token else None
    return Seal(parts.signer, stated, stamped, _kept(data, pdf, added, parts, stamped))


def _kept(data: Data, pdf: pikepdf.Pdf, added: bytes, parts: cms.Parts, stamped: Stamp | None) -> Lasting | None:
    """What is proven by that which the sealed part announces; None when it announces nothing and nothing is there."""
    store, field, _ = appended.announced(pdf)
    if field and not store:
        raise BadSeal("The seal announces an archive time-stamp, but not what that is to cover.")
    if not store:
        if added:
            raise BadSeal(f"{len(added):,} bytes were added to the file after it was sealed.")
        return None
    if not added:
        raise BadSeal("What the seal announces is not there: the answers on whether its certificates were revoked.")
    if stamped is None:
        raise BadSeal("The seal announces answers about revocation, but no time-stamp says for when they count.")
    return lasting.check(data[:], added, appended.places(data, pdf), (parts.signer, *parts.others), stamped)


def _only_signature(pdf: pikepdf.Pdf, *, beside: bool) -> pikepdf.Object:
    """The signature dictionary, checked to be the document's only one and a certification without changes.

    `beside` it there may be the field that an archive time-stamp is to fill.
    """
    form = pdf.Root.get("/AcroForm")
    fields = form.get("/Fields") if isinstance(form, pikepdf.Dictionary) else None
    if not isinstance(fields, pikepdf.Array) or len(fields) == 0:
        raise BadSeal("The PDF carries no seal.")
    kept_free = beside and len(fields) == 2 and fields[1].get("/T") == appended.FIELD
    if len(fields) > 1 + kept_free:
        raise BadSeal("The PDF carries more than one signature or form field; a sealed letter has one seal only.")
    field = fields[0]
    signature = field.get("/V") if isinstance(field, pikepdf.Dictionary) else None
    if not isinstance(signature, pikepdf.Dictionary) or field.get("/FT") != "/Sig" or "/Kids" in field:
        raise BadSeal("The PDF carries no seal.")
    if signature.get("/SubFilter") != "/ETSI.CAdES.detached":
        raise BadSeal("The PDF is signed in another form than a sealed letter; it is not one of ours.")
    permitted = pdf.Root.get("/Perms")
    rights = dict(permitted.items()) if isinstance(permitted, pikepdf.Dictionary) else {}
    certified = rights.get("/DocMDP")
    if not isinstance(certified, pikepdf.Dictionary) or certified.objgen != signature.objgen:
        raise BadSeal("The signature is not a seal: it does not certify the document.")
    if signature.objgen == (0, 0) or len(rights) != 1 or not _forbids_change(signature):
        raise BadSeal("The seal permits later changes; that of a sealed letter permits none.")
    return signature


def _forbids_change(signature: pikepdf.Object) -> bool:
    references = signature.get("/Reference")
    if not isinstance(references, pikepdf.Array) or len(references) != 1:
        return False
    reference = references[0]
    if not isinstance(reference, pikepdf.Dictionary) or reference.get("/TransformMethod") != "/DocMDP":
        return False
    parameters = reference.get("/TransformParams")
    return isinstance(parameters, pikepdf.Dictionary) and parameters.get("/P") == 1


def _gap(signature: pikepdf.Object, size: int) -> tuple[int, int, int]:
    """Start and end of the only bytes the signature leaves out, and the end of those it covers."""
    found = signature.get("/ByteRange")
    listed = list(found) if isinstance(found, pikepdf.Array) and len(found) == 4 else []
    spans = [int(number) for number in listed if isinstance(number, int)]
    if len(spans) != 4:
        raise BadSeal("The seal does not say which bytes it covers.")
    first, start, end, length = spans
    if first != 0 or not 0 < start < end - 2 < size:
        raise BadSeal("The seal does not cover the file from its first byte.")
    if end + length > size:
        raise BadSeal("The file is cut off: it is shorter than what was sealed.")
    return start, end, end + length


def _digest(method: str, data: Data, start: int, end: int) -> bytes:
    digest = hashlib.new(method)
    for first, last in ((0, start), (end, len(data))):
        for at in range(first, last, BLOCK):
            digest.update(data[at : min(at + BLOCK, last)])
    return digest.digest()


def _stated_time(signature: pikepdf.Object) -> str:
    """The time in the signature dictionary (D:YYYYMMDDHHMMSSZ) as RFC 3339; it is the sealer's own clock."""
    found = re.fullmatch(r"D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z|\+00'00'?)", str(signature.get("/M", "")))
    return "{}-{}-{}T{}:{}:{}Z".format(*found.groups()) if found else ""
