"""Reads a .docx (ECMA-376) into blocks: opens its parts and joins what body, notes and revisions find."""

from dataclasses import replace

from lxml import etree

from letters.text.blocks import Block
from letters.text.body import Body
from letters.text.comments import Comments
from letters.text.door import MAX_WORDS, Package, Unreadable
from letters.text.fields import Fields
from letters.text.inline import Run, block
from letters.text.notes import Notes
from letters.text.numbering import Numbering
from letters.text.ooxml import W, main_part, relations, words_in
from letters.text.places import shorten
from letters.text.revisions import Revisions
from letters.text.runs import Context
from letters.text.source import Loss, Source
from letters.text.styles import Styles


def read_docx(data: bytes, *, name: str, reject: bool) -> Source:
    """The blocks of a Word document with tracked changes accepted, or rejected; raises Unreadable."""
    package = Package(data, name=name)
    try:
        return _Document(package, reject=reject).source()
    except RecursionError as error:
        raise Unreadable(f"{name} is nested too deeply: open it in Word and save it again.") from error


class _Document:
    def __init__(self, package: Package, *, reject: bool) -> None:
        self._package = package
        self._main = main_part(package)
        self._root = package.xml(self._main)
        self._limit()
        self._folder = self._main.rpartition("/")[0]
        self._relations = relations(package, self._main)
        self._numbering = Numbering(self._part("numbering"))
        settings = self._part("settings")
        self._notes = Notes(
            {"footnote": self._part("footnotes"), "endnote": self._part("endnotes")},
            [root for root in (settings, self._root) if root is not None],
        )
        self._context = Context(
            styles=Styles(self._part("styles")),
            fields=Fields(self._root),
            revisions=Revisions(reject=reject),
            comments=Comments(self._part("comments"), self._part("commentsExtended")),
            links=self._links(self._relations),
            notes=self._notes,
        )

    def source(self) -> Source:
        body = Body(self._context, self._numbering)
        top = self._root.find(f"{W}body")
        if top is None:
            raise Unreadable(f"{self._package.name} has no text: choose the file with the letter.")
        body.read(top)
        body.finish()
        self._add_notes(body)
        blocks = [self._anchored(made) for made in body.blocks]
        comments = self._context.comments.kept(len(blocks))
        losses = body.losses + self._margins() + self._context.comments.dropped()
        return Source(blocks, losses, self._context.revisions.found, comments)

    def _add_notes(self, body: Body) -> None:
        links, fields = self._context.links, self._context.fields
        for note in self._notes.used():
            part = f"{self._folder}/{note.kind}s.xml"
            self._context.links = self._links(relations(self._package, part))
            self._context.fields = Fields(note.element)
            runs: list[Run] = []
            for paragraph in note.element.iter(f"{W}p"):
                runs += [*body.lines(paragraph), Run("\n")]
            label = f"{note.label}." if note.label.isalnum() else note.label
            body.add(block("footnote", runs, label=label))
        self._context.links, self._context.fields = links, fields

    def _anchored(self, made: Block) -> Block:
        for preliminary, final in self._notes.anchors().items():
            made = replace(made, html=made.html.replace(f'href="{preliminary}"', f'href="{final}"'))
        return made

    def _margins(self) -> list[Loss]:
        """Words in page headers and footers, such as a letterhead; bare page numbers are nothing to
        report."""
        losses = []
        for kind, target in self._relations.values():
            part = f"{self._folder}/{target}"
            if kind in ("header", "footer") and part in self._package:
                words = words_in(self._package.xml(part))
                if any(char.isalpha() for char in words.replace("Page", "").replace("of", "")):
                    losses.append(Loss(-1, False, f"the page {kind} (“{shorten(words)}”)"))
        return list(dict.fromkeys(losses))

    def _limit(self) -> None:
        words = sum((node.text or "").count(" ") for node in self._root.iter(f"{W}t"))
        if words > MAX_WORDS:
            raise Unreadable(
                f"{self._package.name} has about {words:,} words, more than the {MAX_WORDS:,} a letter may "
                "have: upload the letter without its appendices."
            )

    def _part(self, kind: str) -> etree._Element | None:
        for is_kind, target in self._relations.values():
            part = target.lstrip("/") if target.startswith("/") else f"{self._folder}/{target}"
            if is_kind == kind and part in self._package:
                return self._package.xml(part)
        part = f"{self._folder}/{kind}.xml"
        return self._package.xml(part) if part in self._package else None

    @staticmethod
    def _links(found: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
        return {name: entry for name, entry in found.items() if entry[0] == "hyperlink"}
