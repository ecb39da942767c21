"""Makes sure that the officer is there: a check minutes old, a passkey, or the mailed code; the last two sign in."""

import datetime
from functools import cached_property
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal import auth
from allauth.usersessions.models import UserSession
from django.contrib.auth import login
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.http import HttpRequest

from letters import access, freshness
from letters.freshness import BY_CODE, Presence
from letters.models import Link, database_now
from letters.sign.codes import WrongCode, check_code

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class Asked:
    """The officer must show to be there: by passkey where there is one, else by a mailed code."""

    def __init__(self, link: Link) -> None:
        self.user = link.officer.user

    @cached_property
    def by_passkey(self) -> bool:
        """True when the officer has a passkey."""
        return freshness.has_key(self.user, (Authenticator.Type.WEBAUTHN,))

    @cached_property
    def challenge(self) -> dict[str, Any]:
        """What the page hands to the passkey; kept in the session until it is answered."""
        return dict(auth.begin_authentication(self.user))


def needs_code(request: HttpRequest, link: Link) -> Asked | None:
    """What to ask for; None when the officer proved to be there less than five minutes ago in this session."""
    return None if freshness.fresh(request, link.officer.user, database_now()) else Asked(link)


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


def _sign_in(request: HttpRequest, link: Link, now: datetime.datetime) -> None:
    """Sign the officer in, and list the session among their own."""
    user, before = link.officer.user, request.session.session_key
    if request.user == user:
        return
    login(request, user, backend=BACKEND)
    _keep_reading(before, link, now)
    UserSession.objects.create(
        user=user, session_key=request.session.session_key, ip=get_adapter().get_client_ip(request),
        user_agent=request.headers.get("user-agent", "")[:200],
    )  # fmt: skip


def prove(request: HttpRequest, link: Link, given: dict[str, Any]) -> Presence:
    """The proof of presence for one act, from a valid form; raises codes.WrongCode. A right one signs the officer in.

    `given` holds what the page asked for: `credential`, the passkey's answer, or `code`.
    """
    now, user = database_now(), link.officer.user
    shown = freshness.fresh(request, user, now)
    if shown:
        return shown
    if given.get("credential"):
        passkey = ReauthenticateWebAuthnForm(user=user, data={"credential": given["credential"]})
        if not passkey.is_valid():
            raise WrongCode("The passkey was not accepted. Try once more, or send a code.")
        _sign_in(request, link, now)
        passkey.save()
    else:
        check_code(link, str(given.get("code", "")), browser=access.browser(request), now=now)
        _sign_in(request, link, now)
        record_authentication(request, user, method="code", email=user.email)
    access.let_in(request, link)
    return freshness.fresh(request, user, now) or Presence(BY_CODE, now)
