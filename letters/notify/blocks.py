"""One text for both parts of a mail: what stands in the plain part and, built from the same lines, the HTML.

Blank lines part paragraphs. A line of four blanks and more is said aloud (a title, a quotation); `- ` begins a point;
`[Label] address` is a button where the address is this site's; a fence of three backticks holds what is kept as it is.
"""

import itertools
import re
from collections.abc import Iterator

from django.conf import settings
from django.utils.html import escape

# Secrets never stand in a row: these words are replaced while the message is being sent.
LINK, CODE, TYPED, STOP = "@@LINK@@", "@@CODE@@", "@@TYPED@@", "@@STOP@@"
FENCE = "```"
BUTTON = re.compile(r"\[([^\]\n]+)\] (\S+)")
SAID = "    "
DIGITS = re.compile(rf"{CODE}|\d{{6}}")


def said(words: str) -> str:
    """Somebody else's words, indented line by line, so that nothing in them is taken for a button or a list."""
    return "\n".join(f"{SAID}{line.strip()}" for line in words.strip().splitlines())


def own_address(address: str) -> bool:
    """True for an address of this site, or the place where one is filled in."""
    return address in (LINK, STOP) or address.startswith(f"{settings.SITE_URL}/")


def _button(line: str) -> tuple[str, str] | None:
    found = BUTTON.fullmatch(line)
    return (found[1], found[2]) if found and own_address(found[2]) else None


def plain(text: str) -> str:
    """The plain part: a button becomes its label and the address below it; fences fall away."""
    lines = []
    for line in text.splitlines():
        button = _button(line)
        if button:
            lines += [f"{button[0]}:", button[1]]
        elif line != FENCE:
            lines.append(line.rstrip())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def html(text: str) -> str:
    """The same lines as HTML, escaped; the classes are those of templates/mail/frame.html."""
    return "\n".join(_html(kind, lines) for kind, lines in _groups(text))


def _kind(line: str) -> str:
    if not line.strip():
        return ""
    if _button(line):
        return "button"
    if line.startswith(SAID):
        return "said"
    return "point" if line.startswith("- ") else "p"


def _groups(text: str) -> Iterator[tuple[str, list[str]]]:
    """Neighbouring lines of one kind; what stands between fences is one group."""
    for place, part in enumerate(re.split(rf"^{FENCE}$\n?", text, flags=re.MULTILINE)):
        if place % 2:
            yield "kept", [part.strip("\n")]
            continue
        for kind, lines in itertools.groupby(part.splitlines(), _kind):
            if kind:
                yield kind, list(lines)


def _html(kind: str, lines: list[str]) -> str:
    if kind == "button":
        return "".join(_html_button(*found) for line in lines if (found := _button(line)))
    if kind == "kept":
        return f'<pre class="kept">{escape(lines[0])}</pre>'
    if kind == "point":
        return "<ul>" + "".join(f"<li>{linked(line[2:])}</li>" for line in lines) + "</ul>"
    joined = "<br>".join(linked(line.strip()) for line in lines)
    if kind == "said":
        name = "digits" if DIGITS.fullmatch(lines[0].strip()) else "said"
        return f'<p class="{name}">{joined}</p>'
    return f"<p>{joined}</p>"


def _html_button(label: str, address: str) -> str:
    to = escape(address)
    return (
        f'<p class="act"><a class="button" href="{to}">{escape(label)}</a></p>'
        f'<p class="address"><a href="{to}">{to}</a></p>'
    )


def linked(line: str) -> str:
    """One line, escaped, with the addresses of this site as links."""
    ours = re.compile(rf"{LINK}|{STOP}|{re.escape(str(escape(settings.SITE_URL)))}/[^\s<]*[^\s<.,;:)]")
    return ours.sub(lambda found: f'<a href="{found[0]}">{found[0]}</a>', str(escape(line)))
