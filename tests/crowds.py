"""A letter that thousands of societies signed, whose rows are written in bulk as copies of one signature."""

from collections.abc import Iterator
from itertools import islice

from letters import lifecycle
from letters.models import Edition, Invitation, Letter, Signature, Society, database_now
from letters.models.society import name_key
from tests import factories

CHUNK = 2_000


def signed_by(number: int, label: str = "Counting") -> Letter:
    """A letter open for signature that Bob signed, and behind him so many societies "Society 1 of Counting".

    `label` stands in their names in the place of "Counting", and its first letter in their receipts.
    """
    letter: Letter = factories.signing_open()
    (pattern,) = factories.signed(letter, "bob")
    last = letter.invitations.order_by("position").last().position
    places = iter(range(1, number + 1))
    while chunk := list(islice(places, CHUNK)):
        _write(letter, pattern, chunk, last, label)
    return letter


def closed_by(number: int, label: str = "Counting") -> Edition:
    """The frozen roster of such a letter."""
    return lifecycle.close(signed_by(number, label), by=factories.alice())


def _write(letter: Letter, pattern: Signature, places: list[int], last: int, label: str) -> None:
    societies = [
        Society(
            official_name=name,
            name_key=name_key(name),
            short_name=f"S{place}",
            country="GB",
            slug=f"crowd-{label.lower()}-{place}",
        )
        for place in places
        for name in [f"Society {place} of {label}"]
    ]
    Society.objects.bulk_create(societies)
    invitations = [
        Invitation(letter=letter, society=society, position=last + place, invited_at=database_now())
        for place, society in zip(places, societies, strict=True)
    ]
    Invitation.objects.bulk_create(invitations)
    Signature.objects.bulk_create(_copies(pattern, invitations, places, label))


def _copies(pattern: Signature, invitations: list[Invitation], places: list[int], label: str) -> Iterator[Signature]:
    same = {field.attname: getattr(pattern, field.attname) for field in Signature._meta.concrete_fields}
    for place, invitation in zip(places, invitations, strict=True):
        own = {
            "id": None, "receipt_no": f"{label[0]}-{place:06}", "invitation_id": invitation.pk, "salt": f"{place:032x}",
            "society_name": invitation.society.official_name, "printed_name": f"Officer {place}",
        }  # fmt: skip
        yield Signature(**(same | own))
