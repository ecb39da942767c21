"""The words of an HTML mail as plain text, with the addresses its links lead to; nothing of the HTML is kept."""

from collections.abc import Mapping

from lxml import etree

_MOST = 1_000_000  # characters of HTML that are looked at
_SILENT = frozenset({"script", "style", "head", "title", "template", "noscript", "svg"})
_APART = frozenset({"blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "p", "table", "ul", "ol"})
_LINES = _APART | {
    "address", "article", "br", "div", "dl", "dt", "dd", "figure", "footer", "form", "header", "hr", "main", "nav",
    "pre", "section", "tr",
}  # fmt: skip


class _Words:
    """What lxml's parser reports to, in one pass and in time that grows with the length alone."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.silent = 0
        self.href = ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """A tag opens."""
        if tag in _SILENT:
            self.silent += 1
        elif tag == "a":
            self.href = attributes.get("href", "")
        elif tag == "li":
            self.found.append("\n- ")
        elif tag in ("td", "th"):
            self.found.append(" ")
        elif tag in _LINES:
            self.found.append("\n\n" if tag in _APART else "\n")

    def end(self, tag: str) -> None:
        """A tag closes; the parser closes what the mail left open."""
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag == "a":
            if self.href.startswith(("http://", "https://")) and self.href not in "".join(self.found[-3:]):
                self.found.append(f" <{self.href[:500]}>")
            self.href = ""
        elif tag in _APART:
            self.found.append("\n\n")

    def data(self, data: str) -> None:
        """Words between tags."""
        if not self.silent:
            self.found.append(data.replace("\r", " ").replace("\n", " "))

    def close(self) -> list[str]:
        """All that was found."""
        return self.found


def plain(html: str) -> str:
    """The words in the order they stand, blocks on lines of their own."""
    words = _Words()
    parser = etree.HTMLParser(target=words, no_network=True, recover=True)  # type: ignore[arg-type]
    try:
        parser.feed(html[:_MOST].replace("\0", "").encode("utf-8", "replace").decode("utf-8"))
        parser.close()
    except (etree.LxmlError, ValueError):  # empty, or nested beyond what libxml2 follows; what was found stays
        pass
    return "\n".join(" ".join(line.split()) for line in "".join(words.found).split("\n"))
