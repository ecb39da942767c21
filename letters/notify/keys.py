"""Who is owed word that the keys of an account changed: the person, whoever changed them."""

import datetime

from letters.models import Mail, MailKind, User
from letters.notify.owed import owe

# What allauth calls each change, and what it is called here.
SAID = {
    "mfa/email/webauthn_added": "A passkey was added to your account.",
    "mfa/email/webauthn_removed": "A passkey was removed from your account.",
    "mfa/email/totp_activated": "An authenticator app was added to your account.",
    "mfa/email/totp_deactivated": "The authenticator app was removed from your account.",
    "mfa/email/recovery_codes_generated": "New recovery codes were made for your account; earlier ones no longer work.",
}


def changed(user: User, what: str, *, agent: str, now: datetime.datetime) -> Mail:
    """Tells a person that `what` happened, when, and by which browser (the line it sends about itself)."""
    key = f"{MailKind.KEYS}:{user.pk}:{now.timestamp():.6f}"
    said = {"what": what, "at": now, "agent": agent}
    return owe(MailKind.KEYS, key, letter=None, now=now, to=user, to_name=str(user), context=said, new=True)
