"""A passkey made of software: registered for a person without a browser, it answers what a page asks (WebAuthn)."""

import hashlib
import json

from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

ORIGIN, HOST = "http://localhost:8000", b"localhost"
PRESENT = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


class Passkey:
    """One key on one device, for one person."""

    def __init__(self, user) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = b"passkey of a test"
        public = ES256.from_cryptography_key(self.key.public_key())
        known = AuthenticatorData.create(
            hashlib.sha256(HOST).digest(), PRESENT | AuthenticatorData.FLAG.AT, 0,
            AttestedCredentialData.create(b"\0" * 16, self.id, public),
        )  # fmt: skip
        made = AttestationObject.create("none", known, {})
        response = {"clientDataJSON": self._said("create", "eHg"), "attestationObject": websafe_encode(bytes(made))}
        data = {"name": "Passkey", "passwordless": True, "credential": self._credential(response)}
        self.row = Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=data)

    def answer(self, challenge: str) -> str:
        """What the browser posts for the challenge of a page."""
        said = self._said("get", challenge)
        shown = AuthenticatorData.create(hashlib.sha256(HOST).digest(), PRESENT, 1)
        signature = self.key.sign(
            bytes(shown) + hashlib.sha256(self._bytes("get", challenge)).digest(), ec.ECDSA(SHA256())
        )
        response = {
            "clientDataJSON": said, "authenticatorData": websafe_encode(bytes(shown)),
            "signature": websafe_encode(signature),
        }  # fmt: skip
        return json.dumps(self._credential(response))

    def _credential(self, response: dict[str, str]) -> dict[str, object]:
        name = websafe_encode(self.id)
        return {"id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {}}

    def _bytes(self, what: str, challenge: str) -> bytes:
        return json.dumps({"type": f"webauthn.{what}", "challenge": challenge, "origin": ORIGIN}).encode()

    def _said(self, what: str, challenge: str) -> str:
        return websafe_encode(self._bytes(what, challenge))
