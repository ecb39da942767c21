"""The one form of an ECDSA signature: of s and n − s, which any key holds good alike, the smaller one.

Whoever has a signature can write its twin without the key, so a seal takes one of the two and its check no other
(the rule of BIP 62 for the same weakness; the orders are those of SEC 2, sections 2.4.2, 2.5.1 and 2.6.1).
"""

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

ORDERS = {
    "secp256r1": 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
    "secp384r1": 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973,
    "secp521r1": int(
        "01FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF"
        "FA51868783BF2F966B7FCC0148F709A5D03BB5C9B8899C47AEBB6FB71E91386409",
        16,
    ),
}


def twin(signature: bytes, curve: ec.EllipticCurve) -> bytes:
    """The DER of the other signature that holds wherever this one does. Raises ValueError, KeyError for a new curve."""
    r, s = decode_dss_signature(signature)
    return encode_dss_signature(r, ORDERS[curve.name] - s)


def is_first(signature: bytes, curve: ec.EllipticCurve) -> bool:
    """Whether this is the one of the two that a seal takes. Raises ValueError, KeyError for a curve unknown here."""
    return decode_dss_signature(signature)[1] <= ORDERS[curve.name] // 2


def first(signature: bytes, curve: ec.EllipticCurve) -> bytes:
    """The one of the two that a seal takes. Raises ValueError, KeyError for a curve unknown here."""
    return signature if is_first(signature, curve) else twin(signature, curve)
