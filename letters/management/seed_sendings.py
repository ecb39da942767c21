"""What went to the fictional journals: a summary to the page of each paper by form, the letter to two by mail."""

import dataclasses
import datetime

from letters.deliver.send import send_submission
from letters.dispatch import actions, going
from letters.dispatch.actions import Text
from letters.dispatch.going import Handed
from letters.management.seed_days import Days, work_at
from letters.management.seed_journals import Places, permissions
from letters.models import Letter, Submission, SummaryVersion, Target, User

THANKS = "Thank you. Your response was received under the number {number} and will be looked at by an editor."


@dataclasses.dataclass(frozen=True, slots=True)
class Sent:
    """The four submissions."""

    guideline: Submission
    analysis: Submission
    printing: Submission
    silent: Submission


def sendings(
    by: User, letter: Letter, short: list[SummaryVersion], papers: list[Target], places: Places, days: Days
) -> Sent:  # fmt: skip
    """Both forms filled in on one morning, both mails sent on the next."""
    permissions(by, letter, places, days)
    forms = []
    for place, (summary, paper) in enumerate(zip(short, papers, strict=True)):
        at = days.ago(25, 8 + place)
        row = actions.prepare(
            by=by, letter=letter, journal=places.web, text=Text(summary=summary, target=paper), now=at
        )  # fmt: skip
        number = f"R-{2071 + place}"
        handed = Handed(at + datetime.timedelta(minutes=20), summary.text, number, THANKS.format(number=number))
        forms.append(going.hand_in(by=by, submission=row, handed=handed, now=at + datetime.timedelta(minutes=30)))
    mails = []
    for place, journal in enumerate((places.printing, places.silent)):
        at = days.ago(24, 9 + place)
        row = actions.prepare(by=by, letter=letter, journal=journal, text=Text(), now=at)
        going.ask(by=by, submission=row, now=at, pause=datetime.timedelta(0))
        work_at("submission", row.pk, send_submission, at)
        mails.append(row)
    return Sent(*(Submission.objects.get(pk=row.pk) for row in [*forms, *mails]))
