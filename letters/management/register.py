"""Writes one organisation of an outside registry into ours: by its id, or by full name and country; never by alias."""

import dataclasses
import datetime

from django.db import IntegrityError, transaction

from letters.management.ror_dump import Organisation
from letters.models import Domain, Society, SocietyName
from letters.models.society import name_key


@dataclasses.dataclass(frozen=True, slots=True)
class Taken:
    """What became of one organisation: `state` is new, known or open; `note` is a sentence for the operator."""

    state: str
    note: str = ""


@transaction.atomic
def take(found: Organisation, *, now: datetime.datetime, write: bool) -> Taken:
    """Add the organisation, or fill what is empty of the society with its ROR id or its full name and country.

    What people wrote is never overwritten. A name that stands under another ROR id is left for a person.
    """
    held = Society.objects.filter(ror_id=found.ror_id).first()
    if held is None:
        held = Society.objects.named(found.name).filter(country__in=("", found.country)).order_by("-country").first()
        if held and (held.merged_into_id or held.ror_id):
            return Taken("open", f"{found.ror_id}: {found.name} is in the registry as {held.surviving}, {held.ror_id}.")
    if not write:
        return Taken("known" if held else "new")
    society = held or Society(official_name=found.name)
    for field, value in (
        ("ror_id", found.ror_id), ("country", found.country), ("short_name", found.acronym[:60]),
        ("languages", ", ".join(found.languages)[:60]),
    ):  # fmt: skip
        setattr(society, field, getattr(society, field) or value)
    try:
        with transaction.atomic():
            society.save()
    except IntegrityError:  # a second row has the name and the country that would be filled in
        return Taken("open", f"{found.ror_id}: {found.name} stands twice in the registry; merge the two first.")
    _fill(society, found, now)
    return Taken("known" if held else "new")


def _fill(society: Society, found: Organisation, now: datetime.datetime) -> None:
    have = {society.name_key, *society.other_names.values_list("key", flat=True)}
    for name, kind in found.names:
        if name_key(name) not in have:
            have.add(name_key(name))
            SocietyName.objects.create(society=society, name=name, kind=kind)
    if not society.domains.exists():
        Domain.objects.bulk_create(Domain(society=society, name=name, added_at=now) for name in found.domains)
