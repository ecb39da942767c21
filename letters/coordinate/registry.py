"""The verbs of the registry: correct what is known of a society, and merge two rows that are one society."""

import dataclasses
import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from letters import lifecycle
from letters.coordinate.fold import fold, refuse_doubles
from letters.lifecycle import NotNow
from letters.lists.arrange import arrange
from letters.models import (
    Confirmation,
    Document,
    Domain,
    Event,
    Invitation,
    Letter,
    Link,
    NameKind,
    Officer,
    Society,
    SocietyKind,
    SocietyName,
    User,
)
from letters.models.document import Kind


@dataclasses.dataclass(frozen=True, slots=True)
class Details:
    """What a coordinator says of a society; `logo` is a picture made by logo.reencoded, None to leave it as it is."""

    official_name: str
    short_name: str
    printed_name: str
    country: str
    languages: str
    domains: tuple[str, ...]
    ror_id: str
    logo: bytes | None = None
    logo_permission: str = ""
    drop_logo: bool = False
    kind: int = SocietyKind.SOCIETY


PLAIN = ("kind", "official_name", "short_name", "printed_name", "country", "languages", "ror_id", "logo_permission")


@transaction.atomic
def edit_society(*, by: User, letter: Letter, society: Society, details: Details, now: datetime.datetime) -> Society:
    """Correct a society that `letter` invites, for every letter; what was signed keeps the name it was signed with.

    Raises NotNow when the name or the ROR id belongs to another society of the registry.
    """
    row = lifecycle.locked(letter)
    changed = [field for field in PLAIN if getattr(society, field) != getattr(details, field)]
    for field in changed:
        setattr(society, field, getattr(details, field))
    if details.drop_logo or details.logo:
        society.logo = None
        changed.append("logo")
    if details.logo:
        society.logo = Document.objects.keep(details.logo, kind=Kind.LOGO, edition=None, now=now)
    if society.logo is None:
        society.logo_permission = ""
    try:
        with transaction.atomic():
            society.save()
    except IntegrityError:
        raise NotNow(_taken(society)) from None
    if _set_domains(society, details.domains, by, now):
        changed.append("domains")
    facts = {"society": society.official_name, "changed": changed}
    if changed:
        Event.objects.append(row, "society", actor="coordinator", by=by, at=now, private=facts)
    return society


def held(society: Society) -> Society:
    """The society read afresh and locked until the transaction ends: letters of others may correct it, too."""
    return Society.objects.select_for_update().get(pk=society.pk)


def last_correction(society: Society) -> tuple[User | None, datetime.datetime] | None:
    """Who corrected the society last, on whatever letter, and when."""
    name = held(society).official_name
    newest = Event.objects.filter(kind__in=("society", "merged"), details__society=name).select_related("by")
    found = newest.order_by("-at").first()
    return (found.by, found.at) if found else None


def _taken(society: Society) -> str:
    others = Society.objects.exclude(pk=society.pk)
    other = others.filter(ror_id=society.ror_id).first() if society.ror_id else None
    if other:
        return f"{society.ror_id} is the ROR id of {other}; if they are one society, merge them."
    return "Another society of the registry has this name and country; if they are one society, merge them."


def _set_domains(society: Society, names: tuple[str, ...], by: User, now: datetime.datetime) -> bool:
    """Seats whose address lies at a new domain are confirmed; confirmations by a domain taken away stay on record."""
    before = set(society.domains.values_list("name", flat=True))
    society.domains.exclude(name__in=names).delete()
    for name in names:
        if name not in before:
            Domain.objects.create(society=society, name=name, added_by=by, added_at=now)
    officers = (
        society.officers.filter(until=None).select_related("user", "society").prefetch_related("society__domains")
    )
    Confirmation.objects.by_domain(officers, now=now)
    return before != set(names)


@transaction.atomic
def merge(*, by: User | None, keep: Society, drop: Society, now: datetime.datetime) -> Society:
    """Make `drop` another name of `keep`: its invitations, seats, domains and names move over.

    Where one letter invites both, the two invitations become one (see fold), unless both were signed for.
    Signatures and events are not touched: they say what was signed, under the name of that day. `by` is None for
    the operator. Raises NotNow with the one reason why the two cannot be one row.
    """
    letters = list(Letter.objects.locked().filter(invitations__society=drop).order_by("pk"))
    _refuse_merge(by, keep, drop)
    pairs = [(letter, pair) for letter in letters if len(pair := _invited(letter, keep, drop)) > 1]
    for letter, pair in pairs:
        refuse_doubles(letter, pair)
    for letter, pair in pairs:
        fold(pair, now)
        arrange(letter)
    Invitation.objects.filter(society=drop).update(society=keep)
    _fold_seats(keep, drop, now)
    Officer.objects.filter(society=drop).update(society=keep)
    have = keep.domains.values("name")
    drop.domains.exclude(name__in=have).update(society=keep)
    _carry_names(keep, drop)
    Society.objects.filter(Q(pk=drop.pk) | Q(merged_into=drop)).update(
        merged_into=keep, ror_id="", logo=None, logo_permission=""
    )
    if not keep.logo_id:
        keep.logo, keep.logo_permission = drop.logo, drop.logo_permission
    for field in ("short_name", "country", "languages", "ror_id"):
        setattr(keep, field, getattr(keep, field) or getattr(drop, field))
    keep.save()
    officers = keep.officers.filter(until=None).select_related("user", "society")
    Confirmation.objects.by_domain(officers.prefetch_related("society__domains"), now=now)
    facts = {"society": drop.official_name, "into": keep.official_name}
    actor = "coordinator" if by else "system"
    for letter in letters:
        Event.objects.append(letter, "merged", actor=actor, by=by, at=now, private=facts)
    return keep


def _fold_seats(keep: Society, drop: Society, now: datetime.datetime) -> None:
    """Where a person sits in both, the seat in `drop` ends today and its links go to the one in `keep`.

    Signatures stay with the seat they were given from.
    """
    kept = {seat.user_id: seat for seat in Officer.objects.filter(society=keep, until=None)}
    for seat in Officer.objects.filter(society=drop, until=None, user__in=kept):
        Link.objects.filter(officer=seat).update(officer=kept[seat.user_id])
        Officer.objects.filter(pk=seat.pk).update(until=max(now.date(), seat.since or now.date()))
        Officer.objects.filter(pk=kept[seat.user_id].pk, follows=None).update(follows=seat)


def _carry_names(keep: Society, drop: Society) -> None:
    have = set(keep.other_names.values_list("key", flat=True)) | {keep.name_key}
    drop.other_names.exclude(key__in=have).update(society=keep)
    if drop.name_key not in have:
        SocietyName.objects.get_or_create(
            society=keep, key=drop.name_key, defaults={"name": drop.official_name, "kind": NameKind.FORMER}
        )


def _invited(letter: Letter, keep: Society, drop: Society) -> list[Invitation]:
    """The invitations of the two on one letter, that of `keep` first."""
    rows = Invitation.objects.filter(letter=letter, society__in=(keep, drop))
    return sorted(rows, key=lambda row: row.society_id != keep.pk)


def _refuse_merge(by: User | None, keep: Society, drop: Society) -> None:
    if keep.pk == drop.pk or keep.merged_into_id or drop.merged_into_id:
        raise NotNow("Choose two different societies that both still stand in the registry.")
    if keep.ror_id and drop.ror_id and keep.ror_id != drop.ror_id:
        raise NotNow("The two carry different ROR ids, so they are two organisations; correct the wrong id first.")
    if by and Letter.objects.filter(invitations__society=drop).exclude(pk__in=Letter.objects.run_by(by)).exists():
        raise NotNow(f"Letters of other coordinators invite {drop} too; ask the operator to merge the two.")
