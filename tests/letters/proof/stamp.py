"""Small tagged-by-nothing PDFs with attachments, and seals made with pyHanko, for the tests of proof."""

import io
import re
from datetime import UTC, datetime

import pikepdf
from asn1crypto import cms
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.keys import load_private_key_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers, timestamps
from pyhanko_certvalidator.registry import SimpleCertificateStore
from weasyprint import HTML

from letters.proof import ecdsa


def certificate_for(key, name: str, *, issuer=None, issuer_key=None, ca: bool = False) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(int.from_bytes(name.encode()[:16], "big"))
        .not_valid_before(datetime(2025, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2045, 1, 1, tzinfo=UTC))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(True, True, False, False, False, ca, False, False, False), critical=True)
    )
    return builder.sign(issuer_key or key, hashes.SHA256())


def with_files(pages: list[list[str]], files: dict[str, bytes]) -> bytes:
    """A PDF by WeasyPrint with one paragraph per line, without attachments of its own, then pikepdf's."""
    body = "".join(
        "<section>" + "".join(f"<p>{line.replace('&', '&amp;')}</p>" for line in page) + "</section>" for page in pages
    )
    style = "<style>section{break-after:page} p{hyphens:manual}</style>"
    plain = HTML(string=f"<html lang=en><title>t</title>{style}{body}</html>").write_pdf()
    with pikepdf.open(io.BytesIO(plain)) as pdf:
        for name, data in files.items():
            pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, data, filename=name, mime_type="text/plain")
        buffer = io.BytesIO()
        pdf.save(buffer)
        return buffer.getvalue()


CURVES = {curve.name: curve for curve in (ec.SECP256R1(), ec.SECP384R1())}


class FirstOfTwo(signers.SimpleSigner):
    """pyHanko's signer of a key at hand, with the one of two signatures that the check takes."""

    async def async_sign_raw(self, data, digest_algorithm, dry_run=False):
        made = await super().async_sign_raw(data, digest_algorithm, dry_run)
        curve = CURVES[self.signing_key.curve[1]] if self.signing_key.algorithm == "ec" else None
        return ecdsa.first(made, curve) if curve and not dry_run else made


def signer_for(key, certificate, chain=()) -> signers.SimpleSigner:
    pem = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    registry = SimpleCertificateStore()
    registry.register_multiple([asn1.Certificate.load(c.public_bytes(Encoding.DER)) for c in chain])
    return FirstOfTwo(
        signing_cert=asn1.Certificate.load(certificate.public_bytes(Encoding.DER)),
        signing_key=load_private_key_from_pemder_data(pem, passphrase=None),
        cert_registry=registry,
    )


class Told(timestamps.TimeStamper):
    """A local authority in the form in which pyHanko asks one; nothing goes over the network."""

    def __init__(self, local):
        super().__init__()
        self.local = local

    async def async_timestamp(self, message_digest, md_algorithm):
        return cms.ContentInfo.load(self.local.over(message_digest))


def seal(
    plain: bytes, key, certificate, *, chain=(), certify=True, field="Seal", authority=None, spare=32, **meta
) -> bytes:
    options = {
        "field_name": field,
        "md_algorithm": "sha256",
        "subfilter": fields.SigSeedSubFilter.PADES,
        "certify": certify,
        **({"docmdp_permissions": fields.MDPPerm.NO_CHANGES} if certify else {}),
        **meta,
    }
    signer = signers.PdfSigner(
        signers.PdfSignatureMetadata(**options),
        signer=signer_for(key, certificate, chain),
        timestamper=Told(authority) if authority else None,
    )

    def signed(**room) -> bytes:
        return signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(plain)), **room).getvalue()

    # Twice, since pyHanko leaves far more room behind a seal than a sealer of ours.
    written = re.findall(rb"/Contents <([0-9A-F]+)>", signed())[-1].rstrip(b"0")
    return signed(bytes_reserved=len(written) // 2 * 2 + spare)
