"""Who is owed word that the keys of an account changed: the person, whoever changed them."""

import datetime

from letters.models import Mail, MailKind, User
from letters.notify.owed import owe

# What allauth calls each change, and what the words of the mail call it.
SAID = {
    "mfa/email/webauthn_added": "passkey added",
    "mfa/email/webauthn_removed": "passkey removed",
    "mfa/email/totp_activated": "app added",
    "mfa/email/totp_deactivated": "app removed",
    "mfa/email/recovery_codes_generated": "codes made",
}


def changed(user: User, what: str, *, agent: str, now: datetime.datetime) -> Mail:
    """Tells a person what happened (a value of SAID), when, and by which browser (the line it sends about itself)."""
    key = f"{MailKind.KEYS}:{user.pk}:{now.timestamp():.6f}"
    said = {"what": what, "at": now, "agent": agent}
    return owe(MailKind.KEYS, key, letter=None, now=now, to=user, to_name=str(user), context=said, new=True)
