"""The public page of a society: the released letters under which its live signature stands."""

import dataclasses
from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from letters.models import Edition, Signature, Society, SocietyKind, State
from letters.proof.records import instant
from signon.site import absolute


@dataclasses.dataclass(frozen=True, slots=True)
class Signed:
    """One letter on a society's page; `name` is how the society is printed there."""

    signature: Signature
    edition: Edition

    @property
    def name(self) -> str:
        """The society's name under this letter."""
        return self.signature.society_name


def society_at(**place: int | str) -> Society | None:
    """The society of this slug or pk, also one that was merged into another; None for a person and for none."""
    rows = Society.objects.exclude(kind=SocietyKind.PERSON).select_related("merged_into")
    return rows.filter(**place).first()


def signed_by(society: Society) -> list[Signed]:
    """The released letters whose newest sealed edition prints the society's live signature, the newest first.

    Two queries. A close takes every live signature, so one given by then that still lives is in its roster.
    """
    sealed = Edition.objects.exclude(sealed_at=None).filter(version=OuterRef("version"))
    printed = sealed.filter(closed_at__gte=OuterRef("signed_at"))
    live = Signature.objects.live().filter(Exists(printed), version__letter__state=State.PUBLISHED)
    mine = live.filter(Q(invitation__society=society) | Q(invitation__society__merged_into=society))
    rows = mine.filter(version=F("version__letter__current")).select_related("version__letter").order_by("slot")
    first: dict[int, Signature] = {}
    for row in rows.defer("statement", "checkpoint", "version__text", "version__html", "version__blocks"):
        first.setdefault(row.version.letter_id, row)
    newest = Edition.objects.exclude(sealed_at=None).filter(letter__in=first).order_by("letter", "number")
    editions = {edition.letter_id: edition for edition in newest}
    found = [Signed(row, editions[letter]) for letter, row in first.items()]
    return sorted(found, key=lambda one: str(one.signature.version.letter.published_at), reverse=True)


def as_json(society: Society, letters: list[Signed]) -> dict[str, Any]:
    """The page for a program; the fields are explained in docs/public.md."""
    return {
        "society": {
            "name": society.as_printed, "short_name": society.short_name, "country": society.country,
            "ror": society.ror_id, "url": absolute(society.get_absolute_url()),
        },
        "letters": [_letter(one) for one in letters],
    }  # fmt: skip


def _letter(one: Signed) -> dict[str, Any]:
    version = one.signature.version
    letter = version.letter
    page = absolute(letter.get_absolute_url())
    return {
        "title": version.title, "signed_as": one.name, "url": page, "pdf": f"{page}/letter.pdf",
        "badge": f"{page}/badge.svg", "convener": letter.convener, "version": version.number,
        "edition": one.edition.number, "signed_by": one.edition.signers,
        "published_at": instant(letter.published_at) if letter.published_at else "",
    }  # fmt: skip
