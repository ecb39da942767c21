"""The notice kit of a released letter: what each society that signed gets to tell its members; one mail each."""

import dataclasses

from django.db import transaction
from django.db.models import Q

from letters.models import Edition, Job, Link, Sending, Signature, Submission, database_now
from letters.notify import owed, wording
from letters.text.notice import notice
from signon.site import absolute


@dataclasses.dataclass(frozen=True, slots=True)
class Kit:
    """A society's own name, the edition's count, a text of at most 60 words, and the addresses that go with it."""

    society: str
    societies: int
    text: str
    language: str
    page: str
    pdf: str
    address: str


def journal_of(edition: Edition) -> str:
    """Whom the letter was sent to: the first journal that took it, else the addressee; may be empty."""
    sent = Submission.objects.filter(edition__letter=edition.letter_id, state=Sending.SENT).select_related("journal")
    first = sent.order_by("sent_at").first()
    return first.journal.name if first else edition.letter.addressee


def kit_of(edition: Edition, signature: Signature, journal: str, language: str) -> Kit:
    """The kit of the society that gave this signature, under the name that is printed, its text in `language`."""
    letter = edition.letter
    page = absolute(letter.get_absolute_url())
    text = notice(
        society=signature.society_name, short_name=signature.invitation.society.short_name,
        societies=edition.societies, journal=journal, title=edition.version.title, address=page,
        language=language,
    )  # fmt: skip
    kit = absolute(f"/r/{letter.slug}/kit")
    return Kit(signature.society_name, edition.societies, text, language, page, f"{page}/letter.pdf", kit)


def standing(edition: Edition) -> dict[int, Signature]:
    """The printed signatures by invitation, without those whose society took its support back (one query)."""
    receipts = [record["receipt"] for record in edition.roster]
    rows = Signature.objects.filter(receipt_no__in=receipts, withdrawn_after_seal=False)
    found: dict[int, Signature] = {}
    for signature in rows.select_related("invitation__society").order_by("pk"):
        found.setdefault(signature.invitation_id, signature)
    return found


@transaction.atomic
def mail_kits(job: Job) -> None:
    """Owe each officer who signed, or the successor, the kit; who has one, from this or an earlier edition, gets none.

    Running twice owes nothing twice.
    """
    edition = Edition.objects.select_related("letter__owner", "version").get(pk=job.subject)
    signatures, now, journal = standing(edition), database_now(), journal_of(edition)
    officers = Signature.objects.filter(receipt_no__in=[record["receipt"] for record in edition.roster])
    links = Link.objects.live().filter(invitation__in=signatures)
    links = links.filter(Q(officer__in=officers.values("officer")) | Q(officer__follows__in=officers.values("officer")))
    for link in links.select_related("officer__user", "invitation__society"):
        link.invitation.letter = edition.letter
        language = wording.language_of(link, edition.letter)
        owed.kit(link, kit_of(edition, signatures[link.invitation_id], journal, language), now=now)
