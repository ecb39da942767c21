"""The keys of an installation, made at its first start, read from PKCS#12 or found outside; sealing is left to seal."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    pkcs12,
)

from signon.kept import kept

Key = ec.EllipticCurvePrivateKey
SEAL = "seal.pem"
CHECKPOINT = "checkpoint.pem"
YEARS = 10
COMMON_NAME = 64  # characters a certificate's CN may have (X.520 ub-common-name)


class BadKeys(ValueError):
    """The keys cannot be used; the message is a sentence that names the file and what to do."""


class Held(Protocol):
    """A private key that is not ours to read, only to use."""

    def sign(self, digest: bytes) -> bytes:
        """The DER of an ECDSA signature over a SHA-256 digest."""


# A key that lies elsewhere, its certificate (PEM) and the DER of its issuers.
Outside = tuple[Held, bytes, tuple[bytes, ...]]


@dataclass(frozen=True)
class SealKeys:
    """What a seal is made with.

    `key` is the private key of `certificate` (PEM, one certificate), `chain` the DER of its issuers,
    `checkpoint` signs the checkpoints of rosters.
    """

    key: Key | Held
    certificate: bytes
    checkpoint: Ed25519PrivateKey
    chain: tuple[bytes, ...] = ()


def load(
    folder: Path,
    *,
    p12: bytes | None = None,
    password: str | None = None,
    outside: Outside | None = None,
    name: str,
    since: datetime | None = None,
) -> SealKeys:
    """The keys in a folder, made there first where they are missing; a PKCS#12 or a key outside replaces the seal's.

    `name` is the common name of a new certificate, which begins at `since`, or an hour ago. Any number of processes
    may start at once: all get the same keys. Raises BadKeys when a file or the PKCS#12 cannot be used.
    """
    checkpoint = load_checkpoint(folder)
    key: Key | Held
    if outside is not None:
        key, certificate, chain = outside
    elif p12 is not None:
        key, certificate, chain = _from_p12(p12, password)
    else:
        key, certificate = _from_pem(folder / SEAL, kept(folder / SEAL, lambda: _new_seal(name, since)))
        chain = ()
    return SealKeys(key, certificate, checkpoint, chain)


def fingerprint(cert_pem: bytes) -> str:
    """The SHA-256 of a certificate's DER, as 64 hexadecimal digits."""
    return x509.load_pem_x509_certificate(cert_pem).fingerprint(hashes.SHA256()).hex()


def load_checkpoint(folder: Path) -> Ed25519PrivateKey:
    """The key of checkpoints in a folder, made there first where it is missing. Raises BadKeys."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / CHECKPOINT
    sentence = f"{file} does not hold an Ed25519 key; restore it from the backup."
    try:
        key = load_pem_private_key(kept(file, _new_checkpoint), None)
    except ValueError as error:
        raise BadKeys(sentence) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise BadKeys(sentence)
    return key


def _new_checkpoint() -> bytes:
    return _pem(Ed25519PrivateKey.generate())


def _new_seal(name: str, since: datetime | None = None) -> bytes:
    """A P-256 key and a certificate it signs itself, both as PEM.

    Key usage is digital signature and content commitment, as ETSI EN 319 412-2 section 4.3.2 asks of seals.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name[:COMMON_NAME])])
    now = datetime.now(UTC).replace(microsecond=0)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        # An hour back, for readers whose clock is behind.
        .not_valid_before(since or now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=365 * YEARS + 3))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return _pem(key) + certificate.public_bytes(Encoding.PEM)


def _usage() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


def _pem(key: Key | Ed25519PrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _from_pem(file: Path, content: bytes) -> tuple[Key, bytes]:
    try:
        key = load_pem_private_key(content, None)
        certificate = x509.load_pem_x509_certificate(content)
    except ValueError as error:
        raise BadKeys(f"{file} holds no key with its certificate; restore it from the backup.") from error
    return _fitting(key, certificate, str(file))


def _from_p12(data: bytes, password: str | None) -> tuple[Key, bytes, tuple[bytes, ...]]:
    where = "The PKCS#12 file of the seal"
    try:
        bag = pkcs12.load_pkcs12(data, password.encode() if password else None)
    except ValueError as error:
        raise BadKeys(f"{where} cannot be opened; check the file and SIGNON_SEAL_P12_PASSWORD.") from error
    if bag.cert is None:
        raise BadKeys(f"{where} holds no certificate for its key; export it again with the certificate.")
    key, certificate = _fitting(bag.key, bag.cert.certificate, where)
    issuers = tuple(extra.certificate.public_bytes(Encoding.DER) for extra in bag.additional_certs)
    return key, certificate, issuers


def _fitting(key: object, certificate: x509.Certificate, where: str) -> tuple[Key, bytes]:
    """The pair, once it is sure that one belongs to the other and that both can seal."""
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise BadKeys(f"{where} does not hold an ECDSA P-256 key; seals are made with one of those only.")
    if key.public_key() != certificate.public_key():
        raise BadKeys(f"{where} holds a certificate that belongs to another key.")
    return key, certificate.public_bytes(Encoding.PEM)
