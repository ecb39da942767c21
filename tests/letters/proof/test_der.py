"""DER put together from parts: the same that asn1crypto writes, and the same work whatever the lengths are."""

import dataclasses
import sys

import pytest
from asn1crypto import cms as asn1
from asn1crypto import core

from letters.proof import cms, der, stamp
from tests.letters.proof import world
from tests.letters.proof.parts import message


@pytest.mark.parametrize("size", [0, 1, 127, 128, 255, 256, 384, 65_535, 65_536])
def test_a_value_is_written_as_the_library_writes_it(size):
    data = bytes(range(256)) * 257
    assert der.written(der.OCTETS, data[:size]) == core.OctetString(data[:size]).dump()
    assert der.bits(data[:size]) == core.OctetBitString(data[:size]).dump()


def test_numbers_and_names_are_written_as_the_library_writes_them():
    assert [der.small(number) for number in (0, 1, 3, 127)] == [core.Integer(n).dump() for n in (0, 1, 3, 127)]
    assert der.identifier(cms.SIGNED_DATA) == asn1.ContentType("signed_data").dump()
    assert der.identifier(cms.DATA) == asn1.ContentType("data").dump()
    assert der.identifier(cms.TOKEN_TYPE) == asn1.CMSAttributeType(cms.TOKEN).dump()
    assert der.identifier(stamp.TST_INFO) == asn1.ContentType("tst_info").dump()


def test_parts_of_a_set_are_in_their_order_whatever_order_they_come_in():
    parts = [core.OctetString(text).dump() for text in (b"b", b"", b"aa", b"a")]
    assert der.set_of(der.SET, *parts) == asn1.SetOfOctetString([b"b", b"", b"aa", b"a"]).dump()


def test_a_value_that_was_read_is_taken_as_it_lies_there_under_its_shortest_length():
    plain = der.written(der.SEQUENCE, der.small(1), der.written(der.OCTETS, b"x" * 381))
    assert plain[:4].hex() == "30820184"
    long = b"\x30\x83\x00" + plain[2:]
    assert der.whole(core.Sequence.load(plain)) == der.whole(core.Sequence.load(long)) == plain


def calls(parts):
    """How many Python functions are called while a seal of these parts is written."""
    count = 0

    def seen(frame, event, argument):
        nonlocal count
        count += event == "call"

    sys.setprofile(seen)
    try:
        cms.rebuilt(parts)
    finally:
        sys.setprofile(None)
    return count


def test_a_length_that_ends_in_80_hex_takes_no_more_work():
    """asn1crypto takes such a length for an unfinished one, and would go through the token again and again."""
    parts = cms.read(message(world.stamped().pdf(spare=8_192)))
    told = stamp.read(parts.token)
    tokens = (stamp.rebuilt(dataclasses.replace(told, info=told.info + bytes(more))) for more in range(256))
    unlucky = next(token for token in tokens if token[3] == 0x80)
    assert unlucky[:2].hex() == "3082"
    plain, meant = calls(parts), calls(dataclasses.replace(parts, token=unlucky))
    assert meant == plain
