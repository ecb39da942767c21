"""The submission pack of a rehearsed letter for each journal it was held against, under submission/KEY."""

from letters.management.fitting import Aims
from letters.models import Edition, Signature
from letters.models.society import SocietyKind
from letters.render.store import verify_address
from letters.text.canonical import Refused
from letters.text.pack.citation import cited
from letters.text.pack.contents import pack
from letters.text.pack.matter import Matter, Target
from letters.text.pack.people import AUTHOR, ON_BEHALF, SUBMITTER, BadPeople, Contributor, People
from letters.text.venue import Venue


def packs(edition: Edition, aims: Aims, pdf: bytes) -> tuple[dict[str, bytes], list[str]]:
    """({path: bytes}, a sentence for each journal whose pack cannot be made); the pack is of the sealed version.

    Each pack is made as if its journal were the only one the letter goes to.
    """
    letter, version = edition.letter, edition.version
    printed = {one.doi.lower(): one.printed for one in cited(version.parts) if one.doi}
    files: dict[str, bytes] = {}
    refused = []
    for venue in aims.venues:
        try:
            matter = Matter(
                title=letter.title, blocks=version.parts, venue=venue, people=_people(edition, venue),
                targets=tuple(Target(doi, printed.get(doi, "")) for doi in aims.targets), convener=letter.convener,
                dated=edition.closed_at.astimezone(letter.zone).date(), verify=verify_address(edition),
                language=letter.language,
            )  # fmt: skip
            files |= {f"submission/{venue.key}/{name}": data for name, data in pack(matter, pdf=pdf).items()}
        except (BadPeople, Refused) as error:
            refused.append(f"{venue.name}: {error}")
    return files, refused


def _people(edition: Edition, venue: Venue) -> People:
    """Societies as authors; where a journal takes none, the first officer writes on their behalf, as a stand-in."""
    rows = Signature.objects.filter(version=edition.version).live().in_printed_order()
    signed = list(rows.select_related("invitation__society"))
    persons = venue.rule("group").yes is False
    first = signed[0]
    role = AUTHOR if persons else SUBMITTER
    submitter = Contributor(role, family=first.printed_name, office=first.office, affiliation=first.society_name)
    contributors = [_contributor(one, ON_BEHALF if persons else AUTHOR) for one in signed]
    return People((*([submitter] if persons else []), *contributors), submitter)


def _contributor(one: Signature, role: str) -> Contributor:
    society = one.invitation.society
    person = society.kind == SocietyKind.PERSON
    return Contributor(
        role, family=one.society_name if person else "", society="" if person else one.society_name,
        country=society.country, ror=society.ror_id, officer="" if person else one.printed_name, office=one.office,
        interests=one.interests,
    )  # fmt: skip
