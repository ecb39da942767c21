"""Whole letters made up for property tests: titles, lists of all labels, tables, references, footnotes, awkward words;
and edits of them in which notes and references stay in order."""

from dataclasses import dataclass, replace

from hypothesis import strategies as st

from letters.text.blocks import Block, new_ids
from letters.text.inline import Run, block
from letters.text.tables import Cell, Row, table_block

PLAIN = ["we", "the", "of", "pain", "letter", "journal", "trial", "society", "care", "review", "because", "however"]
AWKWARD = ["*", "**b**", "_x_", "#", "1.", "2)", "-", "+", "`c`", "~~", "[a](b)", "](c", "[^1]", "[^note-1]", "[1]:"]
AWKWARD += ["&amp;", "&", "<br>", "<sup>", "<b>", "\\", "\\*", "|", ">", "=", "---", "!", "![x](y)", "(2019)", "[1,3]"]
AWKWARD += [
    "https://a.org/x_y?a=1&b=2",
    "\u00a0",
    "中文",
    "naïve",
    "“no”",
    "H₂O",
    "10%",
    "a*b*c",
    ":",
    "e\u0301",
    "</em>",
]
LABELS = ["1.", "2.", "3.", "4.", "•", "•", "a.", "b.", "i.", "ii.", "(1)", "01.", "A)", "1.1", "*", "1st", "7)"]
ADDRESSES = ["", "", "", "", "https://a.org/x?a=1&b=2", "https://b.org/ü_[x]", "mailto:a@b.org", "#ref-1"]
MARKS = [(), (), (), ("strong",), ("em",), ("sup",), ("sub",), ("strong", "em"), ("s",), ("u",), ("code",)]

word = st.one_of(st.sampled_from(PLAIN), st.sampled_from(AWKWARD))
phrase = st.lists(word, min_size=1, max_size=8).map(" ".join)
glue = st.sampled_from(["", " ", "\n", ". "])
run = st.builds(
    lambda text, before, after, marks, href: Run(before + text + after, frozenset(marks), href),
    phrase,
    glue,
    glue,
    st.sampled_from(MARKS),
    st.sampled_from(ADDRESSES),
)
# A run, or the text of a footnote referred to here.
pieces = st.tuples(
    st.lists(st.sampled_from(PLAIN), min_size=1, max_size=6).map(lambda words: Run(" ".join(words))),
    st.lists(st.one_of(run, run, run, phrase), max_size=4),
).map(lambda both: [both[0], *both[1]])


@dataclass(frozen=True)
class Draft:
    kind: str
    pieces: tuple
    level: int = 0
    label: str = ""
    rows: tuple = ()
    head: bool = False


paragraph = st.builds(lambda kind, made: Draft(kind, tuple(made)), st.sampled_from(["paragraph", "quote"]), pieces)
item = st.builds(
    lambda made, level, label: Draft("item", tuple(made), level, label),
    pieces,
    st.integers(1, 3),
    st.sampled_from(LABELS),
)
heading = st.builds(
    lambda made, level, label: Draft("heading", tuple(made), level, label),
    pieces,
    st.integers(1, 3),
    st.sampled_from(["", "", "A.", "2."]),
)
cell = st.builds(
    lambda made, span: (tuple(made), span), st.one_of(pieces, pieces, st.just([])), st.sampled_from([1, 1, 1, 2])
)
table = st.builds(
    lambda rows, head: Draft("table", (), rows=tuple(tuple(row) for row in rows), head=head),
    st.lists(st.lists(cell, min_size=1, max_size=3), min_size=1, max_size=3),
    st.booleans(),
)
part = st.one_of(paragraph, paragraph, item, item, heading, table)
LIST = Draft("heading", (Run("References"),), 1)
reference = st.builds(lambda made: Draft("reference", tuple(made)), pieces)


@st.composite
def drafts(draw) -> list[Draft]:
    made = draw(st.lists(part, min_size=1, max_size=6))
    if draw(st.booleans()):
        made.insert(0, Draft("title", tuple(draw(pieces))))
    if draw(st.booleans()):
        made.insert(len(made) // 2 or 1, Draft("signatories", (Run("[Insert society names]"),)))
    if draw(st.booleans()):
        made.append(LIST)
        made += draw(st.lists(reference, min_size=1, max_size=3))
    return made


def finished(made: list[Draft]) -> list[Block]:
    """The drafts as blocks; notes are numbered where they are referred to, references in their order."""
    notes: list[str] = []
    blocks = []
    count = 0
    listed = False
    for draft in made:
        # A numbered item below that heading is a reference to any reader.
        listed = draft == LIST or (listed and draft.kind != "heading")
        if listed and draft.kind == "item":
            draft = replace(draft, kind="reference", level=0)
        if draft.kind == "table":
            # A table without any word is no block.
            lead = [] if any(inner for row in draft.rows for inner, _ in row) else [Run("we")]
            rows = [
                Row([Cell([*lead, *_runs(inner, notes)], span) for inner, span in row], head=draft.head and i == 0)
                for i, row in enumerate(draft.rows)
            ]
            blocks.append(table_block(rows))
            continue
        count += draft.kind == "reference"
        label = f"{count}." if draft.kind == "reference" else draft.label
        blocks.append(block(draft.kind, _runs(draft.pieces, notes), level=draft.level, label=label))
    blocks += [block("footnote", [Run(text)], label=f"{i}.") for i, text in enumerate(notes, 1)]
    return new_ids(blocks)


def _runs(made: tuple, notes: list[str]) -> list[Run]:
    runs = []
    for piece in made:
        if isinstance(piece, str):
            notes.append(piece.replace("\u00a0", "x"))
            runs.append(Run(str(len(notes)), frozenset({"sup"}), f"#fn-{len(notes)}"))
        else:
            runs.append(piece)
    return runs


letters = drafts().map(finished)


@st.composite
def edited_pairs(draw) -> tuple[list[Block], list[Block]]:
    """Two versions: parts removed, added, moved, relabelled or with other words; or quite another letter."""
    old = draw(drafts())
    if draw(st.integers(0, 4)) == 0:
        return finished(old), finished(draw(drafts()))
    new = list(old)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, max(0, len(new) - 1)))
        step = draw(st.sampled_from(["remove", "add", "move", "words", "words", "label", "kind"]))
        if step == "add":
            new.insert(at, draw(part))
        elif step == "remove" and len(new) > 1:
            del new[at]
        elif step == "move":
            new.insert(draw(st.integers(0, len(new) - 1)), new.pop(at))
        elif step == "words" and new[at].pieces:
            kept = draw(st.integers(0, len(new[at].pieces)))
            new[at] = replace(new[at], pieces=(*new[at].pieces[:kept], *draw(pieces)))
        elif step == "label" and new[at].kind == "item":
            new[at] = replace(new[at], label=draw(st.sampled_from(LABELS)), level=draw(st.integers(1, 3)))
        elif step == "kind" and new[at].kind in ("paragraph", "quote"):
            new[at] = replace(draw(item), pieces=new[at].pieces)
    return finished(old), finished(new)
