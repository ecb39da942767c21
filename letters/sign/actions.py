"""The verbs of signing: sign, withdraw, note. Each locks the letter first, then looks at state and clock."""

import dataclasses
import datetime
from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, FilteredRelation, Q

from letters import lifecycle
from letters.freshness import Presence
from letters.lifecycle import NotNow
from letters.models import (
    Approval,
    Confirmation,
    Document,
    Edition,
    Event,
    Invitation,
    Letter,
    Link,
    Response,
    Signature,
    State,
    Version,
    database_now,
)  # fmt: skip
from letters.models.event import new_salt
from letters.models.invitation import UNANSWERED
from letters.models.letter import PAST_SEAL
from letters.notify import owed
from letters.proof import checkpoint
from letters.proof.records import statement_hash
from letters.render.site_keys import site_checkpoint
from letters.sign.guard import closed_sentence, refusal, refuse_others
from letters.sign.release import released
from letters.sign.statement import receipt_number, statement

Clock = Callable[[], datetime.datetime]


class VersionMoved(NotNow):
    """Another version is on the table than the one that was read."""


class SignedAlready(NotNow):
    """The society's place is taken by a live signature, which is in `signature`."""

    def __init__(self, message: str, signature: Signature) -> None:
        super().__init__(message)
        self.signature = signature


@dataclasses.dataclass(frozen=True, slots=True)
class Consent:
    """What the officer confirmed on the page: the words read, how to be printed, by which mandate, with which logo.

    `statement_hash` is that of the statement the page showed; empty only where no page showed one.
    """

    content_hash: str
    printed_name: str
    office: str
    mandate_body: str = ""
    mandate_date: datetime.date | None = None
    mandate_minute: str = ""
    mandate_file: Document | None = None
    interests: str = ""
    statement_hash: str = ""
    logo: str = ""  # SHA-256 of the logo to stand beside the society; empty: none


@transaction.atomic
def sign(*, by: Link, consent: Consent, presence: Presence, clock: Clock = database_now) -> Signature:
    """Sign for the society of `by` exactly the version whose hash is in `consent`.

    Raises NotNow (not open, past the deadline, not a signer), VersionMoved, SignedAlready.
    The letter is locked before anything is looked at: "check, then insert" would let signatures past a close.
    """
    letter = lifecycle.locked(by.invitation.letter)
    now = clock()
    version = _open_version(letter, by, consent, now)
    place = _place(by, now)
    approval = released(by, version) if place["two_people"] else None
    standing = Signature.objects.filter(invitation=by.invitation, slot=by.slot).live()
    standing = standing.select_related("officer", "version")
    earlier = standing.first() if place["standing"] else None
    if earlier and earlier.version_id == version.pk:
        raise SignedAlready(f"{earlier.society_name} has already signed, by {earlier.printed_name}.", earlier)
    if earlier:
        Signature.objects.filter(pk=earlier.pk).update(replaced_at=now)
    signature = _written(letter, by, version, consent, presence, now, earlier, approval, place["seat"])
    try:
        with transaction.atomic():
            signature.save()
    except IntegrityError:  # SQLite and PostgreSQL hold the constraint even where the lock did not
        raise SignedAlready("Your society has just been signed for by a colleague.", standing.get()) from None
    if place["response"] != Response.NONE:
        Invitation.objects.filter(pk=by.invitation_id).update(**UNANSWERED)
    if place["read"] != version.pk:
        Link.objects.filter(pk=by.pk).update(last_read=version)
    owed.receipt(signature, by, now=now)
    if by.officer.shares_a_mailbox:
        owed.shared(signature, by, now=now)
    return signature


def _open_version(letter: Letter, by: Link, consent: Consent, now: datetime.datetime) -> Version:
    if letter.current_id == by.invitation.letter.current_id:  # a version never changes: the one at hand will do
        letter.current = by.invitation.letter.current
    if letter.current and letter.current.content_hash != consent.content_hash:
        raise VersionMoved(f"Version {letter.current.number} is now on the table. Nothing was signed.")
    if letter.current is None or not _is_open(letter, by, now):
        raise NotNow(closed_sentence(letter))
    return letter.current


def _is_open(letter: Letter, by: Link, now: datetime.datetime) -> bool:
    """Before the deadline, or in a late call to this society; all read under the lock."""
    if letter.state == State.SIGNING:
        return letter.deadline is not None and now < letter.deadline
    if letter.state not in PAST_SEAL:
        return False
    invitation = Invitation.objects.select_related("late_call").get(pk=by.invitation_id)
    invitation.letter = letter
    return invitation.open_until(now) is not None


def _place(by: Link, now: datetime.datetime) -> dict[str, Any]:
    """How the officer's place stands now that the letter is locked (one query); raises NotNow for who may not sign.

    Returns `response` of the society, whether it asks for `two_people`, `standing`, the key of the place's live
    signature or None, `read`, the version last read, and `seat`, how the seat was confirmed.
    """
    held = "links__officer__confirmations__"
    rows = list(
        Invitation.objects.filter(pk=by.invitation_id, links=by.pk, links__revoked_at=None)
        .annotate(
            live=FilteredRelation(
                "signatures",
                condition=Q(signatures__slot=by.slot, signatures__withdrawn_at=None, signatures__replaced_at=None),
            )
        )
        .order_by(f"{held}at", f"{held}pk")
        .values(
            "response", "two_people", standing=F("live__pk"), read=F("links__last_read"),
            way=F(f"{held}way"), words=F(f"{held}words"), at=F(f"{held}at"),
        )
    )  # fmt: skip
    if not rows or not by.officer.may_sign_on(now.date()):
        raise refusal(by)
    ways = [Confirmation(way=row["way"], words=row["words"], at=row["at"]) for row in rows if row["way"]]
    return {**rows[0], "seat": "; ".join(way.public for way in ways)[:700]}


def _written(
    letter: Letter, by: Link, version: Version, consent: Consent, presence: Presence, now: datetime.datetime,
    earlier: Signature | None, approval: Approval | None, seat: str,
) -> Signature:  # fmt: skip
    words = statement(by.invitation, version)
    if consent.statement_hash not in ("", statement_hash(words)):
        raise NotNow("The words you would declare changed while you looked at them. Nothing was signed; look again.")
    logo = by.invitation.society.logo if consent.logo else None
    if consent.logo and (logo is None or logo.sha256 != consent.logo):
        raise NotNow("Your society’s logo changed while you looked at it. Nothing was signed; look again.")
    signature = Signature(
        invitation=by.invitation, slot=by.slot, officer=by.officer, version=version,
        content_hash=version.content_hash, receipt_no=receipt_number(), statement=words,
        statement_hash=statement_hash(words), society_name=by.invitation.society.as_printed,
        printed_name=consent.printed_name, office=consent.office, mandate_body=consent.mandate_body,
        mandate_date=consent.mandate_date, mandate_minute=consent.mandate_minute, mandate_file=consent.mandate_file,
        interests=consent.interests, logo=logo, signed_at=now,
        authenticated=presence.how, authenticated_at=presence.at, salt=new_salt(),
        seat=seat,
        two_people=approval is not None, approved_by=approval.officer if approval else None,
    )  # fmt: skip
    facts = {"receipt": signature.receipt_no, "version": version.number, "content_hash": version.content_hash}
    if earlier:
        facts["replaces"] = earlier.receipt_no
    Event.objects.append(
        letter, "signed", actor="officer", by=by.officer.user, at=now, data=facts,
        private=signature.committed(), salt=signature.salt,
    )  # fmt: skip
    signature.checkpoint = checkpoint.sign(
        site_checkpoint(), origin=lifecycle.origin(letter, "events"), size=letter.events_count,
        root=bytes.fromhex(letter.events_head),
    )  # fmt: skip
    return signature


@transaction.atomic
def withdraw(*, by: Link, signature: Signature, reason: str, clock: Clock = database_now) -> Signature:
    """Take the society's signature back; after the close, before the seal, the roster is frozen anew without it."""
    letter = lifecycle.locked(by.invitation.letter)
    now = clock()
    if letter.state not in (State.SIGNING, State.REVIEW, State.CLOSED) and sealed_in(signature):
        raise NotNow("The letter is sealed. Your receipt leads to a dated public note that takes the support back.")
    refuse_others(by, now)
    live = Signature.objects.filter(pk=signature.pk, invitation=by.invitation).live()
    if not live.update(withdrawn_at=now, withdrawn_reason=reason.strip()):
        raise NotNow("This signature is already withdrawn or replaced.")
    facts = {"receipt": signature.receipt_no}
    Event.objects.append(letter, "withdrawn", actor="officer", by=by.officer.user, at=now, data=facts)
    if letter.state == State.CLOSED:
        lifecycle.freeze(letter, now=now)
    elif letter.state in PAST_SEAL and letter.editions.filter(sealed_at=None, superseded_at=None).exists():
        lifecycle.freeze_late(letter, now=now)
    owed.withdrawn(signature, by, now=now)
    return Signature.objects.get(pk=signature.pk)


def sealed_in(signature: Signature) -> Edition | None:
    """The first sealed edition that prints the signature."""
    printed = Edition.objects.filter(enrolled__signature=signature, version=signature.version_id)
    return printed.exclude(sealed_at=None).order_by("number").first()


@transaction.atomic
def note(*, by: Link, signature: Signature, words: str, clock: Clock = database_now) -> Signature:
    """Take the society's support back in public, dated, after the seal; raises NotNow before it.

    What was sealed keeps the signature, and the public page shows the note below it; later editions leave it out.
    """
    letter = lifecycle.locked(by.invitation.letter)
    now = clock()
    if sealed_in(signature) is None:
        raise NotNow("The signature is not sealed yet; withdraw it, and it is not printed at all.")
    refuse_others(by, now)
    live = Signature.objects.filter(pk=signature.pk, invitation=by.invitation).live()
    if not live.update(withdrawn_at=now, withdrawn_after_seal=True, public_note=words.strip()):
        raise NotNow("There is a note by your society already.")
    facts = {"receipt": signature.receipt_no, "note": words.strip()}
    Event.objects.append(letter, "withdrawn", actor="officer", by=by.officer.user, at=now, data=facts)
    if letter.editions.filter(sealed_at=None, superseded_at=None).exists():
        lifecycle.freeze_late(letter, now=now)
    owed.withdrawn(signature, by, now=now, after_seal=True)
    return Signature.objects.get(pk=signature.pk)
