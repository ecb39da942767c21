"""Makes sure that the officer is there: a check minutes old, or the mailed code, which also signs the person in."""

import datetime

from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth import login
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.http import HttpRequest

from letters import access
from letters.models import Link, database_now
from letters.sign.actions import Presence
from letters.sign.codes import check_code

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
BY_CODE = "6-digit code by e-mail"


def needs_code(request: HttpRequest, link: Link) -> bool:
    """True unless the officer of `link` proved to be there less than five minutes ago in this session."""
    return access.fresh(request, link.officer.user, database_now()) is None


def _keep_reading(session_key: str | None, link: Link, now: datetime.datetime) -> None:
    """Let a second click, sent before the new session arrived, still find its link; it stays nobody's session.

    Signing in gives the session another key and deletes the old row. That row comes back for a minute with the link
    alone, so that the second click is led to the receipt and not to the sign-in page.
    """
    if session_key is None:
        return
    reading = SessionStore().encode({access.SESSION_LINKS: {link.invitation.letter.slug: [link.pk]}})
    until = now + datetime.timedelta(minutes=1)
    Session.objects.get_or_create(session_key=session_key, defaults={"session_data": reading, "expire_date": until})


def prove(request: HttpRequest, link: Link, digits: str) -> Presence:
    """The proof of presence for one act; raises codes.WrongCode. A right code signs the officer in."""
    now = database_now()
    at = access.fresh(request, link.officer.user, now)
    if at:
        return Presence(BY_CODE, at)
    check_code(link, digits, browser=access.browser(request), now=now)
    before = request.session.session_key
    login(request, link.officer.user, backend=BACKEND)
    _keep_reading(before, link, now)
    record_authentication(request, link.officer.user, method="code", email=link.officer.user.email)
    access.let_in(request, link)
    return Presence(BY_CODE, now)
