"""The mailed code that proves an officer's mailbox before an act: asking for it, and checking it with counted tries.

A code works in the browser that asked for it. Mail scanners open links and submit every form they find; were a code
good for anybody who holds the link, a scanner would use up its tries, and its requests the officer's.
"""

import datetime
import hmac

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from letters.models import Code, Link
from letters.models.code import LIFE, TRIES
from letters.notify import owed

PER_BROWSER = 5  # codes in LIFE
# All browsers together: what a mailbox may get, and 3 guesses each at six digits for whoever stole a link.
PER_LINK = 20  # codes in LIFE
PER_DAY = 60
DAY = datetime.timedelta(days=1)


class WrongCode(Exception):
    """The code does not open anything; the message says what to do."""


class TooManyCodes(Exception):
    """Too many codes were asked for in a short time; the message says when to try again."""


@transaction.atomic
def send_code(link: Link, *, browser: str = "", now: datetime.datetime) -> Code:
    """Owe the officer a new code for use in `browser`; raises TooManyCodes past the limits above."""
    asked = list(link.codes.filter(created_at__gt=now - DAY).values_list("created_at", "browser"))
    recent = [by for at, by in asked if at > now - LIFE]
    if recent.count(browser) >= PER_BROWSER:
        raise TooManyCodes("Five codes were sent in the last 15 minutes. Use the newest, or wait and ask again.")
    if len(recent) >= PER_LINK or len(asked) >= PER_DAY:
        raise TooManyCodes("Your link was used for very many codes. Write to the coordinator for a new link.")
    row = Code.objects.create(link=link, browser=browser, created_at=now)
    Link.objects.filter(pk=link.pk).update(last_read=link.invitation.letter.current)
    owed.code(row, now=now)
    return row


def just_used(link: Link, digits: str, *, now: datetime.datetime) -> bool:
    """True for the digits of the code this link used last: a second click repeats them. Counts no try."""
    row = link.codes.exclude(used_at=None).filter(created_at__gt=now - LIFE).first()
    return row is not None and hmac.compare_digest(row.digits, "".join(digits.split()))


def check_code(link: Link, digits: str, *, browser: str = "", now: datetime.datetime | None = None) -> None:
    """Use up the newest code `browser` asked for; raises WrongCode. Without `now` the database says what time it is.

    One conditional UPDATE counts the try and, where the digits are right, uses the code up: of any number of guesses
    at the same moment three count, and nobody learns how another one would have ended.
    """
    row = link.codes.filter(used_at=None, browser=browser).annotate(read_at=Now()).first()
    if row is None:
        raise WrongCode("This browser has not asked for a code yet. Send a new one; it comes within a minute.")
    now = now or row.read_at
    if now - row.created_at > LIFE:
        raise WrongCode("That code is older than 15 minutes. Send a new one.")
    right = hmac.compare_digest(row.digits, "".join(digits.split()))
    open_still = Code.objects.filter(pk=row.pk, tries__lt=TRIES, used_at=None)
    if not open_still.update(tries=F("tries") + 1, used_at=now if right else None):
        raise WrongCode("That code was used, or tried three times. Send a new one.")
    if not right:
        raise WrongCode("That is not the code in the newest message. Check it and type it again, or send a new one.")
