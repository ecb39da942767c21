"""The comments of a .docx, gathered while its text is read: words, place, thread; storing them is left to others."""

from dataclasses import dataclass, field

from lxml import etree

from letters.text.ooxml import ON, W, words_in
from letters.text.places import shorten
from letters.text.source import Comment, Loss

# [MS-DOCX] 2.5.4.2: a paragraph's own number, and 2.5.3: which comment answers which, and whether it is done.
_PARAGRAPH = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_SPOKEN = {f"{W}tab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "\u2011"}


# A comment may be on the whole letter; so many characters of it say which words are meant.
_QUOTE = 600
# Word answers only first comments; deeper than this is no talk but a trap.
_DEEPEST = 16


@dataclass(slots=True)
class _Anchor:
    """Where a comment hangs: index of the block, and which of the words read so far are its own.

    `words` and `hidden` are [from, to) in the list of words shown and in the count of words left out.
    """

    index: int
    words: list[int] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    marked_out: bool = False
    inside: bool = True
    quote: str = ""

    @property
    def gone(self) -> bool:
        """Whether all it hung on is left out of the text."""
        return not self.quote and (self.marked_out or self.hidden[:1] != self.hidden[1:])


class Comments:
    """Told of each anchor and of each word in reading order; `kept` and `dropped` then have every comment once."""

    def __init__(self, root: etree._Element | None, extended: etree._Element | None = None) -> None:
        """From the roots of word/comments.xml and word/commentsExtended.xml."""
        self._said = {c.get(f"{W}id", ""): c for c in root.iter(f"{W}comment")} if root is not None else {}
        self._parents, self._done = _threads(self._said, extended)
        self._anchors: dict[str, _Anchor] = {}
        self._unsettled: list[_Anchor] = []
        self._words: list[tuple[int, str]] = []
        self._hidden = 0

    def opened(self, name: str, index: int) -> None:
        """The words of a comment begin in the block with that index."""
        anchor = self._anchor(name, index)
        anchor.words, anchor.hidden = [len(self._words)], [self._hidden]

    def closed(self, name: str) -> None:
        """The words of a comment end."""
        anchor = self._anchors.get(name)
        if anchor and len(anchor.words) == 1:
            anchor.words.append(len(self._words))
            anchor.hidden.append(self._hidden)
            self._quote(anchor)

    def referred(self, name: str, index: int, *, hidden: bool) -> None:
        """The mark of a comment stands in the block with that index, itself perhaps in words left out."""
        self._anchor(name, index).marked_out |= hidden

    def words(self, text: str, index: int, *, hidden: bool) -> None:
        """Words of the text were read; hidden ones are left out of it."""
        if not hidden:
            self._words.append((index, text))
        elif text.strip():
            self._hidden += 1

    def passed(self, element: etree._Element, index: int) -> None:
        """Deleted words were passed over with all that hangs on them."""
        for node in element.iter(f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}commentReference"):
            name = node.get(f"{W}id", "")
            if node.tag == f"{W}commentRangeStart":
                self.opened(name, index)
            elif node.tag == f"{W}commentRangeEnd":
                self._hidden += 1
                self.closed(name)
            self._anchor(name, index).marked_out = True

    def settled(self, *, inside: bool) -> None:
        """A paragraph ended, and became a block or did not."""
        for anchor in self._unsettled:
            anchor.inside = inside
        self._unsettled.clear()

    def kept(self, blocks: int) -> list[Comment]:
        """The comments on words of the text, thread by thread in reading order, replies behind what they answer.

        Call it once, when all was read, and before `dropped`; `blocks` is the number of blocks.
        """
        for name in self._anchors:
            self.closed(name)
        there = {name: at for name in self._said if (at := self._place(name)) and not at.gone}
        met = {name: i for i, name in enumerate([*self._anchors, *self._said])}
        order = {
            name: [(self._anchors[one].index if one in self._anchors else 0, met[one]) for one in self._thread(name)]
            for name in there
        }
        return [self._comment(name, there[name], there, blocks) for name in sorted(there, key=order.__getitem__)]

    def dropped(self) -> list[Loss]:
        """The comments whose words are not in the text, each with the place where they hung."""
        losses = []
        for name in self._said:
            at = self._place(name)
            who = self._said[name].get(f"{W}author", "") or "somebody"
            what = f"a comment by {who} (“{shorten(self._text(name))}”)"
            if at is None:
                losses.append(Loss(-1, False, f"{what} on nothing in the text"))
            elif at.gone:
                losses.append(Loss(at.index, at.inside, f"{what} on deleted words"))
        return losses

    def _anchor(self, name: str, index: int) -> _Anchor:
        if name not in self._anchors:
            self._anchors[name] = _Anchor(index)
            self._unsettled.append(self._anchors[name])
        return self._anchors[name]

    def _thread(self, name: str) -> list[str]:
        """The first comment of the thread, and so on down to this one."""
        found = [name]
        while found[0] in self._parents:
            found.insert(0, self._parents[found[0]])
        return found

    def _place(self, name: str) -> _Anchor | None:
        """Where the comment hangs, or else the nearest one it answers that has a place of its own."""
        return next((self._anchors[one] for one in reversed(self._thread(name)) if one in self._anchors), None)

    def _quote(self, anchor: _Anchor) -> None:
        """The words of a range, and the block in which the first of them stands."""
        first, last = anchor.words
        quote = ""
        for at in range(first, last):
            index, text = self._words[at]
            if text.strip() and not quote.strip():
                anchor.index, anchor.inside = index, True
            quote += text
            if len(quote) > _QUOTE:
                break
        anchor.quote = shorten(quote, _QUOTE)

    def _comment(self, name: str, at: _Anchor, there: dict[str, _Anchor], blocks: int) -> Comment:
        said = self._said[name]
        parent = self._parents.get(name, "")
        return Comment(
            id=name,
            parent=parent if parent in there else "",
            author=" ".join(said.get(f"{W}author", "").split()),
            date=said.get(f"{W}date", ""),
            text=self._text(name),
            quote=at.quote,
            resolved=any(one in self._done for one in self._thread(name)),
            index=min(at.index, blocks - 1),
        )

    def _text(self, name: str) -> str:
        spoken = ("".join(_words(p)).strip() for p in self._said[name].iter(f"{W}p"))
        return "\n".join(filter(None, spoken)) or words_in(self._said[name])


def _words(paragraph: etree._Element) -> list[str]:
    return [
        (node.text or "") if node.tag == f"{W}t" else _SPOKEN[str(node.tag)]
        for node in paragraph.iter(f"{W}t", *_SPOKEN)
    ]


def _threads(said: dict[str, etree._Element], extended: etree._Element | None) -> tuple[dict[str, str], set[str]]:
    """Comment -> the comment it answers, without circles and not too deep, and the comments that are resolved.

    The file names each comment by the last of its paragraphs.
    """
    if extended is None:
        return {}, set()
    names = {p.get(_PARAGRAPH): name for name, one in said.items() for p in one.iter(f"{W}p") if p.get(_PARAGRAPH)}
    parents: dict[str, str] = {}
    done = set()
    for entry in extended.iter(f"{_W15}commentEx"):
        name = names.get(entry.get(f"{_W15}paraId", ""), "")
        parent = names.get(entry.get(f"{_W15}paraIdParent", ""), "")
        if name and entry.get(f"{_W15}done", "") in ON:
            done.add(name)
        if name and parent and name != parent:
            parents[name] = parent
    for name in list(parents):
        above, steps = parents[name], 1
        while above in parents and steps < _DEEPEST:
            above, steps = parents[above], steps + 1
        if above in parents:
            del parents[name]
    return parents, done
