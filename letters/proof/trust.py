"""The keys a caller trusts as the site's own, in the forms people have them; using them is left to verify."""

import hashlib
import re
from collections.abc import Sequence

from cryptography import x509
from cryptography.hazmat.primitives import hashes

from letters.proof import checkpoint


class Trusted:
    """SHA-256 fingerprints of trusted seal certificates and checkpoint keys."""

    def __init__(self, entries: Sequence[bytes]) -> None:
        """Takes PEM certificates, verifier key lines, and SHA-256 fingerprints of a certificate or a raw key.

        A fingerprint is 32 bytes, or hex with or without colons. Raises ValueError for anything else.
        """
        self.fingerprints = frozenset(found for entry in entries for found in _fingerprints(bytes(entry)))

    def __bool__(self) -> bool:
        return bool(self.fingerprints)

    def __contains__(self, fingerprint: str) -> bool:
        return fingerprint in self.fingerprints


def _fingerprints(entry: bytes) -> list[str]:
    if b"-----BEGIN" in entry:
        found = x509.load_pem_x509_certificates(entry)
        return [certificate.fingerprint(hashes.SHA256()).hex() for certificate in found]
    plain = entry.strip().replace(b":", b"").lower()
    if re.fullmatch(rb"[0-9a-f]{64}", plain):
        return [plain.decode()]
    if len(entry) == 32:
        return [entry.hex()]
    try:
        return [checkpoint.fingerprint(entry.decode().strip())]
    except ValueError:
        digest = hashlib.sha256(entry).hexdigest()[:12]
        raise ValueError(
            f"A trusted key (of {len(entry)} bytes, SHA-256 {digest}…) is neither a PEM certificate, "
            "a checkpoint key nor a SHA-256 fingerprint."
        ) from None
