"""What comes next for one society and who acts, in a few words; nothing is read or done here."""

import dataclasses
import datetime

from letters.desk.standing import Stand
from letters.models import Call, Invitation, Letter, State

# Societies in these states may still sign, and a reminder asks them to.
REMINDED = ("invited", "opened", "earlier", "passed", "partly", "board")
URGENCY = {"follow_up": 0, "address": 1, "change": 2, "board": 3, "invite": 4, "remind": 5, "later": 6, "": 7}


@dataclasses.dataclass(frozen=True, slots=True)
class Step:
    """`kind` sorts and styles; `text` is empty where nothing is left to do."""

    kind: str
    text: str
    remind: bool = False  # a reminder can be written

    @property
    def urgency(self) -> int:
        """Smaller comes first."""
        return URGENCY[self.kind]


def step(
    letter: Letter, invitation: Invitation, stand: Stand, *, follow_up: Call | None, lost: bool, now: datetime.datetime
) -> Step:
    """The next step for a society on a letter; reminders only while it can be signed."""
    today = now.astimezone(letter.zone).date()
    signing = letter.state == State.SIGNING and letter.deadline is not None and now < letter.deadline
    ahead = invitation.board_on is not None and invitation.board_on >= today
    remind = signing and stand.pill in REMINDED and not ahead
    if follow_up and follow_up.follow_up_on:
        day = follow_up.follow_up_on
        if day <= today:
            return Step("follow_up", "Follow up today" if day == today else f"Follow up, was due {_day(day)}", remind)
        return Step("later", f"Follow up on {_day(day)}", remind)
    if letter.state != State.SIGNING:
        return Step("", "")
    if lost and stand.pill in ("invited", "opened", "earlier", "partly"):
        return Step("address", "Check the address", remind)
    return _of_pill(stand.pill, invitation, remind, ahead)


def _of_pill(pill: str, invitation: Invitation, remind: bool, ahead: bool) -> Step:
    if pill == "board" and invitation.board_on:
        if ahead:
            return Step("later", f"Wait for its board on {_day(invitation.board_on)}")
        return Step("board", "Ask what the board decided", remind)
    words = {
        "draft": ("invite", "Invite it"),
        "if_changed": ("change", "Answer what it asks for"),
        "earlier": ("remind", "Remind it to keep its signature"),
        "partly": ("remind", "Remind who has not signed"),
        "invited": ("remind", "Remind it"),
        "opened": ("remind", "Remind it"),
        "passed": ("remind", "Remind the colleague"),
    }
    kind, text = words.get(pill, ("", ""))
    return Step("", "") if kind == "remind" and not remind else Step(kind, text, remind)


def _day(day: datetime.date) -> str:
    return f"{day.day} {day:%b}"
