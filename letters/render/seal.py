"""The one seal on a finished paper (PAdES by pyHanko) and its check by the project's own verifier."""

import asyncio
import io
from datetime import UTC, datetime

from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.keys import load_private_key_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko_certvalidator.registry import SimpleCertificateStore

from letters.proof.verify import verify_pdf
from letters.render import conformance
from letters.render.authority import Authority, Stamper
from letters.render.keys import SealKeys

FIELD = "Signon"
# Hexadecimal digits kept free behind the estimate: the DER of one ECDSA signature is a few bytes longer or
# shorter than that of the next (RFC 3279 section 2.2.3), and the estimate is made with another one.
SPARE = 16


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
    """The PDF with its seal: ETSI EN 319 142-1, ECDSA P-256, certifying, permitting no change.

    Baseline B-T with a time-stamp authority, else B-B. The unsealed bytes are an exact prefix of the sealed ones.
    `when` (with a time zone) is the time the seal states; it is the caller's word. Raises Unstamped when the
    authority gives no sound time-stamp, and pyHanko's errors for a file that is not a PDF or already signed.
    """
    return asyncio.run(_sealed(pdf, keys, _metadata(reason, location, contact), when.astimezone(UTC), authority))


def check_sealed(pdf: bytes) -> None:
    """Reopen a sealed paper as a stranger would. Raises Unsound when its proof or its conformance fails."""
    # In this order: only a file whose seal holds is known to be our own, and safe to take apart.
    problems = verify_pdf(pdf).problems or conformance.problems(pdf)
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
    pdf: bytes, keys: SealKeys, metadata: PdfSignatureMetadata, when: datetime, authority: Authority | None
) -> bytes:
    """pyHanko's steps taken one by one, since only so the stated time can be given."""
    stamper = Stamper(authority, when) if authority else None
    signer = PdfSigner(metadata, signer=_signer(keys), timestamper=stamper)
    session = signer.init_signing_session(AsPrinted(io.BytesIO(pdf)))
    session.system_time = when
    room = await session.estimate_signature_container_size(None, tight=True)
    document = session.prepare_tbs_document(validation_info=None, bytes_reserved=room + SPARE)
    sealed = io.BytesIO()
    digest, _ = document.digest_tbs_document(output=sealed)
    await document.perform_signature(
        document_digest=digest.document_digest, pdf_cms_signed_attrs=PdfCMSSignedAttributes(signing_time=when)
    )
    return sealed.getvalue()


def _signer(keys: SealKeys) -> SimpleSigner:
    certificate = x509.load_pem_x509_certificate(keys.certificate).public_bytes(Encoding.DER)
    registry = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    registry.register_multiple([asn1.Certificate.load(issuer) for issuer in keys.chain])
    der = keys.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return SimpleSigner(
        signing_cert=asn1.Certificate.load(certificate),
        signing_key=load_private_key_from_pemder_data(der, passphrase=None),
        cert_registry=registry,
    )
