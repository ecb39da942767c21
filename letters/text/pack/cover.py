"""The covering letter to an editor: its default wording and its fields in braces; sending it is for others."""

import difflib
import re
from collections.abc import Mapping

from letters.text.pack.lists import declared_by, stated
from letters.text.pack.matter import Matter, Target
from letters.text.pack.people import AUTHOR, ENDORSER, ON_BEHALF
from letters.text.pack.signed import named
from letters.text.pack.tongues import ENGLISH, Words, words_of
from letters.text.pack.web import words
from letters.text.pack.wording import asked, kind, length

# What each field stands for; a page that edits the words shows this list.
FIELDS: Mapping[str, str] = {
    "journal": "the journal",
    "title": "the title of the text",
    "kind": "letter, response or summary",
    "asked": "what the journal is asked to do: publish the enclosed letter, or post the enclosed response",
    "targets": "the papers answered, a line each, with their DOIs",
    "count": "how many societies stand behind the text, as a number",
    "societies": "the same in words: 34 societies",
    "signers": "the same, but only where societies themselves are the authors",
    "authors": "the persons who are its authors, where persons are",
    "on_behalf": "how many societies these persons write for, in words",
    "endorsers": "how many societies endorse it without being its authors, in words",
    "convener": "who called the societies together",
    "submitter": "the person who hands it in",
    "office": "the office of this person",
    "affiliation": "the society or institution of this person",
    "email": "the address of this person",
    "words": "its length as the journal counts",
    "dated": "the day on which the list of signatories was closed",
    "verify": "the address where the text and its signatories can be checked",
    "interests": "who declared interests and who none, in numbers",
    "public": "where the text can be read already",
    "unseen": "the sentence that the text is nowhere else, where that is so",
    "elsewhere": "the other journals that get the same statement",
    "unpermitted": "whose editors are to be asked, while a permission is not on record",
    "permitted": "whose editors allowed it, once the permissions of all are on record",
    "remedy": "what the journal is asked for about the paper, such as: to retract the guideline",
    "full": "the title of the letter of which this is a summary",
}
DEFAULT = ENGLISH.template
FIELD = re.compile(r"\{([^{}\n]*)\}")
_BLANKS = re.compile(r"[^\S\xa0]+")  # but not the blank that keeps a figure together
_SENTENCES = re.compile(r"(?<=[.!?])[ \t]+")


class BadCover(ValueError):
    """The words of a covering letter cannot be used; the message names the field and says what to do."""


def check(template: str) -> None:
    """Raise BadCover for a field nobody knows or a brace left alone."""
    for found in FIELD.finditer(template):
        if found[1] not in FIELDS:
            near = difflib.get_close_matches(found[1], FIELDS, 1)
            hint = f"did you mean {{{near[0]}}}?" if near else f"there are: {', '.join(FIELDS)}."
            raise BadCover(f"There is no field {found[0]} in the covering letter; {hint}")
    if re.search(r"[{}]", FIELD.sub("", template)):
        raise BadCover("A brace stands alone in the covering letter; a field is written as {journal}.")


def values(matter: Matter) -> dict[str, str]:
    """What each field of FIELDS says in the language of the covering letter, "" where there is nothing to say."""
    people, who, in_words = matter.people, matter.people.submitter, words_of(matter.cover_language)
    others = in_words.listed(matter.elsewhere)
    editors = in_words.listed(matter.editors or matter.elsewhere)
    persons = [one for one in people.once(AUTHOR) if one.person]
    count = len(people.societies)

    def societies(number: int) -> str:
        return in_words.counted(number, in_words.society) if number else ""

    said = {
        "journal": matter.venue.name, "title": matter.title, "kind": kind(matter, in_words),
        "asked": asked(matter, in_words), "count": str(count or ""), "societies": societies(count),
        "signers": "" if persons else societies(count), "authors": named(persons),
        "on_behalf": societies(len(people.once(ON_BEHALF))) if persons else "",
        "endorsers": societies(len(people.once(ENDORSER))), "convener": matter.convener, "submitter": who.name,
        "office": who.office, "affiliation": who.affiliation, "email": who.email,
        "words": length(matter, words(matter), in_words), "verify": matter.verify,
        "interests": _interests(matter, in_words), "dated": in_words.dated(matter.dated) if matter.dated else "",
        "public": in_words.at.format(address=matter.public) if matter.public else "",
        "unseen": "" if matter.public or matter.elsewhere else in_words.unseen,
        "elsewhere": others, "unpermitted": "" if matter.permitted else editors,
        "permitted": editors if matter.permitted else "", "remedy": matter.remedy, "full": matter.full,
    }  # fmt: skip
    one_line = {name: _BLANKS.sub(" ", text).strip() for name, text in said.items()}
    return one_line | {"targets": "".join(f"\n- {_cited(target)}" for target in matter.targets)}


def fill(template: str, said: Mapping[str, str]) -> str:
    """The template with its fields filled in; a sentence in which a field has nothing to say is left out.

    A line of which nothing is left goes with it, and so does the empty line behind it. Raises BadCover.
    """
    check(template)
    out: list[str] = []
    for line in template.splitlines():
        kept = [one for one in _SENTENCES.split(line) if all(said[name] for name in FIELD.findall(one))]
        if line.strip() and not kept:
            continue
        filled = FIELD.sub(lambda found: said[found[1]], " ".join(kept)).rstrip()
        if filled or (out and out[-1]):
            out.append(filled)
    return "\n".join(line.rstrip() for line in "\n".join(out).strip().split("\n")) + "\n"


def covering_letter(matter: Matter, template: str = "") -> str:
    """The covering letter of a matter as plain text, without a template by that of its language; raises BadCover."""
    return fill(template or words_of(matter.cover_language).template, values(matter))


def _cited(target: Target) -> str:
    known = not target.citation or target.doi.casefold() in target.citation.casefold()
    parts = [target.citation.rstrip(". "), "" if known and target.citation else f"doi:{target.doi}"]
    return ". ".join(filter(None, parts))


def _interests(matter: Matter, in_words: Words) -> str:
    """Who declared some, in numbers; the list itself is a file beside the letter."""
    some, silent = declared_by(matter.people)
    own = in_words.stated if stated(matter) else ""
    numbers = {"some": in_words.number(len(some)), "all": in_words.number(len(some) + len(silent))}
    counts = in_words.declared.format(**numbers) if some else ""
    return "; ".join(filter(None, (own, counts))) or in_words.none_declared
