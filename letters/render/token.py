"""A seal key that never leaves its PKCS#11 token: found there, tried once, and signed with; files are left to keys."""

import contextlib
import hashlib
import os
import secrets
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pkcs11
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed, encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding
from pkcs11 import Attribute, Mechanism, ObjectClass
from pkcs11 import exceptions as refused

from letters.proof.issuers import chained
from letters.render.keys import BadKeys, Outside

WIDTH = 32  # bytes of each of the two numbers of a P-256 signature
# A user is logged in to a token once per process, whatever the threads do.
_turn = threading.Lock()
_opened_by: dict[str, int] = {}
# A token locks itself after a few wrong PINs, so each is tried once per process.
_wrong_pins: set[tuple[str, str, bytes]] = set()


@dataclass(frozen=True)
class TokenKey:
    """Where a key lies: the module that reaches the token, the labels of token and key, and the user's PIN."""

    module: str
    token: str
    label: str
    pin: str = field(repr=False)

    def sign(self, digest: bytes) -> bytes:
        """The DER of an ECDSA signature over a SHA-256 digest. Raises BadKeys when the token does not give one."""
        with self._session() as session:
            try:
                key: Any = session.get_key(object_class=ObjectClass.PRIVATE_KEY, label=self.label)
                raw = bytes(key.sign(digest, mechanism=Mechanism.ECDSA))
            except refused.NoSuchKey as error:
                raise BadKeys(f"The token “{self.token}” holds no private key “{self.label}”.") from error
            except refused.MultipleObjectsReturned as error:
                raise BadKeys(f"The token “{self.token}” holds several keys “{self.label}”; name one.") from error
            except (refused.MechanismInvalid, refused.KeyTypeInconsistent, refused.FunctionNotSupported) as error:
                raise BadKeys(f"The key “{self.label}” in the token cannot sign by ECDSA; it must be P-256.") from error
        if len(raw) != 2 * WIDTH:
            raise BadKeys(f"The key “{self.label}” in the token is no ECDSA P-256 key; seals are made with one only.")
        return encode_dss_signature(int.from_bytes(raw[:WIDTH], "big"), int.from_bytes(raw[WIDTH:], "big"))

    def certificates(self) -> dict[str, list[x509.Certificate]]:
        """The certificates in the token by their labels."""
        found: dict[str, list[x509.Certificate]] = {}
        with self._session() as session:
            for item in session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE}):
                with contextlib.suppress(ValueError):
                    read = x509.load_der_x509_certificate(bytes(item[Attribute.VALUE]))
                    found.setdefault(str(item[Attribute.LABEL]), []).append(read)
        return found

    @contextlib.contextmanager
    def _session(self) -> Iterator[pkcs11.Session]:
        """The token with the user logged in, for one turn. Raises BadKeys with a sentence for what is wrong."""
        tried = (self.module, self.token, hashlib.sha256(self.pin.encode()).digest())
        with _turn:
            if tried in _wrong_pins:
                raise BadKeys(_wrong_pin(self.token))
            try:
                with _library(self.module).get_token(token_label=self.token).open(user_pin=self.pin) as session:
                    yield session
            except (refused.PinIncorrect, refused.PinInvalid, refused.PinLenRange) as error:
                _wrong_pins.add(tried)
                raise BadKeys(_wrong_pin(self.token)) from error
            except refused.PinLocked as error:
                raise BadKeys(
                    f"The token “{self.token}” is locked after wrong PINs; unlock it with its tool."
                ) from error
            except refused.NoSuchToken as error:
                raise BadKeys(f"No token “{self.token}” is there; check SIGNON_SEAL_PKCS11_TOKEN.") from error
            except refused.PKCS11Error as error:
                why = str(error) or type(error).__name__
                raise BadKeys(f"The token “{self.token}” cannot be used: {why[:200]}.") from error


def found(place: TokenKey, certificate: Path | None) -> Outside:
    """The key with its certificate and issuers: from a PEM file, else from the token under the key's label.

    Raises BadKeys. A signature is made and checked, so that a key that does not fit is found before a letter waits.
    """
    held = _from_file(certificate) if certificate else _from_token(place)
    own, *issuers = chained(held[0], held[1:])
    public, digest = own.public_key(), secrets.token_bytes(32)
    if not isinstance(public, ec.EllipticCurvePublicKey) or not isinstance(public.curve, ec.SECP256R1):
        raise BadKeys(f"The certificate of “{place.label}” is not one of an ECDSA P-256 key.")
    try:
        public.verify(place.sign(digest), digest, ec.ECDSA(Prehashed(hashes.SHA256())))
    except InvalidSignature as error:
        raise BadKeys(f"The certificate belongs to another key than “{place.label}” in the token.") from error
    return place, own.public_bytes(Encoding.PEM), tuple(one.public_bytes(Encoding.DER) for one in issuers)


def certificate_in(file: Path) -> bytes:
    """The certificate of the seal in a file that may hold its issuers too, as PEM. Raises BadKeys."""
    return _from_file(file)[0].public_bytes(Encoding.PEM)


def _from_file(file: Path) -> Sequence[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(file.read_bytes())
    except OSError as error:
        raise BadKeys(
            f"SIGNON_SEAL_PKCS11_CERTIFICATE names {file}, which cannot be read: {error.strerror}."
        ) from error
    except ValueError as error:
        raise BadKeys(f"SIGNON_SEAL_PKCS11_CERTIFICATE names {file}, which holds no certificate in PEM.") from error


def _from_token(place: TokenKey) -> Sequence[x509.Certificate]:
    held = place.certificates()
    own = held.pop(place.label, [])
    if len(own) != 1:
        raise BadKeys(
            f"The token “{place.token}” holds {'no' if not own else 'several'} certificates “{place.label}”; give the "
            "right one as a PEM file in SIGNON_SEAL_PKCS11_CERTIFICATE."
        )
    return [*own, *(one for several in held.values() for one in several)]


def _wrong_pin(token: str) -> str:
    return (
        f"The token “{token}” refused the PIN. It is not tried again, since a token locks itself: "
        "mend SIGNON_SEAL_PKCS11_PIN, then restart."
    )


def _library(module: str) -> Any:
    """The module, made ready in this process: what a parent opened before a fork is of no use to the child."""
    try:
        library = pkcs11.lib(module)
        if _opened_by.get(module, os.getpid()) != os.getpid():
            library.reinitialize()
    except refused.PKCS11Error as error:
        raise BadKeys(f"The PKCS#11 module {module} cannot be loaded; check SIGNON_SEAL_PKCS11.") from error
    _opened_by[module] = os.getpid()
    return library
