"""Word files as a society's office writes them, made from the Markdown of the demonstration's letter."""

import io
import re

import docx
from docx.document import Document

PATTERNS = (
    (re.compile(r"# (.*)"), "Title"),
    (re.compile(r"## (.*)"), "Heading 1"),
    (re.compile(r"    - (.*)"), "List Bullet 2"),
    (re.compile(r"- (.*)"), "List Bullet"),
)
NUMBERED = re.compile(r"\d+\. (.*)")
MARKED = re.compile(r"(\*\*.+?\*\*|\*.+?\*)")


def as_word(markdown: str) -> bytes:
    """A .docx with styled title, headings and lists; the numbers of the references are typed by hand."""
    document = docx.Document()
    in_references = False
    for line in filter(None, markdown.splitlines()):
        in_references |= line == "## References"
        style, text = read(line, typed_numbers=in_references)
        write(document, style, text)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def read(line: str, *, typed_numbers: bool) -> tuple[str, str]:
    """Word's style for a line of Markdown, and its words."""
    for pattern, style in PATTERNS:
        if found := pattern.fullmatch(line):
            return style, found[1]
    if not typed_numbers and (found := NUMBERED.fullmatch(line)):
        return "List Number", found[1]
    return "Normal", line


def write(document: Document, style: str, text: str) -> None:
    """One paragraph with bold and italic runs."""
    paragraph = document.add_paragraph(style=style)
    for part in MARKED.split(text):
        run = paragraph.add_run(part.strip("*") if MARKED.fullmatch(part) else part)
        run.bold = True if part.startswith("**") else None
        run.italic = True if MARKED.fullmatch(part) and not part.startswith("**") else None
