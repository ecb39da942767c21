"""Stand-in officers for demo and rehearsal: they ask for a code, type it and sign, by the same actions as people."""

from letters.freshness import BY_CODE, Presence
from letters.models import Link, Signature, database_now
from letters.sign import actions
from letters.sign.actions import Consent
from letters.sign.codes import check_code, send_code


def sign_as(link: Link) -> Signature:
    """The officer of `link` signs the version on the table with a mailed code."""
    code = send_code(link, now=database_now())
    check_code(link, code.digits, now=database_now())
    officer, version = link.officer, link.invitation.letter.on_the_table
    consent = Consent(version.content_hash, officer.printed_name, officer.office, "Board of Directors")
    return actions.sign(by=link, consent=consent, presence=Presence(BY_CODE, database_now()))
