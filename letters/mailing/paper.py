"""What the page of a draft shows: who gets it, in which words, and how it reads to one of them."""

import dataclasses
import datetime

from letters.mail import Message
from letters.models import Letter, Link, Round
from letters.notify import blocks, rounds, wording
from letters.notify.recipients import Recipients, recipients
from letters.notify.wording import Words
from signon.site import absolute


@dataclasses.dataclass(frozen=True, slots=True)
class Paper:
    """A draft as things stand; `preview` is the message to `shown`, None where it goes to nobody."""

    row: Round
    letter: Letter
    found: Recipients
    languages: list[str]
    words: dict[str, Words]
    shown: Link | None
    preview: Message | None
    problem: str

    @property
    def societies(self) -> int:
        """How many societies are written to."""
        return len({link.invitation_id for link in self.found.going})

    @property
    def body(self) -> str:
        """The previewed text as HTML for a page of ours, its secret link left out."""
        if self.preview is None:
            return ""
        text = self.preview.text.partition("\n-- \n")[0]
        return blocks.html(text)


def paper(row: Round, letter: Letter, *, now: datetime.datetime, seen_by: str = "") -> Paper:
    """Read a draft; `seen_by` is the key of the link whose officer the preview is for."""
    found = recipients(row, letter, now)
    spoken = rounds.languages(row, letter, found)
    used = sorted({spoken[link.pk] for link in found.links}, key=list(wording.NAMES).index)
    words = {language: wording.words(letter, row.kind, language, row) for language in used}
    shown = next((link for link in found.links if str(link.pk) == seen_by), None)
    shown = shown or next(iter(found.going or found.links), None)
    preview, problem = None, ""
    if shown:
        try:
            preview = _preview(row, letter, shown, spoken[shown.pk], words[spoken[shown.pk]], found, now)
        except wording.BadWords as error:
            problem = str(error)
    return Paper(row, letter, found, used, words, shown, preview, problem)


def _preview(
    row: Round, letter: Letter, link: Link, language: str, words: Words, found: Recipients, now: datetime.datetime
) -> Message:
    wording.check_fields(language, words)
    true_now = wording.facts(letter, now)
    made = wording.rendered(row.kind, language, words, link, true_now, found.signature_of(link))
    return Message(made.subject, hidden(made.text), hidden(made.html))


def hidden(text: str) -> str:
    """`text` with sample addresses where the secrets will stand."""
    text = text.replace(blocks.LINK, absolute("/i/…")).replace(blocks.STOP, absolute("/stop/…"))
    return text.replace(blocks.TYPED, "0000-0000-0000")
