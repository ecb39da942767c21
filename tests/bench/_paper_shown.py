"""What the figures of a sealed paper must be, and how they are shown; taking them is paper's and _job's."""

from collections.abc import Sequence
from typing import Any

from tests.bench._watched import WORKER

RECORDED = {10_000: 54, 50_000: 410}  # CPU seconds of one pass, measured once on an idle machine of two cores
HALF, WHOLE, GROWTH = 50_000, 100_000, 1.25  # from the half to the whole no process grows by more
PASS = "child that prints in one pass"
Figures = dict[str, Any]


def single_of(figures: Figures) -> float:
    """CPU seconds of one pass: of this run, else those recorded; 0 where there are none."""
    return float(figures["one pass"]["cpu"] if "one pass" in figures else RECORDED.get(figures["signatories"], 0))


def largest(figures: Figures) -> int:
    """Megabytes of the largest process, that of one pass left out."""
    return max(size for does, size in figures["peaks"].items() if does != PASS or figures["signatories"] <= 300)


def held(found: Sequence[Figures], jobs: Sequence[Figures]) -> list[str]:
    """The figures that were not reached, as sentences."""
    missed = []
    for figures in found:
        number, whole = figures["signatories"], figures["all"]
        single = single_of(figures)
        goals = [
            (not figures["faults"], "the file has faults"),
            (number != 34 or (whole["clock"] < 3 and figures["KB"] < 400), "not in 3 s and 400 KB"),
            (number != 1_000 or whole["clock"] < 5, "not in 5 s"),
            (number != 3_000 or figures["one name more"]["clock"] < 1, "one name more takes over 1 s"),
            (number != 10_000 or whole["cpu"] * 5 <= single, "not 5 times as fast as one pass"),
            (number != HALF or whole["cpu"] * 10 <= single, "not 10 times as fast as one pass"),
            (largest(figures) < 400 or number < 10_000, "over 400 MB"),
            (number != WHOLE or whole["clock"] < 120, "not in 2 minutes"),
        ]  # fmt: skip
        missed += [f"{number:,}: {sentence}" for holds, sentence in goals if not holds]
    for figures in jobs:
        goals = [
            (figures["holds"], "the sealed file does not hold"),
            (0 < figures["parts drawn before the kill"] < figures["parts"], "not killed in the middle"),
            (figures["of them drawn again"] == 0, "parts were drawn again"),
            (largest(figures) < 500, "over 500 MB"),
        ]
        missed += [f"job on {figures['on']}: {sentence}" for holds, sentence in goals if not holds]
    return [*missed, *_grown({figures["signatories"]: figures["peaks"] for figures in found})]


def _grown(peaks: dict[int, dict[str, int]]) -> list[str]:
    """The processes that grow with the letter, as sentences."""
    half, whole = peaks.get(HALF, {}), peaks.get(WHOLE, {})
    return [
        f"{does}: {half[does]} MB at {HALF:,} and {whole[does]} at {WHOLE:,}"
        for does in half
        if does in whole and whole[does] > GROWTH * half[does]
    ]


def shown(found: Sequence[Figures]) -> str:
    """A table: one column per size, seconds of CPU and, behind a stroke, of the clock; then megabytes per process."""
    rows = ["render", "of it body and parts", "seal", "check", "all", "one name more", "one pass", "times as fast"]
    rows += ["parts", "KB", "KB of evidence"]

    def cell(figures: Figures, row: str) -> str:
        value = figures.get(row)
        if value is None and row == "one pass" and figures["signatories"] in RECORDED:
            return f"({RECORDED[figures['signatories']]} recorded)"
        if row == "times as fast" and single_of(figures):
            times = f"{single_of(figures) / figures['all']['cpu']:.1f}"
            return times if "one pass" in figures else f"({times})"
        return _said(value)

    lines = [["signatories", *(f"{figures['signatories']:,}" for figures in found)]]
    lines += [[row, *(cell(figures, row) for figures in found)] for row in rows]
    lines += [["", *("" for _ in found)], ["most MB held by", *("" for _ in found)]]
    lines += _peaks(found)
    lines += [["(worker, before it began)", *(_said(figures["MB before"]) for figures in found)]]
    return _table(lines)


def shown_jobs(jobs: Sequence[Figures]) -> str:
    """A table: one column per database."""
    rows = [row for row in (jobs[0] if jobs else ()) if row not in ("on", "peaks")]
    lines = [["", *("" for _ in jobs)], ["a real job, killed, on", *(figures["on"] for figures in jobs)]]
    lines += [[row, *(_said(figures[row]) for figures in jobs)] for row in rows]
    lines += [["most MB held by", *("" for _ in jobs)], *_peaks(jobs)]
    return _table(lines) if jobs else ""


def _peaks(found: Sequence[Figures]) -> list[list[str]]:
    sorts = dict.fromkeys(does for figures in found for does in figures["peaks"])
    names = {WORKER: "worker, all in all"}
    return [[f"  {names.get(does, does)}", *(_said(figures["peaks"].get(does)) for figures in found)] for does in sorts]


def _said(value: Any) -> str:
    if isinstance(value, dict):
        return f"{value['cpu']:.2f}/{value['clock']:.2f}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "–" if value is None else f"{value:,}"


def _table(lines: Sequence[Sequence[str]]) -> str:
    return "\n".join((f"{line[0]:<32}" + "".join(f"{value:>18}" for value in line[1:])).rstrip() for line in lines)
