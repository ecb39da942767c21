"""The numbers of lists as Word shows them, from word/numbering.xml; spelling of one number is in counting."""

import re
from dataclasses import dataclass, field

from lxml import etree

from letters.text.counting import spelled
from letters.text.ooxml import W, child, number, switch, value

BULLET = "•"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list definition (17.9.6): number format, pattern such as "%1.", first number."""

    form: str
    pattern: str
    start: int
    restart: int | None
    legal: bool
    style: str | None


@dataclass(slots=True)
class _List:
    abstract: str
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, Level] = field(default_factory=dict)


class Numbering:
    """Counts list paragraphs in reading order; call `label` once for each numbered paragraph a reader
    sees."""

    def __init__(self, root: etree._Element | None) -> None:
        self._abstract: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is not None:
            self._load(root)

    def level_of_style(self, list_id: str, style: str) -> int:
        """The level (0-based) a paragraph style is tied to in a list, else 0."""
        of = self._lists.get(list_id)
        levels = self._abstract.get(of.abstract, {}) if of else {}
        return next((depth for depth, level in levels.items() if level.style == style), 0)

    def label(self, list_id: str, depth: int) -> str | None:
        """Count one paragraph at a 0-based level and return what stands before it; None when the list is
        unknown.

        Lists that share a definition go on counting together, whatever stands between them, unless a list
        brings a start of its own (17.9.27), which takes effect the first time this list is met at that level.
        """
        of = self._lists.get(list_id)
        level = self._level(list_id, depth)
        if of is None or level is None:
            return None
        counts = self._counts.setdefault(of.abstract, {})
        start = of.starts.get(depth, level.start)
        if depth in of.starts and (list_id, depth) not in self._begun:
            counts.pop(depth, None)
        self._begun.add((list_id, depth))
        counts[depth] = counts.get(depth, start - 1) + 1
        for deeper in [d for d in counts if d > depth]:
            below = self._level(list_id, deeper)
            if below is None or below.restart is None or (below.restart > 0 and depth < below.restart):
                del counts[deeper]
        if level.form == "bullet":
            return BULLET
        return self._fill(list_id, level, counts)

    def _fill(self, list_id: str, level: Level, counts: dict[int, int]) -> str:
        def figure(found: re.Match[str]) -> str:
            depth = int(found[1]) - 1
            of = self._level(list_id, depth)
            count = counts.get(depth, of.start if of else 1)
            return spelled(count, "decimal" if level.legal or of is None else of.form)

        return re.sub(r"%([1-9])", figure, level.pattern).strip() if level.form != "none" else ""

    def _level(self, list_id: str, depth: int) -> Level | None:
        of = self._lists.get(list_id)
        if of is None:
            return None
        return of.levels.get(depth) or self._abstract.get(of.abstract, {}).get(depth)

    def _load(self, root: etree._Element) -> None:
        by_style: dict[str, str] = {}
        borrowed: dict[str, str] = {}
        for abstract in root.iter(f"{W}abstractNum"):
            name = abstract.get(f"{W}abstractNumId", "")
            self._abstract[name] = dict(_level(lvl) for lvl in abstract.iter(f"{W}lvl"))
            if (style := value(abstract, "w:styleLink")) is not None:
                by_style[style] = name
            if (style := value(abstract, "w:numStyleLink")) is not None:
                borrowed[name] = style
        for num in root.iter(f"{W}num"):
            name = value(num, "w:abstractNumId") or ""
            of = _List(by_style.get(borrowed.get(name, ""), name))
            for override in num.iter(f"{W}lvlOverride"):
                depth = number(override.get(f"{W}ilvl")) or 0
                if (start := number(value(override, "w:startOverride"))) is not None:
                    of.starts[depth] = start
                if (lvl := child(override, "w:lvl")) is not None:
                    of.levels[depth] = _level(lvl)[1]
            self._lists[num.get(f"{W}numId", "")] = of


def _level(lvl: etree._Element) -> tuple[int, Level]:
    start = number(value(lvl, "w:start"))
    return number(lvl.get(f"{W}ilvl")) or 0, Level(
        form=value(lvl, "w:numFmt") or "decimal",
        pattern=value(lvl, "w:lvlText") or "",
        start=1 if start is None else start,
        restart=number(value(lvl, "w:lvlRestart")),
        legal=bool(switch(child(lvl, "w:isLgl"))),
        style=value(lvl, "w:pStyle"),
    )
