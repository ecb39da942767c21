"""The mailed code that proves an officer's mailbox before an act: asking for it, and checking it with counted tries."""

import datetime
import hmac

from django.db import transaction
from django.db.models import F

from letters.models import Code, Link
from letters.models.code import LIFE, TRIES
from letters.notify import owed

CODES_PER_LIFE = 5


class WrongCode(Exception):
    """The code does not open anything; the message says what to do."""


class TooManyCodes(Exception):
    """Too many codes were asked for in a short time; the message says when to try again."""


@transaction.atomic
def send_code(link: Link, *, now: datetime.datetime) -> Code:
    """Owe the officer a new code; raises TooManyCodes after CODES_PER_LIFE in 15 minutes."""
    recent = link.codes.filter(created_at__gt=now - LIFE).count()
    if recent >= CODES_PER_LIFE:
        raise TooManyCodes("Five codes were sent in the last 15 minutes. Use the newest, or wait and ask again.")
    row = Code.objects.create(link=link, created_at=now)
    Link.objects.filter(pk=link.pk).update(last_read=link.invitation.letter.current)
    owed.code(row, now=now)
    return row


def just_used(link: Link, digits: str, *, now: datetime.datetime) -> bool:
    """True for the digits of the code this link used last: a second click repeats them. Counts no try."""
    row = link.codes.exclude(used_at=None).filter(created_at__gt=now - LIFE).first()
    return row is not None and hmac.compare_digest(row.digits, "".join(digits.split()))


def check_code(link: Link, digits: str, *, now: datetime.datetime) -> None:
    """Use up the newest code of `link`; raises WrongCode. Each try is counted before it is compared."""
    row = link.codes.filter(used_at=None).first()
    if row is None:
        raise WrongCode("Ask for a code first; it comes by e-mail within a minute.")
    if now - row.created_at > LIFE:
        raise WrongCode("That code is older than 15 minutes. Send a new one.")
    if not Code.objects.filter(pk=row.pk, tries__lt=TRIES).update(tries=F("tries") + 1):
        raise WrongCode("That code was tried three times. Send a new one.")
    if not hmac.compare_digest(row.digits, "".join(digits.split())):
        raise WrongCode("That is not the code in the newest message. Check it and type it again, or send a new one.")
    if not Code.objects.filter(pk=row.pk, used_at=None).update(used_at=now):
        raise WrongCode("That code was used already. Send a new one.")
