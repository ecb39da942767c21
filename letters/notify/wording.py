"""The words of a round: shipped per kind and language or a coordinator's own, with fields in braces filled in."""

import dataclasses
import datetime
import difflib
import functools
import re

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from letters.lifecycle import NotNow
from letters.mail import Message
from letters.models import Change, Letter, Link, MailKind, Round, RoundState, Signature, User
from letters.notify import blocks, compose, dates
from letters.notify.calendar import calendar_address

# What each field stands for; the page that edits the words shows this list.
FIELDS = {
    "society": "the society's official name",
    "society_short": "its short name, where it has one",
    "officer": "the officer's name",
    "office": "the office held, such as President",
    "link": "the officer's personal link; [Words] {link} on a line of its own makes a button",
    "deadline_local": "the deadline on the officer's clock, where it is known, the convener's and UTC",
    "deadline_day": "the day of the deadline",
    "answer_by": "the softer date before it",
    "changes_summary": "what changed since the version before, said by the program in English",
    "signed_count": "how many societies signed the version on the table",
    "signed_version": "the earlier version this society signed",
    "coordinator": "your name",
    "convener": "who calls the societies together",
    "title": "the title of the letter",
    "version": "the number of the version on the table",
    "words": "how many words it has",
    "minutes": "how many minutes it takes to read",
    "note": "your note to the version on the table",
    "editorial_by": "your name, where you called the change editorial",
    "passed_by": "the officer who passed the letter on",
    "calendar": "address of the deadline as a calendar file",
}
NAMES = {"en": "English", "fr": "French", "de": "German", "es": "Spanish"}
FIELD = re.compile(r"\{([^{}\n]*)\}")
NEEDS_LINK = (MailKind.INVITATION, MailKind.REMINDER, MailKind.NEW_VERSION, MailKind.EXTENDED)
WORDS_A_MINUTE = 230


class BadWords(NotNow):
    """The words of a round cannot be sent; the message names the field and says what to do."""


@dataclasses.dataclass(frozen=True, slots=True)
class Words:
    """Subject and body with their fields in braces."""

    subject: str
    body: str


@dataclasses.dataclass(frozen=True, slots=True)
class Now:
    """What is true for every officer of a letter at the moment of rendering."""

    letter: Letter
    coordinator: User
    signed_count: int
    at: datetime.datetime


@functools.cache
def shipped(kind: str, language: str) -> Words:
    """The words that come with the program; English where there are none in this language."""
    language = compose.shipped_in(kind, language)
    return Words(*compose.parted(render_to_string(f"mail/{language}/{kind}.txt")))


def words(letter: Letter, kind: str, language: str, row: Round | None = None) -> Words:
    """What a round says in this language: its own words, those of the last one sent before it, or the shipped ones."""
    own = row.wording.get(language) if row else None
    if own is None and kind != MailKind.NOTE:
        before = Round.objects.filter(letter=letter, kind=kind, state=RoundState.SENT).exclude(wording={})
        own = next((past.wording[language] for past in before if language in past.wording), None)
    return Words(**own) if own else shipped(kind, language)


def facts(letter: Letter, now: datetime.datetime) -> Now:
    """What holds for every officer of the letter now."""
    live = Signature.objects.filter(invitation__letter=letter, version=letter.current).live()
    return Now(letter, letter.owner, live.values("invitation").distinct().count(), now)


def check_fields(language: str, words: Words) -> None:
    """Raise BadWords for a field nobody knows or a brace left alone."""
    for part, text in (("subject", words.subject), ("text", words.body)):
        where = f"in the {NAMES[language]} {part}"
        for found in FIELD.finditer(text):
            if found[1] not in FIELDS:
                near = difflib.get_close_matches(found[1], FIELDS, 1)
                hint = f"did you mean {{{near[0]}}}?" if near else "the list of fields stands below the text."
                raise BadWords(f"There is no field {found[0]} ({where}); {hint}")
        if re.search(r"[{}]", FIELD.sub("", text)):
            raise BadWords(f"A brace stands alone {where}; a field is written as {{society}}.")


def check(kind: str, language: str, words: Words) -> None:
    """Raise BadWords, a sentence that names what to mend, for words that cannot be sent."""
    named = NAMES[language]
    if not words.subject.strip() or not words.body.strip():
        raise BadWords(f"The {named} words are empty; write a subject and a text, or take the shipped words.")
    check_fields(language, words)
    if "{link}" in words.subject:
        raise BadWords(f"{{link}} cannot stand in the {named} subject; put it into the text.")
    if kind in NEEDS_LINK and "{link}" not in words.body:
        raise BadWords(f"The {named} text has no {{link}}; without it nobody can open the letter.")
    if kind == MailKind.NOTE and words.body == shipped(kind, language).body:
        raise BadWords("Write your note first; so far the text is only the frame of one.")


def fill(text: str, values: dict[str, str]) -> str:
    """`text` with its fields filled in; a line in which a field has nothing to say is left out."""
    kept = [line for line in text.splitlines() if all(values[name] for name in FIELD.findall(line))]
    return "\n".join(FIELD.sub(lambda found: values[found[1]], line) for line in kept)


def values(link: Link, now: Now, signed: Signature | None = None) -> dict[str, str]:
    """What each field says to the officer of `link`, in the language that is active."""
    letter, society, version = now.letter, link.invitation.society, now.letter.current
    earlier = signed is not None and version is not None and signed.version_id != version.pk
    coordinator, soft = str(now.coordinator), letter.answer_by
    said = {
        "society": society.official_name,
        "society_short": society.short_name or society.official_name,
        "officer": link.officer.printed_name,
        "office": link.officer.office,
        "deadline_local": dates.instant_in(letter.deadline, link.zone, letter.zone) if letter.deadline else "",
        "deadline_day": dates.day_text(letter.deadline, letter.zone) if letter.deadline else "",
        "answer_by": dates.instant_in(soft, link.zone, letter.zone) if soft and soft > now.at else "",
        "signed_count": str(now.signed_count or ""),
        "signed_version": str(signed.version.number) if signed and earlier else "",
        "coordinator": coordinator,
        "convener": letter.convener,
        "title": letter.title,
        "passed_by": str(link.passed_by.officer) if link.passed_by else "",
        "calendar": calendar_address(letter) if letter.deadline else "",
    }
    if version:
        said |= {
            "version": str(version.number), "words": str(version.words),
            "minutes": str(max(1, round(version.words / WORDS_A_MINUTE))), "changes_summary": version.summary,
            "editorial_by": coordinator if version.change == Change.EDITORIAL else "",
        }  # fmt: skip
    one_line = {name: " ".join(said.get(name, "").split()) for name in FIELDS}
    return one_line | {"link": blocks.LINK, "note": version.note.strip() if version else ""}


def rendered(kind: str, language: str, words: Words, link: Link, now: Now, signed: Signature | None = None) -> Message:
    """The message to the officer of `link`, its secrets still placeholders."""
    with translation.override(language):
        said = values(link, now, signed)
    stop = blocks.STOP if kind == MailKind.REMINDER else ""
    subject = " ".join(fill(words.subject, said).split()) or now.letter.title
    return compose.laid_out(subject, fill(words.body, said), language, typed=blocks.TYPED, stop=stop)


def language_of(link: Link, letter: Letter) -> str:
    """The officer's own language, else the society's, else the letter's, as far as mails are shipped in it."""
    own = link.officer.user.language
    spoken = [tag.strip().lower().partition("-")[0] for tag in link.invitation.society.languages.split(",")]
    # English is what a person has who was never asked; it decides only where nothing else does.
    wishes = [*([own] if own != settings.LANGUAGE_CODE else []), *spoken, letter.language, own]
    return next((tag for tag in wishes if tag in compose.LANGUAGES), "en")
