"""How and when a person last showed to be there in this session; what that opens is access.py's business."""

import dataclasses
import datetime
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from letters.models import User

FRESH = datetime.timedelta(minutes=5)
BY_CODE = "6-digit code by e-mail"
KEYS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
# Words that go into the record. A sign-in at another site is none of them: it may be hours old there.
WAYS = {
    "code": BY_CODE,
    Authenticator.Type.WEBAUTHN: "passkey",
    Authenticator.Type.TOTP: "authenticator app",
    Authenticator.Type.RECOVERY_CODES: "recovery code",
}


@dataclasses.dataclass(frozen=True, slots=True)
class Presence:
    """How and when the person was authenticated."""

    how: str
    at: datetime.datetime


def _way(record: dict[str, Any]) -> str:
    return str(record.get("type") if record.get("method") == "mfa" else record.get("method"))


def last_shown(request: HttpRequest, user: User, *, by_key: bool = False) -> Presence | None:
    """The newest proof of `user` in this session, of any age; with `by_key` only a passkey, app or recovery code."""
    if request.user != user:
        return None
    ways = set(WAYS) - ({"code"} if by_key else set())
    records = [record for record in get_authentication_records(request, user) if _way(record) in ways]
    if not records:
        return None
    return Presence(WAYS[_way(records[-1])], datetime.datetime.fromtimestamp(records[-1]["at"], datetime.UTC))


def fresh(request: HttpRequest, user: User, now: datetime.datetime, *, by_key: bool = False) -> Presence | None:
    """How `user` proved in this session to be there, if that is less than FRESH ago."""
    shown = last_shown(request, user, by_key=by_key)
    return shown if shown and now - shown.at < FRESH else None


def has_key(user: User, kinds: tuple[str, ...] = KEYS) -> bool:
    """True when the person has a passkey or an authenticator app (one query)."""
    return bool(Authenticator.objects.filter(user=user, type__in=kinds).exists())


def runs_letters(user: User) -> bool:
    """True for who coordinates letters, may start some, or operates the site."""
    return user.is_staff or user.runs_letters


def key_demanded(user: User) -> bool:
    """True when a mailed code is not enough for what this person may do."""
    return settings.COORDINATORS_NEED_A_KEY and runs_letters(user)
