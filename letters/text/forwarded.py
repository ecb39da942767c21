"""Reads from a mail that was forwarded inline who wrote it, when and about what; what is not clear is left as it is."""

import datetime
import email.utils
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

_LOOKED_AT = 20_000  # characters; the head of what was forwarded stands near the beginning
_LINES = 400
_FURTHER = 3  # lines over which one value of the head may run
_LONGEST = 40  # lines of one head
FROM, DATE, SUBJECT, TO = "from", "date", "subject", "to"
# The names programs write before the values of a head, in the languages of those who forward to us.
_NAMES: Mapping[str, tuple[str, ...]] = {
    FROM: ("from", "von", "de", "da", "van"),
    DATE: ("date", "sent", "datum", "gesendet", "gesendet am", "envoyé", "envoyé le", "fecha", "enviado", "enviado el",
           "data", "inviato", "verzonden", "enviada em"),
    SUBJECT: ("subject", "betreff", "objet", "sujet", "asunto", "oggetto", "onderwerp", "assunto"),
    TO: ("to", "an", "à", "a", "pour", "para", "aan", "cc", "kopie", "copie à", "copia", "reply-to", "antwort an"),
}  # fmt: skip
_KINDS = {name: kind for kind, names in _NAMES.items() for name in names}
_LINE = re.compile(r"[ \t\xa0]*\*{0,2}([^\W\d_][\w \xa0-]{0,14}?)[ \t\xa0]?\*{0,2}:\*{0,2}[ \t\xa0]*(.*)")
_QUOTED = re.compile(r"^(?:>[ \t]?){1,9}")
_MARKS = frozenset({
    "forwarded message", "begin forwarded message",
    "weitergeleitete nachricht", "anfang der weitergeleiteten nachricht",
    "message transféré", "message transmis", "début du message transféré", "début du message réexpédié",
    "mensaje reenviado", "inicio del mensaje reenviado", "messaggio inoltrato", "inizio messaggio inoltrato",
    "doorgestuurd bericht", "mensagem encaminhada",
})  # fmt: skip
_FORWARDED = re.compile(r"\s*(?:fwd?|fw|wg|tr|rv|enc|i)\s*:", re.IGNORECASE)
_ANSWERED = re.compile(r"\s*(?:re|aw|antw|sv|rép|rif|r)\s*:", re.IGNORECASE)
_MONTHS = (
    ("jan", "ene", "gen"), ("feb", "fév", "fev"), ("mar", "mär", "mrz", "mrt", "maa"), ("apr", "avr", "abr"),
    ("may", "mai", "mag", "mei"), ("jun", "juin", "giu"), ("jul", "juil", "lug"), ("aug", "aoû", "ago"),
    ("sep", "set"), ("oct", "okt", "ott", "out"), ("nov",), ("dec", "dez", "déc", "dic"),
)  # fmt: skip

_NO_MONTH = ("martes", "marted", "mardi", "maandag")  # days of the week that begin like a month


@dataclass(frozen=True, slots=True)
class Original:
    """Who wrote what was forwarded, its subject ("" where the head has none), and its day where that can be read."""

    sender: str
    title: str
    day: datetime.date | None


def original(title: str, text: str) -> Original | None:
    """What the quoted head of a forwarded mail says; None for a mail that was not, or not clearly, forwarded.

    `title` is the subject of the mail as it came, `text` its words. An answer that quotes what it answers is none.
    """
    if _ANSWERED.match(title):
        return None
    lines = [_QUOTED.sub("", line) for line in text[:_LOOKED_AT].split("\n")[:_LINES]]
    marked = next((at for at, line in enumerate(lines) if line.strip(" \t-–—_*:.\xa0").casefold() in _MARKS), None)
    if marked is not None:
        starts = range(marked + 1, min(marked + 1 + _FURTHER, len(lines)))
    elif _FORWARDED.match(title):
        starts = range(len(lines))
    else:
        return None
    heads = (_head(lines, at) for at in starts)
    head = next((one for one in heads if one.get(FROM) and len(one) >= 3), None)
    if head is None:
        return None
    return Original(_one(head[FROM])[:200], _one(head.get(SUBJECT, ""))[:300], day_of(head.get(DATE, "")))


def _head(lines: Sequence[str], at: int) -> dict[str, str]:
    """The values of the head that begins on this line, by what they are; empty where none begins there."""
    found: dict[str, str] = {}
    kind = ""
    for place in range(at, min(at + _LONGEST, len(lines))):
        named, blank = _named(lines[place]), not lines[place].strip()
        if named and named[0] in found and named[0] != TO:  # the head of what this one forwarded in its turn
            break
        if named:
            kind = named[0]
            found.setdefault(kind, named[1])
            continue
        if not found or ((blank or found[kind]) and not _goes_on(lines, place, 1 if blank else _FURTHER)):
            break
        found[kind] = f"{found[kind]} {lines[place].strip()}".strip()
    return found


def _named(line: str) -> tuple[str, str] | None:
    """(what it is, its value) of a line of a head."""
    found = _LINE.fullmatch(line.rstrip("\r"))
    kind = _KINDS.get(" ".join(found[1].replace("\xa0", " ").casefold().split())) if found else None
    return (kind, found[2].strip()) if found and kind else None


def _goes_on(lines: Sequence[str], at: int, within: int) -> bool:
    """Whether the head goes on so soon behind this line that the line belongs to it."""
    return any(_named(line) for line in lines[at + 1 : at + 1 + within])


def _one(value: str) -> str:
    return " ".join(value.replace("*", " ").split())


def day_of(words: str) -> datetime.date | None:
    """The day in a date as mail programs write it; None where it cannot be read, or could be two days."""
    words = words[:200]
    return next(filter(None, (read(words) for read in (_standard, _by_figures, _by_name))), None)


def _standard(words: str) -> datetime.date | None:
    """RFC 5322: “Wed, 19 Mar 2025 10:00:00 +0000”."""
    try:
        return email.utils.parsedate_to_datetime(words).date()
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return None


def _by_figures(words: str) -> datetime.date | None:
    """“2025-03-19”, “19.03.2025”; with slashes only where a figure can be no month."""
    iso = re.search(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)", words)
    if iso:
        return _day(iso[1], iso[2], iso[3])
    written = re.search(r"\b(\d{1,2})([./])(\d{1,2})\2(\d{4})\b", words)
    if not written:
        return None
    first, second = int(written[1]), int(written[3])
    if written[2] == "." or first > 12 or first == second:
        return _day(written[4], second, first)
    return _day(written[4], first, second) if second > 12 else None


def _by_name(words: str) -> datetime.date | None:
    """“19 March 2025”, “Wednesday, March 19, 2025 10:00 AM”, “19. März 2025 um 10:00”, “19 de marzo de 2025”."""
    year, months = re.search(r"\b(?:19|20)\d\d\b", words), list(_months(words))
    if not (year and months):
        return None
    days = [found for found in re.findall(r"(?<![\d:.])\d{1,2}(?![\d:]|\.\d)", words[: year.start()]) if int(found)]
    return _day(year[0], months[0], days[0]) if len(days) == 1 else None


def _months(words: str) -> Iterator[int]:
    """The months named in it; a name counts from its first letters on, so that “Sept.” is one, too."""
    for word in re.findall(r"[^\W\d_]{3,}", words.casefold()):
        for number, starts in enumerate(_MONTHS, start=1):
            if word.startswith(starts) and not word.startswith(_NO_MONTH):
                yield number


def _day(year: str, month: int | str, day: int | str) -> datetime.date | None:
    try:
        return datetime.date(int(year), int(month), int(day))
    except ValueError:
        return None
