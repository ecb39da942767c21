"""The lists of a letter as tables of words: societies and officers, signatories, comments, mails, activity."""

import dataclasses
import datetime
from collections.abc import Callable, Sequence

from letters.lists.intake import TEMPLATE
from letters.models import Comment, Disposition, Letter, Link, Mail, MailKind, Response, Signature

Lines = list[list[str]]
CODES = (MailKind.CODE, MailKind.SIGN_IN)  # what was in them is no matter of the letter


@dataclasses.dataclass(frozen=True, slots=True)
class Table:
    """One list: what it is called, what it says, its headings, and how its lines are made."""

    title: str
    says: str
    heading: tuple[str, ...]
    lines: Callable[[Letter, Sequence[int]], Lines]


def moment(at: datetime.datetime | None) -> str:
    """UTC to the second, ISO 8601; "" for never."""
    return at.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else ""


def societies(letter: Letter, chosen: Sequence[int] = ()) -> Lines:
    """A line per officer in printed order, in the columns an import reads, then where the society stands (3 queries).

    `chosen` are invitations; empty means all.
    """
    links = Link.objects.live().filter(invitation__letter=letter)
    links = links.filter(invitation__in=chosen) if chosen else links
    links = links.select_related("officer__user", "invitation__society").prefetch_related(
        "invitation__society__domains"
    )
    signed: dict[int, list[int]] = {}
    live = Signature.objects.filter(invitation__letter=letter).live().order_by("version__number")
    for invitation, number in live.values_list("invitation", "version__number"):
        signed.setdefault(invitation, []).append(number)
    return [_officer(link, signed.get(link.invitation_id, [])) for link in links.order_by(
        "invitation__position", "slot", "pk"
    )]  # fmt: skip


def _officer(link: Link, signed: list[int]) -> list[str]:
    officer, asked = link.officer, link.invitation
    society = asked.society
    return [
        society.official_name, society.short_name, society.country, officer.printed_name, "", officer.office,
        officer.user.email, officer.role, officer.user.language,
        " ".join(domain.name for domain in society.domains.all()), society.ror_id,
        str(asked.position), asked.office_of(link.slot) or str(link.slot), moment(asked.invited_at),
        "" if asked.response == Response.NONE else Response(asked.response).label, moment(asked.responded_at),
        asked.board_on.isoformat() if asked.board_on else "",
        ", ".join(f"version {number}" for number in dict.fromkeys(signed)),
    ]  # fmt: skip


def signatories(letter: Letter, chosen: Sequence[int] = ()) -> Lines:
    """Every signature there ever was, in printed order (one query)."""
    rows = Signature.objects.filter(invitation__letter=letter).select_related("version")
    return [
        [
            row.society_name, row.printed_name, row.office, f"version {row.version.number}", row.receipt_no,
            moment(row.signed_at), row.mandate_body, row.mandate_date.isoformat() if row.mandate_date else "",
            row.mandate_minute, row.interests, row.authenticated, row.seat, moment(row.withdrawn_at),
            row.public_note, moment(row.replaced_at),
        ]
        for row in rows.order_by("invitation__position", "slot", "signed_at")
    ]  # fmt: skip


def comments(letter: Letter, chosen: Sequence[int] = ()) -> Lines:
    """Every remark that was sent, with its answer (one query)."""
    rows = Comment.objects.sent().filter(version__letter=letter).select_related("version", "invitation__society")
    return [
        [
            str(row.pk), f"version {row.version.number}", row.place,
            str(row.invitation.society) if row.invitation else "Word file", row.author,
            row.text, row.proposed, str(row.agrees_with_id or ""), moment(row.sent_at),
            Disposition(row.disposition).label if row.disposition else "", row.answer,
        ]
        for row in rows
    ]  # fmt: skip


def mails(letter: Letter, chosen: Sequence[int] = ()) -> Lines:
    """Every message but codes, the oldest first; in the words a link or a code is a placeholder (one query)."""
    rows = Mail.objects.filter(letter=letter).exclude(kind__in=CODES).order_by("created_at", "pk")
    return [
        [
            MailKind(row.kind).label, row.to_name, row.to_email, row.subject, row.get_state_display(), row.error,
            moment(row.created_at), moment(row.sent_at), row.message_id,
        ]
        for row in rows
    ]  # fmt: skip


def activity(letter: Letter, chosen: Sequence[int] = ()) -> Lines:
    """Every event of the record (one query)."""
    return [
        [str(event.seq), moment(event.at), event.kind, event.actor, str(event.by or ""),
         "; ".join(f"{key}: {value}" for key, value in event.data.items()), event.hash]
        for event in letter.events.select_related("by").order_by("seq")
    ]  # fmt: skip


TABLES = {
    "societies": Table(
        "Societies", "every society and officer with where they stand; can be imported into another letter",
        (*TEMPLATE, "position", "place", "invited", "answer", "answered", "board date", "signed"), societies,
    ),
    "signatories": Table(
        "Signatories", "every signature with its receipt, also those withdrawn or replaced",
        ("society", "name", "office", "version", "receipt", "signed", "decided by", "decided on", "minute", "interests",
         "authenticated", "seat", "withdrawn", "public note", "replaced"), signatories,
    ),
    "comments": Table(
        "Comments", "every remark that was sent, with its answer",
        ("number", "version", "place", "society", "author", "comment", "proposed words", "agrees with", "sent",
         "decision", "why"),
        comments,
    ),
    "mails": Table(
        "Mails", "every message but codes, with what became of it",
        ("kind", "name", "address", "subject", "state", "error", "made", "sent", "message id"), mails,
    ),
    "activity": Table(
        "Activity", "every event of the record with its hash",
        ("number", "at", "event", "role", "person", "facts", "hash"), activity,
    ),
}  # fmt: skip
