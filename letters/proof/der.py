"""DER (ITU-T X.690) put together from parts that are DER themselves.

asn1crypto reads it well. What is built of its values, though, it writes anew at each level for the level above, and
where a length happens to end in 80 hex it takes that for the sign of an unfinished one and writes all below once more:
a seal around such a time-stamp takes it four seconds to write, and any other a thousandth of one.
"""

from asn1crypto import core, parser

Kind = tuple[int, int, int]  # class, 1 for constructed, tag
INTEGER: Kind = (0, 0, 2)
BITS: Kind = (0, 0, 3)
OCTETS: Kind = (0, 0, 4)
SEQUENCE: Kind = (0, 1, 16)
SET: Kind = (0, 1, 17)


def context(number: int) -> Kind:
    """The kind of a part that is told from others by a number."""
    return 2, 1, number


def written(kind: Kind, *parts: bytes) -> bytes:
    """One value of these parts, in their order."""
    out: bytes = parser.emit(*kind, b"".join(parts))
    return out


def set_of(kind: Kind, *parts: bytes) -> bytes:
    """One value of these parts in the order that DER has for a set."""
    return written(kind, *sorted(parts))


def whole(value: core.Asn1Value) -> bytes:
    """A value that asn1crypto read: what it holds is untouched, and its length is written in the shortest way."""
    return written((value.class_, value.method, value.tag), value.contents)


def bits(value: bytes) -> bytes:
    """A BIT STRING of whole bytes."""
    return written(BITS, b"\0", value)


def small(number: int) -> bytes:
    """An INTEGER from 0 to 127."""
    return written(INTEGER, bytes([number]))


def identifier(dotted: str) -> bytes:
    """An object identifier such as "1.2.840.113549.1.7.2"."""
    out: bytes = core.ObjectIdentifier(dotted).dump()
    return out
