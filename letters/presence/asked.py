"""Makes sure that the officer is there: a check minutes old, a passkey, or the mailed code; the last two sign in."""

import zoneinfo
from functools import cached_property
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal import auth
from allauth.usersessions.models import UserSession
from django.contrib.auth import login
from django.http import HttpRequest

from letters import access, freshness
from letters.freshness import Presence
from letters.models import Link, database_now
from letters.presence.codes import WrongCode, check_code

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


def remember_zone(link: Link, name: str) -> None:
    """Keep the time zone a browser named, for mails and receipts; what is no zone is left aside."""
    if name and name != link.time_zone and name in zoneinfo.available_timezones():
        Link.objects.filter(pk=link.pk).update(time_zone=name)


def remember_read(link: Link) -> None:
    """The officer goes from the letter to the act: which version stood there; a code that is sent notes the same."""
    Link.objects.filter(pk=link.pk).update(last_read=link.invitation.letter.current)


def needs_code(request: HttpRequest, link: Link) -> Asked | None:
    """What to ask for; None when the officer proved to be there less than five minutes ago in this session."""
    user = link.officer.user
    if freshness.last_shown(request, user) and freshness.fresh(request, user, database_now()):
        return None
    return Asked(link)


def _sign_in(request: HttpRequest, link: Link) -> None:
    """Sign the officer in, and list the session among their own.

    The session in which the letter was read stays as it was, nobody's: a second click, sent before the new session's
    cookie arrived, still finds its link and is led to the receipt, not to the sign-in page.
    """
    user = link.officer.user
    if request.user == user:
        return
    request.session.stays = True  # type: ignore[attr-defined]
    login(request, user, backend=BACKEND)
    UserSession.objects.create(
        user=user, session_key=request.session.session_key, ip=get_adapter().get_client_ip(request),
        user_agent=request.headers.get("user-agent", "")[:200],
    )  # fmt: skip


def prove(request: HttpRequest, link: Link, given: dict[str, Any]) -> Presence:
    """The proof of presence for one act, from a valid form; raises codes.WrongCode. A right one signs the officer in.

    `given` holds what the page asked for: `credential`, the passkey's answer, or `code`.
    """
    user = link.officer.user
    shown = freshness.last_shown(request, user)
    if shown and freshness.fresh(request, user, database_now()):
        return shown
    if given.get("credential"):
        passkey = ReauthenticateWebAuthnForm(user=user, data={"credential": given["credential"]})
        if not passkey.is_valid():
            raise WrongCode("The passkey was not accepted. Try once more, or send a code.")
        _sign_in(request, link)
        passkey.cleaned_data["credential"].user = user  # it is at hand: no statement to read it again
        passkey.save()
    else:
        check_code(link, str(given.get("code", "")), browser=access.browser(request))
        _sign_in(request, link)
        record_authentication(request, user, method="code", email=user.email)
    access.let_in(request, link)
    shown = freshness.last_shown(request, user)
    assert shown is not None  # just noted
    return shown
