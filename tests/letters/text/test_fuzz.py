"""Damaged files: whatever is done to a file, it is read or refused in a sentence, soon and without a
crash."""

import zipfile
from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st

from letters.text.check import import_check
from letters.text.markup import letter_html
from letters.text.reading import Unreadable, read
from tests.examples import examples
from tests.letters.text.files import HEADINGS, abstract, docx, level, num, p, pack, r
from tests.letters.text.test_comments import comment, extended, on
from tests.letters.text.test_revisions import dele, ins

FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>HYPERLINK "https://a.org"</w:instrText>'
    '<w:fldChar w:fldCharType="separate"/><w:t>y</w:t><w:fldChar w:fldCharType="end"/>'
    '<w:sym w:font="Symbol" w:char="F061"/></w:r>'
)
TABLE = (
    "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>"
    '<w:tc><w:tcPr><w:gridSpan w:val="2"/><w:vMerge w:val="restart"/></w:tcPr>' + p("cell") + "</w:tc></w:tr>"
    "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>" + p("") + "</w:tc></w:tr></w:tbl>"
)
BODY = (
    p("A letter", style="Title")
    + p("One", num=(1, 0))
    + p("x", inner=dele("a") + ins("b") + on(1, r("c")) + '<w:r><w:footnoteReference w:id="2"/></w:r>')
    + TABLE
    + p("", inner=FIELD)
    + p("References", style="Heading1")
    + p("1. Wang X. doi:10.1/x")
)
FILE = docx(
    BODY,
    styles=HEADINGS,
    numbering=abstract(1, level(0, "decimal", "%1.")) + num(1, 1),
    comments=comment(1, "Why?") + comment(2, "So."),
    extra=extended((1, 0, 1), (2, 1, 0)),
    footnotes=f'<w:footnote w:id="2">{p("Below.")}</w:footnote>',
)
with zipfile.ZipFile(BytesIO(FILE)) as _archive:
    PARTS = {info.filename: _archive.read(info) for info in _archive.infolist()}


def read_or_refuse(data: bytes, name: str = "letter.docx") -> None:
    sentence = name
    try:
        reading = read(data, name=name)
        letter_html(reading.blocks)
        import_check(reading).lines()
    except Unreadable as refused:
        sentence = str(refused)
    assert sentence.startswith(name)
    assert "\n" not in sentence


def test_the_undamaged_file_is_read():
    assert len(read(FILE, name="a.docx").blocks) == 8


edits = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=6)


@given(edits)
@examples(250)
def test_a_zip_with_changed_bytes_is_read_or_refused(changes):
    data = bytearray(FILE)
    for at, value in changes:
        data[int(at * len(data))] = value
    read_or_refuse(bytes(data))


ATTRIBUTES = ["-1", "0", "99999999999", "", "x", "on", "F0B3", "\u202e", "begin", "end", "decimal", "%1.%9."]


@given(st.sampled_from(sorted(PARTS)), st.data())
@examples(250)
def test_xml_with_changed_elements_is_read_or_refused(part, data):
    xml = PARTS[part].decode()
    pieces = xml.split('"')
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, max(0, len(pieces) // 2 - 1))) * 2 + 1
        if at < len(pieces) and "schemas" not in pieces[at]:
            pieces[at] = data.draw(st.sampled_from(ATTRIBUTES))
    cut = '"'.join(pieces)
    tags = cut.split("<w:")
    if len(tags) > 3 and data.draw(st.booleans()):
        at = data.draw(st.integers(2, len(tags) - 1))
        tags[at] = (
            data.draw(st.sampled_from(["p/>", "t/>", "tbl/>", "sdt/>", "numPr/>", "tc/>"])) + tags[at].partition(">")[2]
        )
    read_or_refuse(pack(PARTS | {part: "<w:".join(tags).encode()}))


@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
@examples(200)
def test_any_bytes_are_read_or_refused(data):
    read_or_refuse(data, "letter.md")
