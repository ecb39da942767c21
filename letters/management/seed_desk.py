"""The demonstration's desk: answers short of signing, calls, and what is to follow up today and later."""

import datetime

from letters.desk import actions
from letters.models import Letter, Link, User, database_now
from letters.presence.codes import check_code, send_code
from letters.sign import responses

BOARD, CHANGE = 23, 24  # places on the list
CALLED, NOTED, LATER = 26, 31, 29
OPENED = (28, 33)
WANTED = "Please name the registry the one-in-four figure comes from; with that our council signs."
TODAY = "Her assistant says the mail is in the president's folder; call again after the Thursday round."
SOON = "Secretary General is at a congress until Monday and signs from there."
REMARK = "Prefers the phone to mail; mornings in Brussels."


def chase(letter: Letter, links: list[Link], *, by: User) -> None:
    """Two officers who came and left, two answers, two calls to follow up (today, in three days), one note."""
    now = database_now()
    today = now.astimezone(letter.zone).date()
    board_on = today + datetime.timedelta(days=6)
    responses.respond(by=links[BOARD], answer=responses.Answer(response="board", board_on=board_on))
    responses.respond(by=links[CHANGE], answer=responses.Answer(response="if_changed", wanted=WANTED))
    soon = today + datetime.timedelta(days=3)
    for place in OPENED:
        check_code(links[place], send_code(links[place], now=now).digits, now=now)
    for place, text, called, day in (
        (CALLED, TODAY, True, today), (NOTED, SOON, True, soon), (LATER, REMARK, False, None),
    ):  # fmt: skip
        actions.note(
            by=by, invitations=[links[place].invitation], text=text, called=called, follow_up_on=day, settles=False,
            now=now,
        )  # fmt: skip
