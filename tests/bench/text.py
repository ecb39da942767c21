"""How long the text room takes: reading and writing files, redlines of short, long and wholly different letters."""

import datetime
import io
import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from docx import Document

from letters.text.blocks import Block, carry_ids, new_ids
from letters.text.diff import redline
from letters.text.inline import Run, block
from letters.text.markdown_out import markdown
from letters.text.reading import read
from letters.text.suggestion import suggest
from letters.text.tracked import redline_docx
from letters.text.word import clean_docx

DEMO = Path(__file__).resolve().parents[2] / "letters" / "management" / "demo"
ROUNDS = 7


def paragraphs(words: int, seed: int) -> list[str]:
    """Made-up paragraphs of 40 words."""
    source = random.Random(seed)
    vocabulary = ["".join(source.choices("abcdefghijklmnopqrstuvwxyz", k=source.randint(2, 9))) for _ in range(3000)]
    return [" ".join(source.choices(vocabulary, k=40)) + "." for _ in range(words // 40)]


def blocks(texts: list[str]) -> list[Block]:
    """The paragraphs as blocks with ids."""
    return new_ids([block("paragraph", [Run(text)]) for text in texts])


def word_file(texts: list[str]) -> bytes:
    """The paragraphs as a .docx."""
    document = Document()
    document.add_heading("A long letter", level=1)
    for text in texts:
        document.add_paragraph(text)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def median_ms(act: Callable[[], object]) -> float:
    """Median of ROUNDS runs after one warm-up, in milliseconds."""
    act()
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        act()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def edited(texts: list[str]) -> list[str]:
    """Three words replaced in each paragraph."""
    return [" ".join("edited" if n in (5, 17, 29) else word for n, word in enumerate(text.split())) for text in texts]


def main() -> None:
    """Print one line per figure."""
    short, long = paragraphs(2_200, 1), paragraphs(20_000, 3)
    small_file, large_file = word_file(short), word_file(paragraphs(28_800, 2))
    first, second = ((DEMO / f"letter-v{n}.md").read_bytes() for n in (1, 2))
    one, two = read(first, name="v1.md").blocks, read(second, name="v2.md").blocks
    figures: list[tuple[str, Callable[[], object]]] = [
        ("read a .docx of 2,200 words", lambda: read(small_file, name="short.docx")),
        ("read a .docx of 28,800 words (about 60 pages)", lambda: read(large_file, name="long.docx")),
        ("redline of the demo letter's two versions", lambda: redline(one, carry_ids(one, two))),
        ("redline of 2,200 words, edited throughout", lambda: _redline(short, edited(short))),
        ("redline of 20,000 words, edited throughout", lambda: _redline(long, edited(long))),
        ("redline of 20,000 words, wholly different", lambda: _redline(long, paragraphs(20_000, 4))),
        ("redline as .docx, 2,200 words, edited throughout", lambda: _tracked(short, edited(short))),
        ("redline as .docx, 20,000 words, edited throughout", lambda: _tracked(long, edited(long))),
        ("write 2,200 words as .docx", lambda: clean_docx(blocks(short), title="")),
        ("write 20,000 words as .docx", lambda: clean_docx(blocks(long), title="")),
        ("write 20,000 words as Markdown", lambda: markdown(blocks(long))),
        ("suggest the change label of the demo letter", lambda: suggest(one, carry_ids(one, two))),
    ]
    for name, act in figures:
        print(f"{name:<50} {median_ms(act):8.1f} ms")


def _redline(old: list[str], new: list[str]) -> object:
    before = blocks(old)
    return redline(before, carry_ids(before, blocks(new)))


def _tracked(old: list[str], new: list[str]) -> object:
    before = blocks(old)
    when = datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC)
    return redline_docx(before, carry_ids(before, blocks(new)), author="Ann", when=when)


if __name__ == "__main__":
    main()
