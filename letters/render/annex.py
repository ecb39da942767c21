"""From a sheet with many rows to one file: parts drawn side by side and kept, then bound to the body and evidence."""

import json
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from letters.render.crew import PARTS_EACH, Crew, cores
from letters.render.order import Order
from letters.render.page import Group, Row, shortened
from letters.render.parts import Layout, Shelf, cut, key_of
from letters.render.sheet import Sheet
from letters.render.wording import wording

Told = Callable[[int, int], None]


def quietly(done: int, of: int) -> None:
    """Tells nobody."""


def annexed(
    sheet: Sheet,
    groups: Sequence[Group],
    body: Order,
    evidence: Mapping[str, bytes],
    *,
    shelf: Shelf | None,
    told: Told,
) -> bytes:
    """The unsealed PDF; equal input gives equal bytes, whatever lay on the shelf before.

    `body` is the order for the letter without its signatories and without files. Raises Unprintable and PressFailed
    as pdf.paper does.
    """
    countries = {row.country for group in groups for row in group.rows}
    layout = Layout(sheet.language, sheet.show_officers, len(countries) > 1)
    entries = [_entry(row, number) for number, group in enumerate(groups) for row in group.rows]
    parts = [(part.key, part.order) for part in cut(entries, layout)]
    asked = json.dumps({"do": "press", "order": json.loads(body.to_json())}).encode()
    pieces = [(key_of(asked), asked), *parts]
    with tempfile.TemporaryDirectory(prefix="paper-") as folder:
        shelf = shelf or Shelf(Path(folder) / "parts")
        crew = Crew(body.limits, folder)
        with crew.at_work():
            _make(crew, pieces, shelf, told)
            out = Path(folder) / "bound.pdf"
            order = _binding(sheet, groups, layout, [shelf.path(key) for key, _ in pieces], evidence, out)
            crew.ask(order)
        return out.read_bytes()


def _make(crew: Crew, pieces: Sequence[tuple[str, bytes]], shelf: Shelf, told: Told) -> None:
    """Everything that is not on the shelf; the body is the first piece, since it takes longest."""
    lacking = [(key, order) for key, order in dict(pieces).items() if not shelf.has(key)]
    crew.hire(max(1, min(cores(), -(-len(lacking) // PARTS_EACH))))
    of = len(pieces)
    done = of - len(lacking)
    told(done, of)

    def keep(key: str, made: bytes) -> None:
        nonlocal done
        shelf.put(key, made)
        done += 1
        told(done, of)

    crew.each(lacking, keep)


def _entry(row: Row, group: int) -> list[object]:
    officers = [[one.printed_name, tongue, one.office] for one, tongue in row.officers]
    return [row.society, row.tongue, row.short_name, row.country, officers, group]


def _binding(
    sheet: Sheet, groups: Sequence[Group], layout: Layout, paths: list[Path], evidence: Mapping[str, bytes], out: Path
) -> bytes:
    words, files = wording(sheet.language), out.with_name("evidence")
    files.mkdir()
    for number, data in enumerate(evidence.values()):
        (files / str(number)).write_bytes(data)
    order = {
        "do": "bind",
        "body": str(paths[0]),
        "parts": [str(path) for path in paths[1:]],
        "evidence": {name: str(files / str(number)) for number, name in enumerate(evidence)},
        "out": str(out),
        "layout": {"language": layout.language, "officers": layout.officers, "countries": layout.countries},
        "title": f"Annex: signed by {sheet.signers}",
        "groups": [
            (group.heading, group.column, words.person if group.people else words.officer, words.country)
            for group in groups
        ],
        "tongue": words.language,
        "of": words.page_of,
        "foot": shortened(sheet.title),
        "issue": words.issue.format(version=sheet.version, edition=sheet.edition),
        "moment": sheet.moment.isoformat(),
    }
    return json.dumps(order).encode()
