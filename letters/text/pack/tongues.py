"""The words of a covering letter in four languages: its default and what its fields say; filling it in is cover's.

What is asked for about the paper stands in the default of the English letter alone: a coordinator types it in one
language, and it is not translated here.
"""

import datetime
import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "covers"
NBSP = "\N{NO-BREAK SPACE}"
LANGUAGES = {"en": "English", "de": "German", "es": "Spanish", "fr": "French"}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language; pairs are one and several, patterns in braces are filled by `str.format`.

    `letter` and `response` are the kind of text and how a journal is asked for it, which never calls a web response
    published. `parts` are what a count may leave out, by the keys of venue.PARTS.
    """

    language: str
    letter: tuple[str, str]
    response: tuple[str, str]
    summary: str
    society: tuple[str, str]
    word: tuple[str, str]
    without: str
    parts: Mapping[str, str]
    joint: str
    thousands: str
    months: Sequence[str]
    day: str
    at: str
    unseen: str
    stated: str
    declared: str
    none_declared: str

    @property
    def template(self) -> str:
        """The covering letter as it is proposed, with fields in braces."""
        return _template(self.language)

    def number(self, count: int) -> str:
        """“1,234”, as the language parts thousands."""
        return f"{count:,}".replace(",", self.thousands)

    def counted(self, count: int, noun: tuple[str, str]) -> str:
        """“34 societies”."""
        return f"{self.number(count)} {noun[0] if count == 1 else noun[1]}"

    def listed(self, names: Sequence[str]) -> str:
        """“a, b and c”, "" for none; Spanish says e where y would not be heard."""
        if len(names) < 2:
            return "".join(names)
        heard = names[-1].casefold().removeprefix("h")
        joint = "e" if self.joint == "y" and heard.startswith(("i", "í")) and not heard.startswith("ie") else self.joint
        return f"{', '.join(names[:-1])} {joint} {names[-1]}"

    def dated(self, day: datetime.date) -> str:
        """“18 March 2025”."""
        number = "1er" if self.language == "fr" and day.day == 1 else day.day
        return self.day.format(day=number, month=self.months[day.month - 1], year=day.year)


@functools.cache
def _template(language: str) -> str:
    return (FOLDER / f"{language}.txt").read_text(encoding="utf-8")


ENGLISH = Words(
    language="en",
    letter=("letter", "publish the enclosed letter"), response=("response", "post the enclosed response"),
    summary="summary", society=("society", "societies"), word=("word", "words"), without="not counting {parts}",
    parts={
        "title": "the title", "headings": "headings", "references": "references",
        "signatories": "author details and signatories", "declarations": "declarations", "tables": "tables",
        "footnotes": "footnotes",
    },
    joint="and", thousands=",",
    months=("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December"),
    day="{day} {month} {year}", at="at {address}",
    unseen="The text has not been made public and is with no other journal.",
    stated="as stated in the text", declared="{some} of the {all} named declared some, see the enclosed list",
    none_declared="none were declared",
)  # fmt: skip
GERMAN = Words(
    language="de",
    letter=("Brief", "den beiliegenden Brief zu veröffentlichen"),
    response=("Antwort", "die beiliegende Antwort auf Ihre Seiten zu stellen"), summary="Zusammenfassung",
    society=("Gesellschaft", "Gesellschaften"), word=("Wort", "Wörter"), without="ohne {parts}",
    parts={
        "title": "Titel", "headings": "Überschriften", "references": "Literaturverzeichnis",
        "signatories": "Angaben zu Autoren und Unterzeichnern", "declarations": "Erklärungen", "tables": "Tabellen",
        "footnotes": "Fußnoten",
    },
    joint="und", thousands=".",
    months=("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
            "Dezember"),
    day="{day}. {month} {year}", at="unter {address}",
    unseen="Der Text ist nicht öffentlich und liegt keiner anderen Zeitschrift vor.",
    stated="wie im Text angegeben", declared="von {some} der {all} Genannten erklärt, siehe beiliegende Liste",
    none_declared="es wurden keine erklärt",
)  # fmt: skip
SPANISH = Words(
    language="es",
    letter=("carta", "que publiquen la carta adjunta"),
    response=("respuesta", "que incorporen a su web la respuesta adjunta"), summary="resumen",
    society=("sociedad", "sociedades"), word=("palabra", "palabras"), without="sin contar {parts}",
    parts={
        "title": "el título", "headings": "encabezados", "references": "referencias",
        "signatories": "datos de autores y firmantes", "declarations": "declaraciones", "tables": "tablas",
        "footnotes": "notas al pie",
    },
    joint="y", thousands=NBSP,
    months=("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
            "noviembre", "diciembre"),
    day="{day} de {month} de {year}", at="en {address}",
    unseen="El texto no se ha hecho público ni está en ninguna otra revista.",
    stated="como consta en el texto",
    declared="declarados por {some} de los {all} nombrados, véase la lista adjunta",
    none_declared="no se declaró ninguno",
)  # fmt: skip
FRENCH = Words(
    language="fr",
    letter=("lettre", "publier la lettre ci-jointe"), response=("réponse", "mettre en ligne la réponse ci-jointe"),
    summary="résumé", society=("société", "sociétés"), word=("mot", "mots"), without="sans compter {parts}",
    parts={
        "title": "le titre", "headings": "les intertitres", "references": "les références",
        "signatories": "les auteurs et les signataires", "declarations": "les déclarations", "tables": "les tableaux",
        "footnotes": "les notes",
    },
    joint="et", thousands=NBSP,
    months=("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
            "décembre"),
    day="{day} {month} {year}", at="à l’adresse {address}",
    unseen="Le texte n’a pas été rendu public et n’est soumis à aucune autre revue.",
    stated="comme indiqué dans le texte", declared="déclarés par {some} des {all} nommés, voir la liste ci-jointe",
    none_declared="aucun n’a été déclaré",
)  # fmt: skip
_BY_LANGUAGE = {one.language: one for one in (ENGLISH, GERMAN, SPANISH, FRENCH)}


def words_of(language: str) -> Words:
    """The words of this language, English for one that is not here."""
    return _BY_LANGUAGE.get(language, ENGLISH)


def fitting(template: str, language: str) -> str:
    """The template in this language, where it is the default of another one, or empty; else as somebody wrote it."""
    defaults = {"", *(one.template.strip() for one in _BY_LANGUAGE.values())}
    return words_of(language).template if template.strip() in defaults else template
