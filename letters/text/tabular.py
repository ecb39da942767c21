"""Reads the lines of a table from delimited text of any common encoding; what the columns mean, others say."""

import csv
import io
from collections import Counter
from dataclasses import dataclass, field

from letters.text.cells import armed
from letters.text.encodings import ENCODINGS, decoded, guess

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright strokes"}
MOST_LINES = 6_000
MOST_COLUMNS = 60


class BadTable(ValueError):
    """The file cannot be read as a table; one sentence names it and says what to do."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines that hold something, each as (the number a spreadsheet shows, its cells); those hidden in the file.

    `sheets` are the sheets to choose from and `sheet` the one that was read; both are empty for text.
    """

    lines: tuple[tuple[int, tuple[str, ...]], ...]
    remarks: tuple[str, ...] = ()
    hidden: frozenset[int] = field(default_factory=frozenset)
    sheets: tuple[str, ...] = ()
    sheet: str = ""
    encoding: str = ""


def read_text(data: bytes, *, name: str, encoding: str = "") -> Lines:
    """Read delimited text; `encoding` is one a person chose. Raises BadTable."""
    used = encoding if encoding in ENCODINGS else guess(data)
    text, remarks = decoded(data, used), []
    if "\0" in text:
        raise BadTable(f"{name} is neither a table nor text; save the list as .csv or .xlsx and upload that.")
    if used != "utf-8" and not used.startswith("utf-16"):
        said = "was read" if encoding else "is not UTF-8 and was read"
        remarks.append(f"The file {said} as {ENCODINGS[used]}. Check that names look right below.")
    text, delimiter = _delimiter(text)
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise BadTable(f"{name} is not a table ({error}); save the list as .csv or .xlsx and upload that.") from None
    if delimiter != "," and len(records) > 1:
        remarks.append(f"Columns are separated by {DELIMITERS[delimiter]}; read as such.")
    return Lines(kept(records, name=name), tuple(remarks), encoding=used)


def kept(records: list[list[str]], *, name: str) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """The records that hold something, numbered as a spreadsheet shows them; raises BadTable for too many."""
    width = max(
        (at for record in records for at, cell in enumerate(record[:MOST_COLUMNS], 1) if cell.strip()), default=0
    )
    found = [
        (number, tuple(armed(" ".join(cell.split())) for cell in record[:width]))
        for number, record in enumerate(records, start=1)
        if any(cell.strip() for cell in record)
    ]
    if len(found) > MOST_LINES:
        raise BadTable(f"{name} has {len(found)} rows; split it into lists of 5000.")
    return tuple(found)


def _delimiter(text: str) -> tuple[str, str]:
    """The text without Excel's “sep=” line, and the delimiter: the one that cuts most lines into equally many cells."""
    if text[:5].lower() in {f"sep={mark}" for mark in DELIMITERS} and text[5:6] in ("\n", "\r"):
        return "\n" + text[5:].lstrip("\r\n"), text[4]  # the blank line keeps the numbers of the rows

    def evenness(mark: str) -> tuple[int, int]:
        lines = [line for line in _first_records(text, mark) if line]
        width, times = Counter(len(line) for line in lines).most_common(1)[0] if lines else (1, 0)
        return (times, width) if width > 1 else (0, 0)

    return text, max(DELIMITERS, key=evenness)


def _first_records(text: str, mark: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        return [record for record, _ in zip(reader, range(30), strict=False)]
    except csv.Error:
        return []
