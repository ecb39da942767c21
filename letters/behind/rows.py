"""Reads who is printed under a letter and what each society said of its summaries; it writes nothing."""

import datetime
from collections.abc import Iterable

from django.db.models import Exists, F, Min, OuterRef, Q
from django.db.models.functions import Coalesce

from letters.behind.values import Behind, Standing, count, place
from letters.models import (
    BEFORE_SENDING,
    Delegation,
    Letter,
    Sending,
    Signature,
    Submission,
    Summary,
    SummaryApproval,
    SummaryVersion,
)

NOT_SENT = (*BEFORE_SENDING, Sending.FAILED)


def behind(version: SummaryVersion) -> list[Behind]:
    """The societies to be named with this version, in printed order (five queries)."""
    return [row for row in places(version) if row.is_behind]


def places(version: SummaryVersion) -> list[Behind]:
    """Every printed society in printed order, with how it stands to this version."""
    return places_of(version.summary.letter, [version])[version.pk]


def standing(version: SummaryVersion) -> Standing:
    """How many stand how to this version."""
    return count(places(version))


def standings(letter: Letter, versions: Iterable[SummaryVersion]) -> dict[int, Standing]:
    """The same for several versions, by primary key, in as many queries as for one."""
    return {key: count(rows) for key, rows in places_of(letter, list(versions)).items()}


def printed(letter: Letter) -> list[Signature]:
    """One signature for each society that is printed, in printed order (two queries).

    After the seal the roster of the newest sealed edition, before it the live signatures under the version on the
    table. A signature taken back since the seal is among them; its `withdrawn_at` says so.
    """
    edition = letter.editions.exclude(sealed_at=None).order_by("-number").first()
    if edition:
        found = edition.signatures()
    else:
        live = Signature.objects.filter(invitation__letter=letter, version=letter.current_id).live()
        found = live.select_related("invitation__society").in_printed_order().iterator()
    first: dict[int, Signature] = {}
    for one in found:  # of several officers of a society, one whose signature stands
        held = first.setdefault(one.invitation_id, one)
        if held.withdrawn_at and not one.withdrawn_at:
            first[one.invitation_id] = one
    return list(first.values())


def waiting(invitations: Iterable[int]) -> dict[int, list[Summary]]:
    """By invitation, the summaries that wait for a word of a society that signed (one query).

    None waits where the society left them to another, or once the version went to a journal.
    """
    mine = OuterRef("of")
    rows = (
        Summary.objects.filter(letter__invitations__in=list(invitations), current__isnull=False)
        .annotate(of=F("letter__invitations"))
        .filter(
            Exists(Signature.objects.filter(invitation=mine).live()),
            ~Exists(SummaryApproval.objects.live().filter(invitation=mine, version=OuterRef("current"))),
            ~Exists(Delegation.objects.filter(invitation=mine, ended_at=None)),
            ~Exists(Submission.objects.filter(summary=OuterRef("current")).exclude(state__in=NOT_SENT)),
        )
        .select_related("current", "journal")
        .order_by("number")
    )
    found: dict[int, list[Summary]] = {}
    for row in rows:
        found.setdefault(row.of, []).append(row)
    return found


def went_out(versions: Iterable[SummaryVersion]) -> dict[int, datetime.datetime]:
    """For each version that went to a journal: when a person first gave the word for it; what stood then stays."""
    gone = Submission.objects.filter(summary__in=list(versions)).exclude(state__in=NOT_SENT)
    moment = Min(Coalesce("agreed_at", "asked_at", "sent_at", "created_at"))
    return dict(gone.order_by().values("summary").annotate(moment=moment).values_list("summary", "moment"))


def places_of(letter: Letter, versions: list[SummaryVersion]) -> dict[int, list[Behind]]:
    """The same for several versions of a letter's summaries, by primary key, in as many queries as for one."""
    signatures, sent = printed(letter), went_out(versions)
    words: dict[int, dict[int, SummaryApproval]] = {version.pk: {} for version in versions}
    for word in SummaryApproval.objects.live().filter(version__in=versions).select_related("officer"):
        words[word.version_id][word.invitation_id] = word
    stood = Q(ended_at=None) | (Q(ended_at__gt=min(sent.values())) if sent else Q())
    delegations = list(
        Delegation.objects.filter(stood, invitation__letter=letter)
        .select_related("to__society", "officer", "recorded_by")
        .order_by("-recorded_at", "-pk")
    )
    found = {}
    for version in versions:
        at = sent.get(version.pk)
        there = [one.invitation for one in signatures if _stood(one.withdrawn_at, at)]
        # Later rows first, so that of two that stood when the version went out the earlier one counts.
        left = {one.invitation_id: one for one in delegations if _stood(one.ended_at, at)}
        said = {one.pk: words[version.pk][one.pk] for one in there if one.pk in words[version.pk]}
        found[version.pk] = [place(one, said, left) for one in there]
    return found


def _stood(ended: datetime.datetime | None, sent: datetime.datetime | None) -> bool:
    """Not ended, or only after the version had gone out."""
    return ended is None or (sent is not None and ended > sent)
