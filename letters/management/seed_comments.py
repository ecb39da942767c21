"""The demonstration's comments: what four fictional societies said about version 1, and what became of it."""

from letters.comment import actions, answering
from letters.models import Comment, Letter, Link, User, database_now
from letters.text.proposal import editable

TRAVEL, NIGHT, LABS = "Most patients in rural districts", "A single night misses", "Retract the fifth"
SOFTER = ("Most patients in rural districts must travel more than two hours", "Many patients there travel for hours")
ASKED = "Two hours is true of one country in the survey we know. Please say it without a figure."
OURS = "Our registry gives a higher share, about one in four. Can the sentence name its source?"
STRONG = "“Retract” will be refused out of hand; “withdraw for revision” would be heard."


def _block(letter: Letter, words: str) -> tuple[str, str]:
    part = next(part for part in letter.on_the_table.parts if words in part.text)
    return part.id, editable(part)


def _say(link: Link, words: str, text: str, change: tuple[str, str] = ("", "")) -> Comment | None:
    block, own = _block(link.invitation.letter, words)
    proposed = own.replace(*change) if change[0] else ""
    return actions.write(by=link, block=block, text=text, proposed=proposed, now=database_now())


def comment(letter: Letter, links: list[Link], *, by: User) -> None:
    """Comments of the societies of `links` (four of them) on the version on the table; the first is answered."""
    answering.open_comments(by=by, letter=letter, opened=True, now=database_now())
    first = _say(links[0], TRAVEL, ASKED, SOFTER)
    _say(links[1], NIGHT, OURS)
    for link in links[:2]:
        actions.send(by=link, now=database_now())
    if first:
        actions.agree(by=links[2], comment=first, now=database_now())
        actions.send(by=links[2], now=database_now())
        answering.answer(
            by=by, comment=first, disposition="accepted", why="In version 2.", now=database_now()
        )  # fmt: skip
    _say(links[3], LABS, STRONG)  # stays a draft
