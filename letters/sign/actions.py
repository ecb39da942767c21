"""The verbs of signing: sign, decline, withdraw. Each locks the letter first, then looks at state and clock."""

import dataclasses
import datetime
from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, FilteredRelation, Q

from letters import lifecycle
from letters.freshness import Presence
from letters.lifecycle import NotNow
from letters.models import Approval, Event, Invitation, Letter, Link, Response, Signature, State, Version, database_now
from letters.models.event import new_salt
from letters.notify import owed
from letters.proof import checkpoint
from letters.proof.records import statement_hash
from letters.render.site_keys import site_keys
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
    """What the officer confirmed on the page: the words read, how to be printed, and by which mandate."""

    content_hash: str
    printed_name: str
    office: str
    mandate_body: str
    mandate_date: datetime.date | None = None
    mandate_minute: str = ""


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
    signature = _written(letter, by, version, consent, presence, now, earlier, approval)
    try:
        with transaction.atomic():
            signature.save()
    except IntegrityError:  # SQLite and PostgreSQL hold the constraint even where the lock did not
        raise SignedAlready("Your society has just been signed for by a colleague.", standing.get()) from None
    if place["response"] != Response.NONE:
        Invitation.objects.filter(pk=by.invitation_id).update(
            response=Response.NONE, responded_at=None, responded_by=None, reason=""
        )
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
    if letter.state != State.SIGNING or letter.current is None:
        raise NotNow(closed_sentence(letter))
    if letter.deadline is None or now >= letter.deadline:
        raise NotNow(closed_sentence(letter))
    return letter.current


def _place(by: Link, now: datetime.datetime) -> dict[str, Any]:
    """How the officer's place stands now that the letter is locked (one query); raises NotNow for who may not sign.

    Returns `response` of the society, whether it asks for `two_people`, `standing`, the key of the place's live
    signature or None, and `read`, the version last read.
    """
    place = (
        Invitation.objects.filter(pk=by.invitation_id, links=by.pk, links__revoked_at=None)
        .annotate(
            live=FilteredRelation(
                "signatures",
                condition=Q(signatures__slot=by.slot, signatures__withdrawn_at=None, signatures__replaced_at=None),
            )
        )
        .values("response", "two_people", standing=F("live__pk"), read=F("links__last_read"))
        .first()
    )
    if place is None or not by.officer.may_sign_on(now.date()):
        raise _refusal(by)
    return dict(place)


def _written(
    letter: Letter, by: Link, version: Version, consent: Consent, presence: Presence, now: datetime.datetime,
    earlier: Signature | None, approval: Approval | None,
) -> Signature:  # fmt: skip
    words = statement(by.invitation, version)
    signature = Signature(
        invitation=by.invitation, slot=by.slot, officer=by.officer, version=version,
        content_hash=version.content_hash, receipt_no=receipt_number(), statement=words,
        statement_hash=statement_hash(words), society_name=by.invitation.society.as_printed,
        printed_name=consent.printed_name, office=consent.office, mandate_body=consent.mandate_body,
        mandate_date=consent.mandate_date, mandate_minute=consent.mandate_minute, signed_at=now,
        authenticated=presence.how, authenticated_at=presence.at, salt=new_salt(),
        seat="; ".join(row.public for row in by.officer.confirmations.all())[:700],
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
        site_keys().checkpoint, origin=lifecycle.origin(letter, "events"), size=letter.events_count,
        root=bytes.fromhex(letter.events_head),
    )  # fmt: skip
    return signature


def _refuse_others(by: Link, now: datetime.datetime) -> None:
    """Only a signer in office, by a link that was not taken back, acts for the society."""
    if not by.officer.may_sign_on(now.date()) or not Link.objects.live().filter(pk=by.pk).exists():
        raise _refusal(by)


def _refusal(by: Link) -> NotNow:
    return NotNow(f"{by.officer} cannot act for this society; ask the coordinator to correct the list.")


def closed_sentence(letter: Letter) -> str:
    """Why nobody can sign now, in one sentence."""
    zone = letter.zone
    if letter.state == State.REVIEW:
        return "The letter is in review and not open for signature; you will get a mail when it is."
    if letter.state == State.SIGNING and letter.deadline:
        local = letter.deadline.astimezone(zone)
        return f"The deadline was {local.day} {local:%B %Y at %H:%M} ({zone.key}). Ask the coordinator to extend it."
    closing = letter.editions.order_by("-closed_at").first()
    if closing:
        at = closing.closed_at.astimezone(zone)
        return f"The letter was closed on {at.day} {at:%B %Y at %H:%M:%S} ({zone.key}). Nothing more can be signed."
    return f"The letter is “{letter.get_state_display()}” and not open for signature."


@transaction.atomic
def decline(*, by: Link, reason: str, clock: Clock = database_now) -> Invitation:
    """Say for the society that it will not sign; raises NotNow after the close or while a signature stands."""
    letter = lifecycle.locked(by.invitation.letter)
    now = clock()
    if letter.state not in (State.SIGNING, State.REVIEW):
        raise NotNow(closed_sentence(letter))
    _refuse_others(by, now)
    if Signature.objects.filter(invitation=by.invitation).live().exists():
        raise NotNow("Your society has signed. Withdraw the signature first, then decline.")
    Invitation.objects.filter(pk=by.invitation_id).update(
        response=Response.DECLINED, reason=reason.strip(), responded_at=now, responded_by=by.officer.user
    )
    society = {"society": by.invitation.society.official_name}
    Event.objects.append(letter, "responded", actor="officer", by=by.officer.user, at=now, private=society)
    owed.declined(by, reason=reason.strip(), now=now)
    return by.invitation


@transaction.atomic
def withdraw(*, by: Link, signature: Signature, reason: str, clock: Clock = database_now) -> Signature:
    """Take the society's signature back; after the close, before the seal, the roster is frozen anew without it."""
    letter = lifecycle.locked(by.invitation.letter)
    now = clock()
    if letter.state not in (State.SIGNING, State.REVIEW, State.CLOSED):
        raise NotNow("The letter is sealed. Write to the coordinator: a dated note can be published with it.")
    _refuse_others(by, now)
    live = Signature.objects.filter(pk=signature.pk, invitation=by.invitation).live()
    if not live.update(withdrawn_at=now, withdrawn_reason=reason.strip()):
        raise NotNow("This signature is already withdrawn or replaced.")
    facts = {"receipt": signature.receipt_no}
    Event.objects.append(letter, "withdrawn", actor="officer", by=by.officer.user, at=now, data=facts)
    if letter.state == State.CLOSED:
        lifecycle.freeze(letter, now=now)
    owed.withdrawn(signature, by, now=now)
    return Signature.objects.get(pk=signature.pk)
