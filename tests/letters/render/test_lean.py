"""A seal added by the lean reader is the one pyHanko's own reader would add; the two read the same objects."""

import dataclasses
import io
import os

import pytest
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from pyhanko.pdf_utils.generic import Reference
from pyhanko.pdf_utils.reader import PdfFileReader

from letters.render import lean, seal
from letters.render.lean import Lean, reader_of
from letters.render.pdf import LONG, paper
from letters.render.tables import Tables
from tests.letters.render.conftest import WHEN
from tests.letters.render.sheets import sheet, signatory

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def annexed() -> bytes:
    many = tuple(signatory(f"Society {at}") for at in range(LONG + 1))
    return paper(sheet(signatories=many, letter_html="<p>Short.</p>"), {"letter.txt": b"text"})


class Same:
    """Stands for a key whose signature over anything is the same: a real one is another each time."""

    def sign(self, digest: bytes) -> bytes:
        return encode_dss_signature(1 << 254, 1 << 254)


@pytest.mark.parametrize("form", ["annexed", "letter"])
def test_the_seal_is_that_of_pyhankos_own_reader(monkeypatch, request, keys, form):
    pdf, same = request.getfixturevalue(form), dataclasses.replace(keys, key=Same())
    monkeypatch.setattr(os, "urandom", lambda size: b"\x07" * size)  # the second identifier of the file
    made = seal.seal(pdf, same, reason="Seal", when=WHEN)
    assert made.startswith(pdf)
    monkeypatch.setattr(seal, "reader_of", PdfFileReader)
    assert seal.seal(pdf, same, reason="Seal", when=WHEN) == made


@pytest.mark.parametrize("form", ["annexed", "sealed"])
def test_objects_of_all_revisions_are_found(request, form):
    data = request.getfixturevalue(form)
    ours, theirs = reader_of(io.BytesIO(data)), PdfFileReader(io.BytesIO(data))
    assert type(ours) is Lean
    assert (ours.last_startxref, ours.total_revisions) == (theirs.last_startxref, theirs.total_revisions)
    assert ours.trailer.flatten().keys() == theirs.trailer.flatten().keys()
    for number in range(1, int(ours.trailer["/Size"])):
        found = [reader.xrefs[Reference(number, 0, reader)] for reader in (ours, theirs)]
        assert found[0] == found[1]
    assert ours.root.keys() == theirs.root.keys()


def test_a_file_with_other_tables_is_left_to_pyhanko(letter, monkeypatch):
    monkeypatch.setattr(lean.Tables, "of", lambda file: None)
    assert type(reader_of(io.BytesIO(letter))) is PdfFileReader


@pytest.mark.parametrize(
    "altered",
    [
        lambda data: data[:-3],
        lambda data: data.replace(b"/Filter/FlateDecode/Length", b"/DecodeParms<<>>/Filter/FlateDecode/Length"),
        lambda data: data.replace(b"/W[1 4 2]", b"/W[1 4] "),
    ],
)
def test_tables_of_another_form_are_none_of_ours(annexed, altered):
    assert Tables.of(io.BytesIO(annexed)) is not None
    assert Tables.of(io.BytesIO(altered(annexed))) is None
