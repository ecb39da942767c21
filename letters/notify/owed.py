"""Who is owed which message: writes the mail row and its job in the caller's transaction; sending is send.py's."""

import datetime
import urllib.parse
import uuid
from typing import TYPE_CHECKING, Any

from django.conf import settings

from letters import jobs
from letters.mail import Message
from letters.models import (
    Approval,
    Code,
    Comment,
    Edition,
    LateCall,
    Letter,
    Link,
    Mail,
    MailKind,
    Round,
    Signature,
    User,
)  # fmt: skip
from letters.notify import compose, wording
from letters.notify.blocks import CODE, LINK, TYPED
from signon.site import absolute

if TYPE_CHECKING:
    from letters.notify.kits import Kit

# Mails that bring the personal link bring the code that can be typed instead, too.
WITH_LINK = (MailKind.NEW_LINK,)
# What a link must bring along to be written to.
RELATED = (
    "officer__user", "invitation__society", "invitation__letter__current", "invitation__letter__owner",
    "passed_by__officer",
)  # fmt: skip


def owe(
    kind: str,
    key: str,
    *,
    letter: Letter | None,
    now: datetime.datetime,
    to: User,
    to_name: str,
    context: dict[str, Any],
    link: Link | None = None,
    code: Code | None = None,
    new: bool = False,
    message: Message | None = None,
    row: Round | None = None,
) -> Mail:
    """One message of `kind` to one person; a second call with the same key changes nothing.

    `new` spares the look-up where the key names a row made in the same transaction. A `message` is taken as it is.
    """
    known = None if new else Mail.objects.filter(key=key).first()
    if known:
        return known
    coordinator = letter.owner if letter else None
    facts = {
        "letter": letter, "to_name": to_name, "link_url": LINK, "code": CODE,
        "typed": TYPED if kind in WITH_LINK else "",
        "coordinator": coordinator,
        "site_name": settings.SITE_NAME, "site_url": settings.SITE_URL, **context,
    }  # fmt: skip
    spoken = wording.language_of(link, letter) if link and letter else to.language
    message = message or compose.written(kind, spoken, facts)
    host = urllib.parse.urlsplit(settings.SITE_URL).hostname
    mail = Mail.objects.create(
        key=key, kind=kind, letter=letter, link=link, code=code, round=row, to_name=to_name, to_email=to.email,
        reply_to=coordinator.email if coordinator else "",
        subject=message.subject, text=message.text, html=message.html,
        message_id=f"<{uuid.uuid4()}@{host}>", created_at=now,
    )  # fmt: skip
    jobs.put("mail", mail.pk, letter=letter, now=now, urgent=kind in (MailKind.CODE, MailKind.SIGN_IN), new=True)
    return mail


def _to_officer(kind: str, key: str, link: Link, now: datetime.datetime, *, new: bool = False, **context: Any) -> Mail:
    officer, invitation = link.officer, link.invitation
    facts = {"officer": officer, "society": invitation.society, "invitation": invitation, "link": link, **context}
    return owe(
        kind, f"{kind}:{key}", letter=invitation.letter, now=now, to=officer.user, to_name=officer.printed_name,
        link=link, context=facts, code=context.get("code_row"), new=new,
    )  # fmt: skip


def new_link(link: Link, *, now: datetime.datetime) -> Mail:
    """Brings an officer the link that replaces a revoked one."""
    return _to_officer(MailKind.NEW_LINK, f"{link.pk}", link, now, new=True)


def code(row: Code, *, now: datetime.datetime) -> Mail:
    """Carries the six digits for one act."""
    return _to_officer(MailKind.CODE, f"{row.pk}", row.link, now, new=True, code_row=row)


def receipt(signature: Signature, link: Link, *, now: datetime.datetime) -> Mail:
    """Confirms a signature, with the checkpoint that makes the officer a witness of the record."""
    address = absolute(f"/r/{link.invitation.letter.slug}/receipt/{signature.receipt_no}")
    return _to_officer(
        MailKind.RECEIPT,
        f"{signature.pk}",
        link,
        now,
        new=True,
        signature=signature,
        version=signature.version,
        address=address,
    )


def withdrawn(signature: Signature, link: Link, *, now: datetime.datetime, after_seal: bool = False) -> Mail:
    """Confirms that a signature was withdrawn, or that the support was taken back in public."""
    key = f"{signature.pk}"
    return _to_officer(MailKind.WITHDRAWN, key, link, now, signature=signature, after_seal=after_seal)


def late(link: Link, call: LateCall, *, now: datetime.datetime) -> Mail:
    """Says to an officer that the society may still sign the sealed letter, and until when."""
    version = link.invitation.letter.on_the_table
    return _to_officer(MailKind.LATE, f"{link.pk}:{call.pk}", link, now, call=call, version=version)


def approved(approval: Approval, link: Link, *, now: datetime.datetime) -> Mail:
    """Tells a signer that the society's approver released the version; now it can be signed."""
    key = f"{approval.pk}:{link.pk}"
    return _to_officer(MailKind.APPROVED, key, link, now, approval=approval, version=approval.version)


def unreleased(approval: Approval, link: Link, *, now: datetime.datetime) -> Mail:
    """Tells a signer that the approver did not release the version, or took the release back."""
    key = f"{approval.pk}:{link.pk}"
    return _to_officer(MailKind.UNRELEASED, key, link, now, approval=approval, version=approval.version)


def shared(signature: Signature, link: Link, *, now: datetime.datetime) -> list[Mail]:
    """Tells the society's other officers on the letter that a signature came from a mailbox several people may read."""
    others = Link.objects.live().filter(invitation=link.invitation).exclude(officer__user=link.officer.user)
    others = others.select_related("officer__user", "invitation__society", "invitation__letter__owner")
    return [
        _to_officer(
            MailKind.SHARED,
            f"{signature.pk}:{other.pk}",
            other,
            now,
            signature=signature,
            address=link.officer.user.email,
        )
        for other in others
        if not other.officer.shares_a_mailbox
    ]


def sealed(link: Link, edition: Edition, *, now: datetime.datetime) -> Mail:
    """Brings an officer the address of the sealed PDF."""
    address = absolute(f"/r/{edition.letter.slug}/letter.pdf")
    return _to_officer(MailKind.SEALED, f"{link.pk}:{edition.pk}", link, now, edition=edition, address=address)


def comments_answered(link: Link, comments: list[Comment], *, now: datetime.datetime) -> Mail:
    """Tells an officer what became of the society's comments."""
    key = f"{link.pk}:{max(comment.pk for comment in comments)}"
    return _to_officer(MailKind.ANSWERED, key, link, now, comments=comments)


def kit(link: Link, made: "Kit", *, now: datetime.datetime) -> Mail:
    """Brings an officer what the society needs to tell its members, once per link whatever editions follow."""
    return _to_officer(MailKind.KIT, f"{link.pk}", link, now, kit=made)


def sign_in(user: User, digits: str, *, now: datetime.datetime) -> Mail:
    """Carries a sign-in code; its row forgets the digits once it is sent."""
    key = f"{MailKind.SIGN_IN}:{user.pk}:{now.timestamp():.6f}"
    return owe(
        MailKind.SIGN_IN, key, letter=None, now=now, to=user, to_name=str(user), context={"code": digits}
    )  # fmt: skip
