"""The verbs of the fresh check: mail a code to whoever is signed in, compare it, note how presence was shown."""

import hmac
import time

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.core import ratelimit
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.http import HttpRequest

from letters.models import User, database_now
from letters.models.code import LIFE, TRIES
from letters.notify.owed import sign_in

STATE = "confirm"  # in the session: the digits, when they were sent, how often they were tried


class NotShown(Exception):
    """Presence was not shown; the message says what to do."""


def send_code(request: HttpRequest, *, by: User) -> None:
    """Mail a code for this session; raises NotShown past the limit of allauth's reauthentications."""
    if not ratelimit.consume(request, action="reauthenticate", user=by):
        raise NotShown("Too many codes were sent. Wait a minute, then ask for a new one.")
    digits = get_adapter().generate_login_code()
    request.session[STATE] = {"digits": digits, "at": time.time(), "tries": 0}
    with transaction.atomic():
        sign_in(by, digits, now=database_now())


def check_code(request: HttpRequest, digits: str, *, by: User) -> None:
    """Note that `by` typed the mailed code; raises NotShown. Each try is counted before it is compared."""
    state = request.session.get(STATE)
    if not state or time.time() - state["at"] > LIFE.total_seconds():
        raise NotShown("That code is older than 15 minutes. Send a new one.")
    if state["tries"] >= TRIES or not ratelimit.consume(request, action="login_failed", key=f"confirm-{by.pk}"):
        raise NotShown("That code was tried too often. Send a new one.")
    request.session[STATE] = {**state, "tries": state["tries"] + 1}
    if not hmac.compare_digest(state["digits"], "".join(digits.split())):
        raise NotShown("That is not the code in the newest message. Check it and type it again, or send a new one.")
    del request.session[STATE]
    record_authentication(request, by, method="code", email=by.email)


def end_sessions(*, by: User, which: str, here: str | None) -> int:
    """End one of the person's sessions by its number, or with "others" all but `here`; returns how many ended."""
    mine = UserSession.objects.filter(user=by)
    gone = mine.exclude(session_key=here) if which == "others" else mine.filter(pk=int(which))
    ended = list(gone)
    for session in ended:
        session.end()
    return len(ended)
