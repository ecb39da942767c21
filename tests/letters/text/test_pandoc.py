"""pandoc as a second reader: the same words in the same order for every file."""

import re
import shutil
import subprocess
import unicodedata
from io import BytesIO

import docx as python_docx
import pytest

from letters.text.canonical import canonical_text
from letters.text.reading import read
from tests.letters.text.files import HEADINGS, abstract, docx, level, num, p, r
from tests.letters.text.test_revisions import dele, ins

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed"),
]


def pandoc_words(data: bytes, tmp_path, tracked: str) -> list[str]:
    file = tmp_path / "letter.docx"
    file.write_bytes(data)
    command = ["pandoc", f"--track-changes={tracked}", "-s", "-t", "plain", "--wrap=none", str(file)]
    text = subprocess.run(command, capture_output=True, check=True, text=True, timeout=60).stdout
    return words(re.sub(r"^ *(?:-|\(?\w{1,5}[.)]|\[\d+\]) +", "", text, flags=re.MULTILINE))


def our_words(data: bytes, tracked: str) -> list[str]:
    blocks = read(data, name="letter.docx", tracked=tracked).blocks
    text = "\n".join(re.sub(r" <(?:https?|mailto):[^>]*>", "", block.text) for block in blocks)
    return words(re.sub(r"^ *(?:-|\(?\w{1,5}[.)]) +", "", text, flags=re.MULTILINE))


def words(text: str) -> list[str]:
    raised = re.sub("([⁰¹²³⁴-⁹]+)", r" \1 ", re.sub(r"[_^](?=\()", "", text.replace("\u00ad", "")))
    return re.findall(r"\w+", unicodedata.normalize("NFKC", raised))


def same(data: bytes, tmp_path) -> None:
    for tracked in ("accept", "reject"):
        assert our_words(data, tracked) == pandoc_words(data, tmp_path, tracked)


NAMES = ["multisociety-letter-v1", "multisociety-letter-v2", "presidents-statement", "summary-rapid-response"]


@pytest.mark.parametrize("name", NAMES)
def test_pandoc_reads_the_same_words_in_real_letters(inputs, tmp_path, name):
    same((inputs / f"{name}.docx").read_bytes(), tmp_path)


def made_by_python_docx() -> bytes:
    document = python_docx.Document()
    document.add_heading("A letter", 0)
    document.add_heading("Aims", 1)
    paragraph = document.add_paragraph("Plain, ")
    paragraph.add_run("bold").bold = True
    paragraph.add_run(" and 10")
    paragraph.add_run("5").font.superscript = True
    for style in ("List Number", "List Number", "List Bullet", "List Number"):
        document.add_paragraph(f"In style {style}", style=style)
    document.add_paragraph("They said so.", style="Intense Quote")
    table = document.add_table(2, 3)
    for i, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"cell {i}"
    table.cell(0, 1).text = ""
    table.cell(0, 0).merge(table.cell(0, 1))
    document.add_heading("References", 1)
    document.add_paragraph("1. Wang X. doi:10.1136/bmj.r179")
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def test_pandoc_reads_the_same_words_in_a_file_of_python_docx(tmp_path):
    same(made_by_python_docx(), tmp_path)


def test_a_file_of_python_docx_is_read_with_its_structure():
    blocks = read(made_by_python_docx(), name="a.docx").blocks
    assert [(block.kind, block.label) for block in blocks] == [
        ("title", ""),
        ("heading", ""),
        ("paragraph", ""),
        ("item", "1."),
        ("item", "2."),
        ("item", "•"),
        ("item", "3."),
        ("quote", ""),
        ("table", ""),
        ("heading", ""),
        ("reference", "1."),
    ]
    assert canonical_text(blocks).endswith("References\n\n1. Wang X. doi:10.1136/bmj.r179\n")


def test_pandoc_reads_the_same_words_in_a_file_made_by_hand(tmp_path):
    numbering = abstract(1, level(0, "decimal", "%1."), level(1, "lowerLetter", "%2)"))
    body = p("A letter", style="Title") + p("Aims", style="Heading1") + p("One", num=(1, 0)) + p("Two", num=(1, 1))
    body += p("We ", inner=dele("must") + ins("may") + r(" ask."))
    body += p("Joined ", props='<w:rPr><w:del w:id="9" w:author="A" w:date="2025-03-18T10:00:00Z"/></w:rPr>') + p(
        "lines."
    )
    body += p("Note", inner='<w:r><w:footnoteReference w:id="2"/></w:r>') + p(
        "A", inner="<w:r><w:noBreakHyphen/></w:r>"
    )
    notes = f'<w:footnote w:id="2">{p("Said below.")}</w:footnote>'
    same(docx(body, styles=HEADINGS, numbering=numbering + num(1, 1), footnotes=notes), tmp_path)
