"""Stand-in officers for demo and rehearsal: they ask for a code, type it and sign, by the same actions as people."""

import datetime

from letters.freshness import BY_CODE, WAYS, Presence
from letters.models import Letter, Link, Signature, database_now
from letters.presence.codes import check_code, send_code
from letters.sign import actions
from letters.sign.actions import Consent


def links_of(letter: Letter) -> list[Link]:
    """One link per society in printed order, read afresh."""
    rows = Link.objects.live().filter(invitation__letter=letter).order_by("invitation__position", "slot", "pk")
    rows = rows.select_related("officer__user", "officer__society", "invitation__society")
    first: dict[int, Link] = {}
    for link in rows.select_related("invitation__letter__current", "invitation__letter__owner"):
        first.setdefault(link.invitation_id, link)
    return list(first.values())


def _consent(link: Link, interests: str = "") -> Consent:
    officer, version = link.officer, link.invitation.letter.on_the_table
    return Consent(
        version.content_hash, officer.printed_name, officer.office, "Board of Directors", interests=interests
    )  # fmt: skip


def sign_as(link: Link) -> Signature:
    """The officer of `link` signs the version on the table with a mailed code."""
    code = send_code(link, now=database_now())
    check_code(link, code.digits, now=database_now())
    return actions.sign(by=link, consent=_consent(link), presence=Presence(BY_CODE, database_now()))


def there(at: datetime.datetime) -> Presence:
    """An officer who used a passkey then; a code mailed for a moment that has passed would have run out."""
    return Presence(WAYS["webauthn"], at)


def sign_on(link: Link, at: datetime.datetime, interests: str = "") -> Signature:
    """The officer of `link` signed the version on the table at a moment that has passed."""
    return actions.sign(by=link, consent=_consent(link, interests), presence=there(at), clock=lambda: at)
