"""A submission as the value its files are made of: the text, the people in their roles, what is true around it."""

from collections.abc import Mapping

from letters.models import Claim, Edition, Journal, Letter, Part, Permission, Signature, SocietyKind, State, Submission
from letters.text.blocks import Block
from letters.text.pack.matter import Matter, Target
from letters.text.pack.people import (
    ACKNOWLEDGED,
    AUTHOR,
    ENDORSER,
    ON_BEHALF,
    SUBMITTER,
    Contributor,
    People,
    for_venue,
)
from signon.site import absolute

ROLE = {Part.AUTHOR: AUTHOR, Part.BEHALF: ON_BEHALF, Part.ENDORSER: ENDORSER, Part.ACKNOWLEDGED: ACKNOWLEDGED}
RELATED = (
    "edition__letter__owner", "edition__version", "edition__document", "journal", "summary__summary", "target",
    "created_by", "asked_by", "agreed_by", "sent_copy",
)  # fmt: skip


def blocks_of(row: Submission) -> list[Block]:
    """The words that go."""
    return row.summary.parts if row.summary else row.edition.version.parts


def title_of(row: Submission) -> str:
    """Their title."""
    return row.summary.title if row.summary else row.edition.version.title


def signers(edition: Edition) -> dict[int, Signature]:
    """One signature for each society of the roster by invitation, in printed order (one query)."""
    first: dict[int, Signature] = {}
    for one in edition.signatures():
        first.setdefault(one.invitation_id, one)
    return first


def people_of(row: Submission) -> People:
    """All contributors in their places and the submitter; raises BadPeople (two queries)."""
    signed, found = signers(row.edition), []
    for one in row.contributors.all():
        role = ROLE[Part(one.part)]
        if one.invitation_id is None:
            who = {"given": one.given_names, "family": one.family_name, "affiliation": one.affiliation}
            found.append(Contributor(role, email=one.email, orcid=one.orcid, **who))
        elif one.invitation_id in signed:
            found.append(_society(role, signed[one.invitation_id]))
    return People(tuple(found), _submitter(row, found))


def _society(role: str, signature: Signature) -> Contributor:
    society = signature.invitation.society
    who = "family" if society.kind == SocietyKind.PERSON else "society"
    return Contributor(
        role, country=society.country, ror=society.ror_id, officer=signature.printed_name, office=signature.office,
        interests=signature.interests, **{who: signature.society_name},
    )  # fmt: skip


def _submitter(row: Submission, contributors: list[Contributor]) -> Contributor:
    """The contributor of this name, where the address is no other's, else somebody who only hands it in."""
    name = " ".join(row.submitter_name.split())
    for one in contributors:
        same = one.person and one.name.casefold() == name.casefold()
        if same and (not one.email or one.email.casefold() == row.submitter_email.casefold()):
            return one
    return Contributor(SUBMITTER, family=name, email=row.submitter_email)


def matter_of(row: Submission) -> Matter:
    """All its files may know, its people as the journal can print them; raises BadPeople."""
    edition, letter, journal = row.edition, row.edition.letter, row.journal
    papers = [row.target] if row.target else list(letter.targets.all())
    claims = Claim.objects.filter(letter=letter, removed_at=None, remedy__startswith="to ")
    remedies = dict.fromkeys(claims.values_list("remedy", flat=True))
    others = elsewhere(row)
    public = absolute(letter.get_absolute_url()) if letter.state == State.PUBLISHED else ""
    return Matter(
        title=title_of(row), blocks=blocks_of(row), venue=journal.venue,
        people=for_venue(people_of(row), journal.venue),
        targets=tuple(Target(one.doi, one.citation) for one in papers), convener=letter.convener,
        dated=edition.closed_at.astimezone(letter.zone).date(), verify=absolute(f"/v/{edition.public_id}"),
        public=public, elsewhere=tuple(others.values()), editors=_editors(row, others),
        permitted=not unpermitted(row, others),
        remedy=", ".join(remedies), full=edition.version.title if row.summary else "", language=letter.language,
        cover_language=row.language, issn=journal.issn, publisher=journal.publisher,
    )  # fmt: skip


def elsewhere(row: Submission) -> Mapping[int, str]:
    """The other journals the statement goes to or is prepared for, by primary key and name (one query)."""
    others = Submission.objects.filter(edition__letter=row.edition.letter_id).exclude(journal=row.journal_id)
    return dict(others.order_by("journal__name").values_list("journal", "journal__name"))


def unpermitted(row: Submission, others: Mapping[int, str]) -> dict[int, str]:
    """Journals whose editor has not allowed that the text stands in `others` as well (ICMJE, section III.D).

    One query where there are others; by primary key and name, none where it goes to one journal only.
    """
    if not others:
        return {}
    given = set(Permission.objects.filter(letter=row.edition.letter_id).values_list("journal", flat=True))
    every = {row.journal_id: row.journal.name, **others}
    return {pk: name for pk, name in every.items() if pk not in given}


def _editors(row: Submission, others: Mapping[int, str]) -> tuple[str, ...]:
    """What the journals are called whose editors are to be asked; the same journal by another form only if alone."""
    journals = Journal.objects.filter(pk__in=others) if others else []
    called = dict.fromkeys(one.in_sentences for one in journals if one.in_sentences != row.journal.in_sentences)
    return tuple(called) or tuple(others.values())


def sealed_edition(letter: Letter) -> Edition | None:
    """The newest sealed edition: what can be downloaded and sent."""
    return letter.editions.exclude(sealed_at=None).select_related("version", "document").last()
