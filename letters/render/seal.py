"""The one seal on a finished paper (PAdES by pyHanko) and its check by the project's own verifier."""

import asyncio
import hashlib
import io
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko_certvalidator.registry import SimpleCertificateStore

from letters.proof import ecdsa
from letters.render import lasting, reopened
from letters.render.authority import Authority, Stamper
from letters.render.keys import Key, SealKeys
from letters.render.lean import reader_of

FIELD = "Signon"
# Hexadecimal digits kept free behind the estimate: the DER of one ECDSA signature is a few bytes longer or
# shorter than that of the next (RFC 3279 section 2.2.3), and the estimate is made with another one.
SPARE = 16
METHOD = ec.ECDSA(Prehashed(hashes.SHA256()))
LONGEST = 72  # bytes of the DER of an ECDSA P-256 signature


class Unsound(ValueError):
    """A sealed file did not stand the check, and is not to be used; the message says why."""


class AsPrinted(IncrementalPdfFileWriter):
    """Adds the seal and leaves the description of the file alone.

    pyHanko would write its own XMP: another producer, the clock and time zone of this host, and addresses in
    a form that readers of Dublin Core miss.
    """

    def _update_meta(self) -> None:
        return


def seal(
    pdf: bytes,
    keys: SealKeys,
    *,
    reason: str,
    location: str = "",
    contact: str = "",
    when: datetime,
    authority: Authority | None = None,
) -> bytes:
    """What seal_file makes of a PDF that is small enough to be held."""
    file = io.BytesIO(pdf)
    seal_file(file, keys, reason=reason, location=location, contact=contact, when=when, authority=authority)
    return file.getvalue()


def seal_file(
    file: BinaryIO,
    keys: SealKeys,
    *,
    reason: str,
    location: str = "",
    contact: str = "",
    when: datetime,
    authority: Authority | None = None,
) -> None:
    """Add its seal to a PDF: ETSI EN 319 142-1, ECDSA P-256, certifying, permitting no change.

    Baseline B-B without a time-stamp authority, else B-T, B-LT or B-LTA as the authority says. The unsealed bytes are
    an exact prefix of the sealed ones. `when` (with a time zone) is the time the seal states; it is the caller's word.
    Raises Unanswered when a time-stamp or an answer about revocation does not come or is not sound, BadKeys, and
    pyHanko's errors for a file that is not a PDF or already signed; the file cannot be used then.
    """
    asyncio.run(_sealed(file, keys, _metadata(reason, location, contact), when.astimezone(UTC), authority))


def check_sealed(pdf: bytes | Path) -> None:
    """Reopen a sealed paper as a stranger would. Raises Unsound when its proof or its conformance fails.

    Raises PressFailed when the check of a large one breaks down.
    """
    problems = reopened.problems(pdf)
    if problems:
        raise Unsound("The sealed paper does not stand its own check: " + " ".join(problems))


def _metadata(reason: str, location: str, contact: str) -> PdfSignatureMetadata:
    return PdfSignatureMetadata(
        field_name=FIELD,
        reason=reason,
        location=location or None,
        contact_info=contact or None,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )


async def _sealed(
    file: BinaryIO, keys: SealKeys, metadata: PdfSignatureMetadata, when: datetime, authority: Authority | None
) -> None:
    """pyHanko's steps taken one by one, since only so the stated time can be given."""
    stamper = Stamper(authority, when) if authority else None
    signer = PdfSigner(metadata, signer=OneForm(keys), timestamper=stamper)
    writer = AsPrinted(file, prev=reader_of(file))
    session = signer.init_signing_session(writer)
    session.system_time = when
    room = await session.estimate_signature_container_size(None, tight=True)
    document = session.prepare_tbs_document(validation_info=None, bytes_reserved=room + SPARE)
    if authority and authority.validation:
        lasting.announce(writer, archive=authority.archive)
    digest, _ = document.digest_tbs_document(in_place=True)
    await document.perform_signature(
        document_digest=digest.document_digest, pdf_cms_signed_attrs=PdfCMSSignedAttributes(signing_time=when)
    )
    if stamper and stamper.authority.validation:
        file.seek(0)
        more = await lasting.added(file.read(), stamper.token, keys, stamper.authority, when=when)
        file.seek(0, io.SEEK_END)
        file.write(more)


class OneForm(Signer):
    """Signs with any key, whether it is held here or used where it lies, and writes the signature in its one form."""

    def __init__(self, keys: SealKeys) -> None:
        certificate = x509.load_pem_x509_certificate(keys.certificate)
        registry = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        registry.register_multiple([asn1.Certificate.load(issuer) for issuer in keys.chain])
        signing = asn1.Certificate.load(certificate.public_bytes(Encoding.DER))
        super().__init__(signing_cert=signing, cert_registry=registry)
        self.key = keys.key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """The signature over these bytes; for a dry run only something of the longest size."""
        if dry_run:
            return bytes(LONGEST)
        digest = hashlib.new(digest_algorithm, data).digest()
        made = self.key.sign(digest, METHOD) if isinstance(self.key, Key) else self.key.sign(digest)
        return ecdsa.first(made, ec.SECP256R1())
