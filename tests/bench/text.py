"""How long the text room takes: reading and writing files, redlines of short, long and wholly different letters."""

import datetime
import io
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from docx import Document

from letters.text.blocks import Block, carry_ids, new_ids
from letters.text.diff import Redline, redline
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
    """Print one line per figure, with the most it may be where the product promises one."""
    short, long = paragraphs(2_200, 1), paragraphs(20_000, 3)
    small_file, large_file = word_file(short), word_file(paragraphs(28_800, 2))
    first, second = ((DEMO / f"letter-v{n}.md").read_bytes() for n in (1, 2))
    one, two = read(first, name="v1.md").blocks, read(second, name="v2.md").blocks
    figures: list[tuple[str, int, Callable[[], object]]] = [
        ("read a .docx of 2,200 words", 500, lambda: read(small_file, name="short.docx")),
        ("read a .docx of 28,800 words (about 60 pages)", 3_000, lambda: read(large_file, name="long.docx")),
        ("redline of the demo letter's two versions", 50, lambda: redline(one, carry_ids(one, two))),
        ("redline of 2,200 words, edited throughout", 50, lambda: _redline(short, edited(short))),
        ("redline of 20,000 words, edited throughout", 1_000, lambda: _redline(long, edited(long))),
        ("redline of 20,000 words, wholly different", 1_000, lambda: _redline(long, paragraphs(20_000, 4))),
        ("redline as .docx, 2,200 words, edited throughout", 0, lambda: _tracked(short, edited(short))),
        ("redline as .docx, 20,000 words, edited throughout", 0, lambda: _tracked(long, edited(long))),
        ("write 2,200 words as .docx", 0, lambda: clean_docx(blocks(short), title="")),
        ("write 20,000 words as .docx", 0, lambda: clean_docx(blocks(long), title="")),
        ("write 20,000 words as Markdown", 0, lambda: markdown(blocks(long))),
        ("suggest the change label of the demo letter", 0, lambda: suggest(one, carry_ids(one, two))),
    ]
    for name, most, act in figures:
        line(name, median_ms(act), "ms", most)
    line("memory of a process that reads the 60 pages", megabytes(large_file), "MB", 300)
    for name, old, new in (("2,200 words", short, edited(short)), ("20,000 words", long, edited(long))):
        line(f"words marked beyond those changed, {name}", overmarked(old, new), "%", 10)


def line(name: str, figure: float, unit: str, most: int) -> None:
    """One figure; `most` is 0 where nothing is promised."""
    promise = f"   at most {most:,}{'' if figure <= most else '   OVER'}" if most else ""
    print(f"{name:<50} {figure:8.1f} {unit:<2}{promise}")


def megabytes(data: bytes) -> float:
    """The most memory a new process holds at once while it reads a .docx, in megabytes."""
    code = (
        "import resource, sys; from letters.text.reading import read; read(sys.stdin.buffer.read(), name='a.docx');"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    done = subprocess.run([sys.executable, "-c", code], input=data, capture_output=True, check=True)
    return int(done.stdout) / 1024


def overmarked(old: list[str], new: list[str]) -> float:
    """By how many percent the words a redline marks are more than the words that differ, place by place."""
    pairs = [(a, b) for x, y in zip(old, new, strict=True) for a, b in zip(x.split(), y.split(), strict=True)]
    differing = 2 * sum(a.strip(".") != b.strip(".") for a, b in pairs)
    return 100 * (_redline(old, new).marked_words - differing) / differing


def _redline(old: list[str], new: list[str]) -> Redline:
    before = blocks(old)
    return redline(before, carry_ids(before, blocks(new)))


def _tracked(old: list[str], new: list[str]) -> object:
    before = blocks(old)
    when = datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC)
    return redline_docx(before, carry_ids(before, blocks(new)), author="Ann", when=when)


if __name__ == "__main__":
    main()
