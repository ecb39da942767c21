"""What the public pages show, read from the rows."""

import dataclasses

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.text import slugify

from letters import behind
from letters.models import (
    Correspondence,
    Document,
    Edition,
    Invitation,
    Letter,
    Link,
    Officer,
    Signature,
    State,
    Summary,
    User,
)
from letters.models.document import Kind


def published() -> list[Letter]:
    """Letters open to everybody, newest first."""
    return list(Letter.objects.filter(state=State.PUBLISHED).order_by("-published_at"))


def edition_of(letter: Letter) -> Edition | None:
    """The newest sealed edition."""
    sealed = letter.editions.exclude(sealed_at=None).select_related("version", "document")
    return sealed.order_by("number").last()


def editions_of(letter: Letter) -> list[Edition]:
    """Every sealed edition, the newest first."""
    sealed = letter.editions.exclude(sealed_at=None).select_related("version", "document", "letter")
    return list(sealed.order_by("-number"))


def edition_asked(letter: Letter, number: str) -> Edition | None:
    """The sealed edition of this number; the newest where none is named."""
    if not number:
        return edition_of(letter)
    wanted = int(number) if number.isascii() and number.isdecimal() and len(number) < 6 else 0
    return next((edition for edition in editions_of(letter) if edition.number == wanted), None)


def logo_of(letter: Letter, receipt_no: str) -> Document | None:
    """The logo shown beside this entry of the newest edition, or None."""
    edition = edition_of(letter)
    row = edition.enrolled.filter(signature__receipt_no=receipt_no).first() if edition else None
    return Signature.objects.all().logos([row.record]).get(receipt_no) if row else None


def taken_back(edition: Edition) -> list[Signature]:
    """Signatures of earlier editions that this one leaves out, because the society took its support back in public."""
    rows = Signature.objects.filter(version=edition.version_id, withdrawn_after_seal=True)
    left_out = rows.exclude(Exists(edition.enrolled.filter(signature=OuterRef("pk"))))
    return list(left_out.order_by("withdrawn_at"))


def other_answers(letter: Letter) -> list[Invitation]:
    """What societies said short of signing and let be shown, in printed order."""
    shown = letter.invitations.filter(may_be_shown=True).select_related("society")
    return list(shown.order_by("position"))


def edition_by_id(public_id: str) -> Edition | None:
    """The sealed edition whose verify address this is."""
    short_hash, _, number = public_id.partition("-")
    if len(short_hash) != 12 or not (number.isascii() and number.isdecimal() and len(number) < 6):
        return None
    sealed = Edition.objects.exclude(sealed_at=None).select_related("letter", "version", "document")
    return sealed.filter(version__content_hash__startswith=short_hash, number=int(number)).first()


def entry_file(letter: Letter, pk: int) -> tuple[Document | None, str]:
    """The released file of a released entry, and its name in ASCII; no document where there is none."""
    shown = Correspondence.objects.shown().filter(letter=letter, pk=pk, file_public=True).select_related("file")
    row = shown.first()
    if row is None:
        return None, ""
    stem, _, suffix = row.file_name.rpartition(".")
    kind = slugify(suffix)[:8]
    return row.file, f"{slugify(stem)[:80] or f'entry-{pk}'}{f'.{kind}' if kind else ''}"


def edition_with(sha256: str) -> Edition | None:
    """The sealed edition whose PDF has this hash: the file is the very one that was sealed here."""
    rows = Document.objects.filter(sha256=sha256).select_related("edition__letter", "edition__version")
    document = rows.first()
    return document.edition if document and document.kind in (Kind.PDF, Kind.EVIDENCE) else None


def evidence_of(edition: Edition) -> Document | None:
    """The evidence file stored with the edition."""
    return edition.documents.filter(kind=Kind.EVIDENCE).order_by("-pk").first()


def printed_as(edition: Edition, invitation: Invitation) -> str:
    """The name under which the invited society stands in an edition; empty when it does not."""
    row = edition.enrolled.filter(signature__invitation=invitation).order_by("position").first()
    return row.society if row else ""


@dataclasses.dataclass(frozen=True, slots=True)
class Mine:
    """One letter on a person's own page."""

    link: Link
    signature: Signature | None
    summaries: list[Summary]  # that wait for the society's word


def letters_of(user: User) -> list[Mine]:
    """The letters a person is asked to sign, with the society's live signature (three queries)."""
    links = list(
        Link.objects.live()
        .filter(officer__user=user, invitation__invited_at__isnull=False)
        .exclude(invitation__letter__state=State.ABANDONED)
        .select_related("invitation__letter", "invitation__society", "officer")
        .order_by("-created_at")
    )
    live = (
        Signature.objects.filter(invitation__in=[link.invitation_id for link in links]).live().select_related("version")
    )
    signed = {(signature.invitation_id, signature.slot): signature for signature in live}
    waiting = behind.waiting(link.invitation_id for link in links)
    return [
        Mine(link, signed.get((link.invitation_id, link.slot)), waiting.get(link.invitation_id, [])) for link in links
    ]


@dataclasses.dataclass(frozen=True, slots=True)
class Keys:
    """How a person can show to be there, besides the mailed code."""

    passkeys: list[Authenticator]
    app: bool
    recovery: bool


def keys_of(user: User) -> Keys:
    """The person's passkeys, and whether there are an app and recovery codes (one query)."""
    rows = list(Authenticator.objects.filter(user=user).order_by("created_at"))
    kinds = {row.type for row in rows}
    passkeys = [row for row in rows if row.type == Authenticator.Type.WEBAUTHN]
    return Keys(passkeys, Authenticator.Type.TOTP in kinds, Authenticator.Type.RECOVERY_CODES in kinds)


def sessions_of(user: User) -> list[UserSession]:
    """The browsers in which the person is signed in, the newest first (two queries)."""
    rows = list(UserSession.objects.filter(user=user).order_by("-created_at"))
    now = timezone.now()
    live = Session.objects.filter(session_key__in=[row.session_key for row in rows], expire_date__gt=now)
    known = set(live.values_list("session_key", flat=True))
    return [row for row in rows if row.session_key in known]


def seats_of(user: User) -> list[Officer]:
    """The person's seats in societies (one query)."""
    return list(Officer.objects.filter(user=user).select_related("society").order_by("society__name_key"))
