"""The few words with which a society tells its members that it signed; how many signed is the caller's to know."""

import dataclasses

WORDS = 60
FEWEST = 6  # words of the title that must be left for it to be recognised


@dataclasses.dataclass(frozen=True, slots=True)
class Said:
    """The sentences of one language; who signed alone, with one other, with several, and what they did."""

    alone: str
    with_one: str
    with_several: str
    letter: str
    the_journal: str


SAID = {
    "en": Said(
        "{society} has", "{society} and 1 other society have", "{society} and {others} other societies have",
        "{signed_by} signed a joint letter to {journal}: “{title}”. "
        "Read it, see who signed, and check that it is genuine: {address}",
        "the journal",
    ),
    "de": Said(
        "{society} hat", "{society} und 1 weitere Gesellschaft haben",
        "{society} und {others} weitere Gesellschaften haben",
        "{signed_by} einen gemeinsamen Brief unterschrieben: „{title}“ (an: {journal}). "
        "Hier lässt er sich lesen, samt allen Unterschriften, und auf Echtheit prüfen: {address}",
        "die Zeitschrift",
    ),
    "fr": Said(
        "{society} a", "{society} et 1 autre société ont", "{society} et {others} autres sociétés ont",
        "{signed_by} signé une lettre commune : « {title} » (destinataire : {journal}). "
        "Pour la lire, voir qui l’a signée et vérifier son authenticité : {address}",
        "la revue",
    ),
    "es": Said(
        "{society} ha", "{society} y otra sociedad han", "{society} y otras {others} sociedades han",
        "{signed_by} firmado una carta conjunta: «{title}» (destinatario: {journal}). "
        "Aquí se puede leer, ver quién la firmó y comprobar su autenticidad: {address}",
        "la revista",
    ),
}  # fmt: skip


def shortened(text: str, most: int) -> str:
    """`text` cut after `most` words, with a sign where something was left out."""
    words = text.split()
    return " ".join(words) if len(words) <= most else " ".join(words[:most]).rstrip(",;:.–—-") + "…"


def signed_by(society: str, societies: int, language: str = "en") -> str:
    """“Society of X and 33 other societies have”; `societies` counts all, this one with them."""
    said = SAID[language]
    pattern = said.alone if societies < 2 else said.with_one if societies == 2 else said.with_several
    return pattern.format(society=society, others=societies - 1)


def notice(
    *, society: str, short_name: str, societies: int, journal: str, title: str, address: str, language: str = "en"
) -> str:
    """A text of at most 60 words, the own society first, ready to post; long titles are cut, then long names."""
    journal = journal or SAID[language].the_journal
    brief, short = shortened(journal, 8), short_name or society
    for name, to in ((society, journal), (society, brief), (short, brief), (shortened(short, 15), brief)):
        room = WORDS - len(_words(name, societies, to, "", address, language).split())
        if room >= min(FEWEST, len(title.split())):
            break
    return _words(name, societies, to, shortened(title, max(room, 1)), address, language)


def _words(society: str, societies: int, journal: str, title: str, address: str, language: str) -> str:
    who = signed_by(society, societies, language)
    return SAID[language].letter.format(signed_by=who, journal=journal, title=title, address=address)
