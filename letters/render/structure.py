"""Mends a letter's HTML where PDF/UA (ISO 14289-1) or the page would refuse it; the signed words are left alone."""

import re
from html import escape, unescape

from letters.render.wording import Wording

UNBROKEN = 60  # characters
WHOLE = 50  # characters of an address that a line of the references can hold beside other words

_ID = re.compile(r'\sid="([^"]+)"')
_INNER_LINK = re.compile(r'<a(?=[^>]*\shref="#([^"]+)")[^>]*>(.*?)</a>', re.S)
_TO_REFERENCE = re.compile(r'<a href="#ref-(\d+)"')
_CITED = re.compile(r'\s*<span class="cited"[^>]*>(.*?)</span>', re.S)
_TABLE = re.compile(r"<table[ >].*?</table>", re.S)
_ROW = re.compile(r"<tr[ >].*?</tr>", re.S)
_HEADING = re.compile(r"<h([2-6])([ >].*?)</h\1>", re.S)


def mended(letter_html: str, words: Wording) -> str:
    """The letter with links that fit, live and tell where they lead, heads for tables, and headings step by step."""
    linked = named_references(living_links(back_arrows(letter_html, words)), words)
    return stepwise_headings(headed_tables(marked_links(linked)))


def named_references(letter_html: str, words: Wording) -> str:
    """The letter with a title on each link to a reference, which finisher makes the description of the link."""
    return _TO_REFERENCE.sub(lambda link: f'{link[0]} title="{escape(words.reference.format(n=link[1]))}"', letter_html)


def back_arrows(letter_html: str, words: Wording) -> str:
    """The letter with an arrow for each link from a reference back to the text; on screen these links are words.

    Paper shows the words that are signed and next to nothing else; where an arrow leads stands in its title, which
    finisher makes the description of the link.
    """

    def arrows(cited: re.Match[str]) -> str:
        found = enumerate(_INNER_LINK.findall(cited[1]), 1)
        told = ((target, words.cited.format(place=unescape(place), n=n)) for n, (target, place) in found)
        links = (f'<a href="#{escape(unescape(target))}" title="{escape(title)}">↑</a>' for target, title in told)
        return f'&nbsp;<span class="cited">{" ".join(links)}</span>'

    return _CITED.sub(arrows, letter_html)


def living_links(letter_html: str) -> str:
    """The letter with only the text left of a link to a place it does not have.

    Such a link gets no annotation in the PDF, and one without breaks PDF/UA (section 7.18.5).
    """
    there = set(_ID.findall(letter_html))
    return _INNER_LINK.sub(lambda link: link[0] if link[1] in there else link[2], letter_html)


def marked_links(letter_html: str) -> str:
    """The letter with a class for links that are longer than a line and offer no place to break.

    Another class marks short addresses: in the ragged lines of the references they move on in one piece.

    Only these may be broken anywhere: WeasyPrint would break the number of every other link, too.
    """

    def marked(link: re.Match[str]) -> str:
        longest = max(map(len, re.split(r"[\s/?-]", link[1])))
        if longest > UNBROKEN:
            return f'<a class="unbroken"{link[0][2:]}'
        whole = "/" in link[1] and len(link[1]) <= WHOLE
        return f'<a class="whole"{link[0][2:]}' if whole else link[0]

    return re.sub(r"<a(?= href)[^>]*>([^<]*)</a>", marked, letter_html)


def headed_tables(letter_html: str) -> str:
    """The letter with the first row of a table as its head where no cell is one (section 7.5)."""
    return _TABLE.sub(lambda table: table[0] if "<th" in table[0] else _with_head(table[0]), letter_html)


def _with_head(table: str) -> str:
    def head(row: re.Match[str]) -> str:
        return re.sub(r"<td(?=[ >])", '<th scope="col"', row[0]).replace("</td>", "</th>")

    return _ROW.sub(head, table, count=1)


def stepwise_headings(letter_html: str) -> str:
    """The letter with each heading one level below the one it belongs to; its title is level 1 (section 7.4.2)."""
    above: list[int] = []

    def stepped(heading: re.Match[str]) -> str:
        level = int(heading[1])
        while above and above[-1] >= level:
            above.pop()
        above.append(level)
        return f"<h{len(above) + 1}{heading[2]}</h{len(above) + 1}>"

    return _HEADING.sub(stepped, letter_html)
