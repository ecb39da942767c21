"""The notice kit of a released letter: what each society that signed gets to tell its members; one mail each."""

import dataclasses
import datetime
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from letters.models import Edition, Job, Link, Sending, Signature, Submission, database_now
from letters.notify import owed, wording
from letters.text.notice import notice
from signon.site import absolute

AT_ONCE = 500  # officers


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
    return first.journal.in_sentences if first else edition.letter.addressee


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


def standing(edition: Edition, invitations: Iterable[int]) -> dict[int, Signature]:
    """The printed signatures of these invitations, without those whose society took its support back (one query)."""
    rows = Signature.objects.filter(enrolled__edition=edition, invitation__in=invitations, withdrawn_after_seal=False)
    found: dict[int, Signature] = {}
    for signature in rows.select_related("invitation__society").order_by("pk"):
        found.setdefault(signature.invitation_id, signature)
    return found


def mail_kits(job: Job) -> None:
    """Owe each officer who signed, or the successor, the kit; who has one, from this or an earlier edition, gets none.

    Running twice owes nothing twice. So it is done for some officers at a time, and others can write in between.
    """
    edition = Edition.objects.select_related("letter__owner", "version").get(pk=job.subject)
    now, journal = database_now(), journal_of(edition)
    signed = Signature.objects.filter(enrolled__edition=edition)
    links = Link.objects.live().filter(invitation__in=signed.filter(withdrawn_after_seal=False).values("invitation"))
    officers = signed.values("officer")
    links = links.filter(Q(officer__in=officers) | Q(officer__follows__in=officers)).order_by("pk")
    links = links.select_related("officer__user", "invitation__society")
    last = 0
    while some := list(links.filter(pk__gt=last)[:AT_ONCE]):
        _mail(edition, some, journal, now)
        last = some[-1].pk


@transaction.atomic
def _mail(edition: Edition, links: list[Link], journal: str, now: datetime.datetime) -> None:
    signatures = standing(edition, {link.invitation_id for link in links})
    for link in links:
        if link.invitation_id not in signatures:  # the society took its support back meanwhile
            continue
        link.invitation.letter = edition.letter
        language = wording.language_of(link, edition.letter)
        owed.kit(link, kit_of(edition, signatures[link.invitation_id], journal, language), now=now)
