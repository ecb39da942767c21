"""Reads Markdown and pasted text (CommonMark with tables, strikethrough, <sup>, <sub> and footnotes) into blocks;
writing it is up to markdown_out."""

import re
from collections.abc import Callable
from html import unescape

from markdown_it import MarkdownIt
from markdown_it.token import Token

from letters.text.door import Unreadable
from letters.text.inline import Run, allowed, block
from letters.text.numbering import BULLET
from letters.text.places import shorten
from letters.text.source import Loss, Source
from letters.text.tables import Cell, Row, table_block

_MARKS = {"strong": "strong", "em": "em", "s": "s"}
_HTML = re.compile(r"<(/?)(sup|sub|u|s|em|strong|code)>", re.IGNORECASE)
_LINK = re.compile(r'<a href="([^"]*)">|</a>')
# A label Markdown has no list for, such as "a.", at the start of a bullet.
LABEL = '<span class="label">'
# The content of a cell that another one reaches over, or that its row lacks.
COVERED = "<!-- -->"
_NOTE = re.compile(r"^\[\^([^\]\s]{1,40})\]:[ \t]+(.+)$", re.MULTILINE)
_NOTE_MARK = re.compile(r"\[\^([^\]\s]{1,40})\]")


def read_markdown(data: bytes, *, name: str) -> Source:
    """The blocks of a Markdown or plain text file in UTF-8; raises Unreadable for any other encoding."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(f"{name} is not UTF-8 text at byte {error.start + 1}: save it as UTF-8.") from error
    if re.match(r"\s*<(!doctype|html)\b", text, re.IGNORECASE):
        raise Unreadable(f"{name} is a web page: save the letter as Word document (.docx) and upload that.")
    return _Reader().source(text.replace("\r\n", "\n").replace("\r", "\n"))


def inline_runs(words: str) -> list[Run]:
    """The runs of one line of Markdown; what would begin a heading or a list is words here."""
    reader = _Reader()
    return reader._inline(reader._parser.parseInline(words)[0])


class _Reader:
    def __init__(self) -> None:
        self._parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
        # Text pasted with blanks before it is text, not program code, and a tag in it is words.
        self._parser.disable(["code", "html_block"])
        self._source = Source()
        self._lists: list[list[int | str]] = []
        self._label = ""
        self._lost: list[str] = []
        self._quotes = 0
        self._notes: dict[str, str] = {}
        self._used: list[str] = []

    def source(self, text: str) -> Source:
        self._notes = {found[1]: found[2] for found in _NOTE.finditer(text)}
        text = _NOTE.sub("", text)
        self._blocks(self._parser.parse(text))
        for i, name in enumerate(self._used, 1):
            inline = self._parser.parseInline(self._notes[name])[0]
            self._add("footnote", self._inline(inline), label=f"{i}.")
        return self._source

    def _blocks(self, tokens: list[Token]) -> None:
        i = 0
        while i < len(tokens):
            token = tokens[i]
            if token.type == "table_open":
                end = next(k for k in range(i, len(tokens)) if tokens[k].type == "table_close")
                self._table(tokens[i:end])
                i = end
            else:
                _HANDLERS.get(token.type, _Reader._other)(self, token, tokens, i)
            i += 1

    def _heading(self, token: Token, tokens: list[Token], i: int) -> None:
        self._add("heading", self._inline(tokens[i + 1]), level=int(token.tag[1]))

    def _paragraph(self, _token: Token, tokens: list[Token], i: int) -> None:
        label, self._label = self._label, ""
        if label == BULLET:
            label = _own_label(tokens[i + 1]) or label
        runs = self._inline(tokens[i + 1])
        if label:
            self._add("item", runs, level=len(self._lists), label=label)
        else:
            self._add("quote" if self._quotes else "paragraph", runs)

    def _list(self, token: Token, _tokens: list[Token], _i: int) -> None:
        start = int(token.attrGet("start") or 1) if token.attrGet("start") != 0 else 0
        self._lists.append([start, token.markup] if token.type == "ordered_list_open" else [BULLET, ""])

    def _list_end(self, _token: Token, _tokens: list[Token], _i: int) -> None:
        self._lists.pop()

    def _item(self, _token: Token, _tokens: list[Token], _i: int) -> None:
        count, markup = self._lists[-1]
        self._label = BULLET if isinstance(count, str) else f"{count}{markup}"
        if not isinstance(count, str):
            self._lists[-1][0] = count + 1

    def _item_end(self, _token: Token, _tokens: list[Token], _i: int) -> None:
        self._label = ""

    def _quote(self, token: Token, _tokens: list[Token], _i: int) -> None:
        self._quotes += token.nesting

    def _fence(self, token: Token, _tokens: list[Token], _i: int) -> None:
        self._add("paragraph", [Run(token.content.rstrip("\n"), frozenset({"code"}))])

    def _other(self, token: Token, _tokens: list[Token], _i: int) -> None:
        return None

    def _table(self, tokens: list[Token]) -> None:
        rows: list[Row] = []
        head = False
        for i, token in enumerate(tokens):
            if token.type in ("thead_open", "tbody_open"):
                head = token.type == "thead_open"
            elif token.type == "tr_open":
                rows.append(Row(head=head))
            elif token.type in ("th_open", "td_open") and tokens[i + 1].content != COVERED:
                rows[-1].cells.append(Cell(self._inline(tokens[i + 1])))
        self._source.blocks.append(table_block(rows))
        self._settle(inside=True)

    def _inline(self, token: Token) -> list[Run]:
        runs: list[Run] = []
        marks: list[str] = []
        href = ""
        for part in token.children or ():
            kind = part.type.removesuffix("_open").removesuffix("_close")
            if kind in _MARKS:
                (marks.append if part.nesting > 0 else marks.remove)(_MARKS[kind])
            elif kind == "link":
                href = allowed(str(part.attrGet("href") or "")) if part.nesting > 0 else ""
            elif part.type == "html_inline" and (found := _HTML.fullmatch(part.content)):
                name = found[2].lower()
                if not found[1]:
                    marks.append(name)
                elif name in marks:
                    marks.remove(name)
            elif part.type == "html_inline" and (anchor := _LINK.fullmatch(part.content)):
                href = allowed(unescape(anchor[1] or ""))
            elif part.type == "image":
                self._lost.append(f"an image (“{shorten(part.content)}”)" if part.content else "an image")
            elif text := _text(part):
                runs += self._noted(Run(text, frozenset(marks), "" if href.startswith("#") else href))
        return runs

    def _noted(self, run: Run) -> list[Run]:
        """The run with each mark of a defined footnote as a raised, linked number."""
        out: list[Run] = []
        at = 0
        for found in _NOTE_MARK.finditer(run.text):
            if found[1] not in self._notes:
                continue
            if found[1] not in self._used:
                self._used.append(found[1])
            n = self._used.index(found[1]) + 1
            out += [Run(run.text[at : found.start()], run.marks, run.href)]
            out += [Run(str(n), run.marks | {"sup"}, f"#fn-{n}")]
            at = found.end()
        return [*out, Run(run.text[at:], run.marks, run.href)]

    def _add(self, kind: str, runs: list[Run], *, level: int = 0, label: str = "") -> None:
        made = block(kind, runs, level=level, label=label)
        if made.text:
            self._source.blocks.append(made)
        self._settle(inside=bool(made.text))

    def _settle(self, *, inside: bool) -> None:
        at = len(self._source.blocks) - inside
        self._source.losses += [Loss(at, inside, what) for what in self._lost]
        self._lost.clear()


def _own_label(token: Token) -> str:
    """The label written out at the start of a bullet, which is then taken out of its words; else ""."""
    parts = token.children or []
    if len(parts) < 3 or parts[0].content != LABEL or parts[2].content != "</span>":
        return ""
    token.children = parts[3:]
    return " ".join(parts[1].content.split())


def _text(part: Token) -> str:
    if part.type == "softbreak":
        return " "
    if part.type == "hardbreak" or (part.type == "html_inline" and re.fullmatch(r"<br\s*/?>", part.content)):
        return "\n"
    return part.content


_HANDLERS: dict[str, Callable[[_Reader, Token, list[Token], int], None]] = {
    "heading_open": _Reader._heading,
    "paragraph_open": _Reader._paragraph,
    "ordered_list_open": _Reader._list,
    "bullet_list_open": _Reader._list,
    "ordered_list_close": _Reader._list_end,
    "bullet_list_close": _Reader._list_end,
    "list_item_open": _Reader._item,
    "list_item_close": _Reader._item_end,
    "blockquote_open": _Reader._quote,
    "blockquote_close": _Reader._quote,
    "fence": _Reader._fence,
}
