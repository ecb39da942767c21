"""What came back for the demonstration's finished letter: answers, what each said to five claims, and what is late."""

import email.message
import email.utils

from letters.correspond import actions, claims
from letters.correspond.actions import Typed
from letters.correspond.claims import Point, Said
from letters.inbox.clocks import start_clocks
from letters.inbox.filing import file_message
from letters.management.seed_days import Days
from letters.management.seed_sendings import Sent
from letters.models import Came, Correspondence, Finding, Letter, Outcome, Submission, User

REPLY = """We thank the societies for reading our work so closely.

The three trials in our appendix were small, and we placed them there by the protocol. We agree that they should have \
been named in the text and will say so in a note to the analysis.

Sleep was measured with different instruments, so that it could not be pooled. We stand by the recommendation: the \
panel judged that the evidence holds for all adults. Two of us advise makers of oxygen devices, as the journal knew."""
DECISION = """The editors have read the responses and the authors’ reply. The points raised are matters of judgement \
on which readers can now form their own view. We see no ground for further action."""
UNSORTED = """Dear Alice Marlowe,

thank you for your patience. Our second reviewer has asked for two more weeks. May we also ask whether the letter has \
appeared elsewhere meanwhile?

Kind regards,
Edith Norrington
Exemplary Review of Breathing
"""
QUESTIONS = "1. Which of the nine trials reported sleep?\n2. Has the letter appeared elsewhere?\n"
POINTS = (
    ("The recommendation covers adults whom most trials excluded.", "Who was studied", "References 2 and 3",
     "to limit the recommendation to adults like those who were studied"),
    ("Three trials point the other way and stand in the appendix only.", "Report the three trials",
     "Reference 2, appendix",
     "to report the three trials in the main text"),
    ("Sleep, daytime function and the strain on carers were measured and not reported.", "Report the nights",
     "Reference 4", "to report the nights where they were measured"),
    ("No measurement after stopping is advised.", "Advise a measurement", "Reference 5",
     "to advise a measurement after four weeks"),
    ("The interests of two panel members are not named.", "Name the interests",
     "Statement of interests of the guideline",
     "to name the interests of two panel members"),
)  # fmt: skip
REPLIED = (
    (Finding.DISPUTED, "The panel judged that the evidence holds for all adults."),
    (Finding.ACCEPTED, "They will be named in a note to the analysis."),
    (Finding.DISPUTED, "Sleep could not be pooled: the instruments differ."),
    (Finding.UNANSWERED, ""),
    (Finding.PARTLY, "Two authors say that they advise makers; the guideline still does not."),
)


def answers(by: User, letter: Letter, sent: Sent, days: Days) -> None:
    """Each in its turn, until the letter stands in print; the last journal says nothing and is late."""
    start_clocks(days.ago(23, 12))

    def came(kind: Came, ago: int, about: Submission, title: str, **more: object) -> Correspondence:
        typed = Typed(kind.value, days.ago(ago).date(), submission=about, title=title, **more)  # type: ignore[arg-type]
        return actions.record(by=by, letter=letter, typed=typed, file=None, now=days.ago(ago, 15))

    came(Came.ACKNOWLEDGEMENT, 23, sent.guideline, "Your response R-2071", public=True)
    came(Came.ACKNOWLEDGEMENT, 22, sent.printing, "We have your letter", text="An editor will read it this week.")
    came(Came.ACKNOWLEDGEMENT, 22, sent.silent, "Received with thanks")
    for about, name in ((sent.guideline, "guideline"), (sent.analysis, "analysis")):
        came(
            Came.PUBLICATION, 21, about, f"Re: the {name} on night-time oxygen", public=True,
            url=f"https://annals.example/{name}/responses",
        )  # fmt: skip
    came(Came.QUERY, 18, sent.printing, "May we cut two sentences?", text="The second and third of “What was counted”.")
    came(Came.SENT, 17, sent.printing, "No: it was signed as it stands", text="We cannot change a word of it any more.")
    came(Came.DECISION, 13, sent.printing, "Your letter is taken", outcome=Outcome.TAKEN.value)
    reply = came(
        Came.REPLY, 12, sent.guideline, "What the trials can bear", public=True, text=REPLY,
        sender="Night Oxygen Panel", url="https://annals.example/guideline/responses/reply",
    )  # fmt: skip
    decision = came(
        Came.DECISION, 8, sent.guideline, "Your responses R-2071 and R-2072", public=True, text=DECISION,
        outcome=Outcome.NO_ACTION.value,
    )  # fmt: skip
    _claims(by, letter, reply, decision, days)
    came(
        Came.PUBLICATION, 6, sent.printing, "Night-time oxygen at home: a letter from twelve societies", public=True,
        doi="10.5555/lung.letter",
    )  # fmt: skip


def unsorted(about: Submission, days: Days) -> None:
    """A message that came by mail and that nobody has looked at yet."""
    file_message(_message(about, days), now=days.ago(2, 9))


def _claims(by: User, letter: Letter, reply: Correspondence, decision: Correspondence, days: Days) -> None:
    parts = letter.on_the_table.parts
    points = [
        Point(text, next(part.id for part in parts if where in part.text), evidence, remedy)
        for text, where, evidence, remedy in POINTS
    ]
    made = claims.add(by=by, letter=letter, points=points, now=days.ago(7, 9))
    for claim, point, (finding, words) in zip(made, points, REPLIED, strict=True):
        said = {reply.pk: Said(finding.value, words), decision.pk: Said(Finding.UNANSWERED.value)}
        claims.change(by=by, claim=claim, point=point, said=said, now=days.ago(7, 10))
    claims.show(by=by, letter=letter, shown=True, now=days.ago(7, 11))


def _message(about: Submission, days: Days) -> bytes:
    """As it would come from the journal, to the address where this site reads along."""
    row = email.message.EmailMessage()
    row["From"], row["To"] = "Edith Norrington <editor@breathing.example>", about.reply_address or about.submitter_email
    row["Subject"], row["Message-ID"] = f"Re: {about.subject}", "<second-reviewer@breathing.example>"
    row["Date"] = email.utils.format_datetime(days.ago(2, 8))
    row.set_content(UNSORTED)
    row.add_attachment(QUESTIONS, filename="second-reviewer.txt")
    return row.as_bytes()
