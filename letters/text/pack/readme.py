"""The README of a submission pack: what each file is for, and what is particular about this journal."""

from collections.abc import Sequence

from letters.text.pack.bibliography import Entry, style_of
from letters.text.pack.matter import Matter
from letters.text.pack.people import ACKNOWLEDGED, AUTHOR, ENDORSER, ON_BEHALF
from letters.text.pack.signed import named
from letters.text.pack.web import words
from letters.text.pack.wording import asked, length, posted, societies
from letters.text.venue import DECLARATIONS

_USES = (
    ("covering-letter", "to the editor; paste the .txt or upload the .docx"),
    ("text-for-web-form.txt", "to paste into a form: title, text, signatories, references"),
    ("signatories.csv", "who stands behind the text, in which role; opens in a spreadsheet"),
    ("competing-interests.txt", "for the field or form that asks for interests"),
    ("references.txt", "the reference list by itself; entries left as the letter prints them are marked"),
    ("signed-letter.pdf", "the sealed letter that was signed, for the editor's files"),
    ("-jats.xml", "the text as JATS XML for the journal's production"),
    (".docx", "the clean text, without comments or tracked changes"),
)


def readme(matter: Matter, files: Sequence[str], listed: Sequence[Entry]) -> str:
    """Plain text: the files, the roles, and notes."""
    width = max(len(name) for name in files)
    rows = [f"{name.ljust(width)}  {next(use for mark, use in _USES if mark in name)}" for name in files]
    head = f"For {matter.venue.name}: {matter.title}"
    return "\n".join([head, "", *rows, "", *_roles(matter), "", *(f"- {note}" for note in _notes(matter, listed)), ""])


def _roles(matter: Matter) -> list[str]:
    people = matter.people
    persons = [one for one in people.once(AUTHOR) if one.person]
    groups = len(people.once(AUTHOR)) - len(persons)
    authors = "; ".join(filter(None, (named(persons), societies(groups))))
    said = [("Authors", authors), ("On behalf of", societies(len(people.once(ON_BEHALF)))),
            ("Endorsed by", societies(len(people.once(ENDORSER)))),
            ("Acknowledged", named(people.once(ACKNOWLEDGED))), ("Handed in by", people.submitter.name)]  # fmt: skip
    return [f"{role}: {who}" for role, who in said if who]


def _notes(matter: Matter, listed: Sequence[Entry]) -> list[str]:
    venue = matter.venue
    notes = [f"The journal is asked to {asked(matter)}. Length: {length(matter, words(matter))}."]
    limit = venue.rule("words").number
    notes += [f"It takes at most {limit:,} words."] if limit else []
    if posted(matter):
        notes.append(f"What {venue.in_sentences} shows is a response on a web page. Do not call it a journal article.")
    if venue.rule("submitted").yes is False:
        notes.append(f"{venue.name} cannot be sent to: {venue.rule('submitted').note or 'its editors choose'}")
    beside = [DECLARATIONS[kind] for kind in venue.rule("declarations").items if kind in ("authorship", "exchange")]
    notes += [f"Have at hand what the journal asks for beside the text: {what}." for what in beside]
    kept = [str(one.number) for one in listed if one.why]
    style = matter.style or style_of(venue)
    if style and listed:
        notes.append(f"References are in the style “{style}” of the Citation Style Language project.")
        notes += [f"As the letter prints them: {', '.join(kept)}; references.txt says why."] * bool(kept)
    elif listed:
        notes.append("No reference style is known for this journal; references stand as the letter prints them.")
    if matter.elsewhere:
        then = (
            "the permission of all editors is on record"
            if matter.permitted
            else "wait for the permission of all editors"
        )
        notes.append(f"The same statement goes to other journals: {then}, and keep it.")
    return notes
