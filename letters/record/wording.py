"""What the public record says of one thing sent or come, as a sentence; a web response is never called an article."""

import datetime

from letters.models import Came, Correspondence, DateKind, Exact, Journal, Outcome, Submission, Target, TargetDate
from letters.models.journal import Channel

BY = {Channel.FORM: " by its web form", Channel.SYSTEM: " by its submission system"}
WEB_RESPONSE = "posted as a web response, which is not a journal article"
DECIDED = {
    Outcome.NO_ACTION: "no further action",
    Outcome.TAKEN: "taken for publication",
    Outcome.REFUSED: "not taken",
    Outcome.CORRECTION: "a correction is to come",
    Outcome.CONCERN: "an expression of concern is to come",
    Outcome.RETRACTION: "the paper is to be retracted",
}
PUBLISHED = {
    DateKind.ONLINE: "was published online",
    DateKind.UPDATED: "was published in an updated form",
    DateKind.PRINT: "appeared in print",
}


def plain_day(day: datetime.date) -> str:
    """“19 February 2025”."""
    return f"{day.day} {day:%B %Y}"


def text_of(row: Submission) -> str:
    """Which text was sent: “the full letter”, or the name of the summary."""
    return f"the summary “{row.summary.summary.name}”" if row.summary else "the full letter"


def sending(row: Submission) -> str:
    """“The full letter was sent to The Journal.”"""
    done = "handed in to" if row.channel != Channel.MAIL else "sent to"
    about = f", for the paper {row.target.doi}" if row.target else ""
    by, journal = BY.get(Channel(row.channel), ""), row.journal.in_sentences
    return _sentence(f"{text_of(row)} was {done} {journal}{by}{about}.")


def journal_of(row: Correspondence) -> Journal | None:
    """Whose word it is; None where nobody said."""
    return row.journal or (row.submission.journal if row.submission else None)


def spoken(row: Correspondence) -> str:
    """What that journal is called in a sentence; empty where nobody said."""
    journal = journal_of(row)
    return journal.in_sentences if journal else ""


def coming(row: Correspondence, articles: dict[int, str]) -> str:
    """What came, as a sentence; `articles` says of each journal whether what appears there is an article."""
    journal = spoken(row)
    whose = journal or "The journal"
    if row.kind == Came.DECISION:
        found = DECIDED.get(Outcome(row.outcome))
        return f"{whose} decided: {found}." if found else f"{whose} sent its decision."
    if row.kind == Came.PUBLICATION:
        return appearing(row, articles)
    return {
        Came.ACKNOWLEDGEMENT: f"{whose} acknowledged receipt.",
        Came.QUERY: f"{whose} asked a question.",
        Came.REPLY: f"The authors of the paper replied{f' in {journal}' if journal else ''}.",
        Came.CORRECTION: f"{whose} published a correction.",
        Came.RETRACTION: f"{whose} published a retraction.",
        Came.CONCERN: f"{whose} published an expression of concern.",
        Came.PRESS: "It was reported in the press.",
        Came.SENT: f"The societies wrote to {journal or 'the journal'}.",
    }[Came(row.kind)]


def appearing(row: Correspondence, articles: dict[int, str]) -> str:
    """Where which text appeared, and that it is no article where the journal says so or does not say."""
    journal = journal_of(row)
    what = text_of(row.submission) if row.submission else "the letter"
    if journal is None:
        return _sentence(f"{what} appeared.")
    article = articles.get(journal.pk, "")
    if article == "no":
        return _sentence(f"{what} was {WEB_RESPONSE}: {journal}.")
    return _sentence(f"{what} {'was published' if article == 'yes' else 'appeared'} in {journal.in_sentences}.")


def counting(target: Target) -> TargetDate | None:
    """The date of publication to name: the one the journal counts from, else the earliest known."""
    dates = list(target.dates.all())
    return next((date for date in dates if date.confirmed_at), dates[0] if dates else None)


def publishing(date: TargetDate) -> str:
    """“A paper this letter answers was published online.”"""
    return f"A paper this letter answers {PUBLISHED[DateKind(date.kind)]}."


def said_day(day: datetime.date, exact: str = Exact.DAY) -> str:
    """The day as exactly as it is known."""
    return TargetDate(day=day, exact=exact).said


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:]
