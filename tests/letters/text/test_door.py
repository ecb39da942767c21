"""Tests of the limits at the door: each refusal is one sentence that names the file, and is quick."""

import random
import re
import struct
import zipfile
from io import BytesIO

import pytest

from letters.text.door import Package, Unreadable, parse
from letters.text.reading import read
from tests.letters.text.files import docx, p, pack


def refusal(data: bytes, name: str = "letter.docx") -> str:
    with pytest.raises(Unreadable) as caught:
        read(data, name=name)
    sentence = str(caught.value)
    assert re.fullmatch(rf"{re.escape(name)}[^\n]+\.", sentence)
    return sentence


def test_door_refuses_what_is_no_letter():
    assert "empty" in refusal(b" \n")
    assert "not a Word document" in refusal(b"Hello, this is text")
    assert "is a PDF" in refusal(b"%PDF-1.7 ...")
    assert "rich text" in refusal(b"{\\rtf1 Hello}", "letter.rtf")
    assert "cut off" in refusal(b"PK\x03\x04 and then nothing")
    assert "web page" in refusal(b"<!doctype html><p>Hi", "letter.html")
    assert "UTF-16" in refusal("Dear Editor".encode("utf-16"), "letter.txt")
    assert "not UTF-8 text at byte 2" in refusal("Für Zürich".encode("cp1252"), "letter.md")


def test_door_says_password_for_an_encrypted_file():
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512
    assert "protected by a password" in refusal(ole + "EncryptedPackage".encode("utf-16-le") + b"\0" * 99)
    assert "old .doc format" in refusal(ole + "WordDocument".encode("utf-16-le"), "letter.doc")


def test_door_says_password_for_an_encrypted_zip():
    data = bytearray(docx(p("Hello")))
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    assert "protected by a password" in refusal(bytes(data))


def test_door_refuses_other_packages():
    assert "spreadsheet" in refusal(pack({"xl/workbook.xml": b"<a/>"}), "list.xlsx")
    assert "slides" in refusal(pack({"ppt/presentation.xml": b"<a/>"}), "talk.pptx")
    assert "OpenDocument" in refusal(pack({"content.xml": b"<a/>"}), "letter.odt")
    assert "no word/document.xml" in refusal(pack({"hello.txt": b"hi"}), "letter.zip")


def test_door_refuses_a_file_without_text():
    assert "has no text" in refusal(docx(p() + "<w:sectPr/>"))
    assert "has no text" in refusal(docx(p(inner="<w:r><w:drawing/></w:r>")))
    assert "has no text" in refusal(b"***\n", "letter.md")


def test_door_refuses_what_unpacks_too_far():
    assert "unpacks to" in refusal(docx(p("x"), extra={"word/big.xml": b"0" * 30_000_000}))


@pytest.mark.slow
def test_door_refuses_200_megabytes_unzipped_by_the_directory_alone():
    file, noise = BytesIO(), random.Random(1).randbytes(20_000)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for n in range(21):
            archive.writestr(f"word/{n}.xml", (noise + bytes(980_000)) * 10)
        packed = sum(info.compress_size for info in archive.infolist())
    assert packed > 210_000_000 / 100
    assert "unpacks to 210 MB" in refusal(file.getvalue())


def test_door_is_not_taken_in_by_a_directory_that_lies():
    data = bytearray(docx(p("x"), extra={"word/styles.xml": b" " * 40_000_000}))
    # The central directory claims one kilobyte for the big part.
    at = data.rfind(b"word/styles.xml") - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    struct.pack_into("<I", data, at + 24, 1000)
    assert "is damaged" in refusal(bytes(data))


def test_door_refuses_too_large_a_part():
    data = pack({"word/document.xml": b"<a/>", "word/comments.xml": b"0" * 31_000_000}, zipfile.ZIP_STORED)
    package = Package(data, name="a.docx")
    with pytest.raises(Unreadable, match="far more text than a letter"):
        package.read("word/comments.xml")


@pytest.mark.slow
def test_door_refuses_too_many_parts():
    assert "2,000 parts" in refusal(pack({f"word/{n}": b"" for n in range(2_001)}, zipfile.ZIP_STORED))
    assert "2,000 parts" in refusal(pack({f"word/{n}": b"" for n in range(50_000)}, zipfile.ZIP_STORED))


def test_door_refuses_a_large_file():
    assert "larger than 25 MB" in refusal(b"x" * 25_000_001, "letter.md")


def test_door_refuses_two_parts_of_one_name():
    file = BytesIO(docx(p("x")))
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(file, "a") as archive:
        archive.writestr("word/document.xml", b"<a/>")
    assert "two parts of one name" in refusal(file.getvalue())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_door_refuses_document_types_in_every_encoding(encoding):
    bomb = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c SYSTEM "file:///etc/passwd">]><a>&b;&c;</a>'.encode(encoding)
    with pytest.raises(Unreadable):
        parse(bomb, name="a.docx", part="word/document.xml")


def test_door_refuses_an_entity_bomb_quickly():
    lol = "".join(f'<!ENTITY e{n} "{10 * f"&e{n - 1};"}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e0 "lol">{lol}]><a>&e11;</a>'.encode()
    assert "document type declaration" in refusal(docx(p("x"), extra={"word/styles.xml": bomb}))


def test_door_refuses_deep_nesting_and_broken_xml():
    assert "is damaged in word/document.xml" in refusal(docx("<w:sdt>" * 300 + "</w:sdt>" * 300))
    assert "is damaged in word/document.xml" in refusal(docx("<w:p>"))
    assert "is damaged in word/numbering.xml" in refusal(docx(p("x"), extra={"word/numbering.xml": b"<a"}))


def test_door_refuses_strict_open_xml_by_name():
    data = docx(p("x"), extra={"word/styles.xml": b'<a xmlns="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'})
    assert "Strict Open XML" in refusal(data)


def test_door_refuses_more_than_60000_words():
    assert "60,000" in refusal(docx(p("word " * 61_000)))
    assert "60,000" in refusal(b"word " * 61_000, "letter.md")


def test_door_finds_the_document_where_the_package_says():
    data = docx(p("Hello"))
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    parts["word/document2.xml"] = parts.pop("word/document.xml")
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"document.xml", b"document2.xml")
    assert [block.text for block in read(pack(parts), name="a.docx").blocks] == ["Hello"]
