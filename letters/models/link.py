"""One officer's way in to one invitation; it opens reading only, and its secret is not in the database."""

import base64
import datetime
import hashlib
import hmac
import secrets
import zoneinfo

from django.conf import settings
from django.db import models

from letters.models.letter import State

TOKEN_BYTES = 16  # 128 bits
# Crockford's base 32: twelve of these are 60 bits; what is easily misread is read as what was meant.
TYPED, TYPED_LENGTH = "0123456789ABCDEFGHJKMNPQRSTVWXYZ", 12
MISREAD = str.maketrans("OIL", "011")


def derived(purpose: str, nonce: str) -> bytes:
    """32 bytes only this installation can make from `nonce`: a copy of the database alone opens nothing."""
    key = hashlib.sha256(f"signon/{purpose}/{settings.SECRET_KEY}".encode()).digest()
    return hmac.new(key, nonce.encode(), hashlib.sha256).digest()


def new_nonce() -> str:
    """A fresh public value from which a secret is derived."""
    return secrets.token_hex(16)


def token_hash(token: str) -> str:
    """What the database keeps of a token."""
    return hashlib.sha256(f"signon/link/{token}".encode()).hexdigest()


def typed_hash(code: str) -> str:
    """What the database keeps of a typed code, keyed: 60 bits alone could be tried out from a copy of it."""
    plain = "".join(letter for letter in code.upper().translate(MISREAD) if letter in TYPED)
    return derived("typed hash", plain).hex()


class LinkQuerySet(models.QuerySet["Link"]):
    TOLD = ("invitation__letter__owner", "officer__user")  # what the page of an ended link needs

    def by_token(self, token: str) -> "Link | None":
        """The link of this token, revoked or not."""
        return self.filter(token_hash=token_hash(token)).select_related(*self.TOLD).first()

    def by_typed(self, code: str) -> "Link | None":
        """The link whose mails carry this typed code, revoked or not; blanks, hyphens and capitals do not matter."""
        return self.filter(typed_hash=typed_hash(code)).select_related(*self.TOLD).first()

    def live(self) -> "LinkQuerySet":
        """Links that were not taken back."""
        return self.filter(revoked_at__isnull=True)

    def opening(self, now: datetime.datetime) -> "LinkQuerySet":
        """Live links that open by themselves: of letters neither given up nor settled SIGNON_LINK_DAYS ago."""
        letters = self.live().exclude(invitation__letter__state=State.ABANDONED)
        return letters.exclude(invitation__letter__settled_at__lte=now - settings.LINK_LIFE)

    def make(self, links: list["Link"]) -> list["Link"]:
        """Write many at once, with what save() derives."""
        for link in links:
            link.derive()
        return self.bulk_create(links, batch_size=500)


class Link(models.Model):
    invitation = models.ForeignKey("letters.Invitation", models.PROTECT, related_name="links")
    officer = models.ForeignKey("letters.Officer", models.PROTECT, related_name="links")
    slot = models.PositiveSmallIntegerField(default=1, help_text="The place this officer's signature fills.")
    nonce = models.CharField(max_length=32, default=new_nonce, unique=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    typed_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    passed_by = models.ForeignKey(
        "letters.Link",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="passed_on",
        help_text="Whose place this is.",
    )
    time_zone = models.CharField(max_length=60, blank=True, help_text="As the officer's browser named it.")
    stopped_at = models.DateTimeField(null=True, blank=True, help_text="Since when this officer wants no reminders.")
    last_read = models.ForeignKey("letters.Version", models.SET_NULL, null=True, related_name="+")

    objects = LinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "invitation",
                "officer",
                condition=models.Q(revoked_at__isnull=True),
                name="link_one_live_per_officer_and_invitation",
            )
        ]

    def __str__(self) -> str:
        return f"link of {self.officer}"

    @property
    def zone(self) -> zoneinfo.ZoneInfo | None:
        """The officer's time zone, as far as it is known."""
        return zoneinfo.ZoneInfo(self.time_zone) if self.time_zone else None

    @property
    def token(self) -> str:
        """The secret part of the address, made anew each time it must be mailed."""
        return base64.urlsafe_b64encode(derived("link", self.nonce)[:TOKEN_BYTES]).rstrip(b"=").decode()

    @property
    def typed(self) -> str:
        """The code that can be typed in place of the address, in groups of four."""
        bits = int.from_bytes(derived("typed", self.nonce)[:8], "big")
        letters = "".join(TYPED[bits >> (5 * place) & 31] for place in range(TYPED_LENGTH))
        return "-".join(letters[place : place + 4] for place in range(0, TYPED_LENGTH, 4))

    def ended(self, now: datetime.datetime) -> str:
        """Why the link opens nothing any more, as the end of a sentence; "" for one that opens. Reads its letter."""
        letter = self.invitation.letter
        if self.revoked_at:
            return "was replaced or taken back"
        if letter.state == State.ABANDONED:
            return "ended when the letter was given up"
        if letter.settled_at and letter.settled_at <= now - settings.LINK_LIFE:
            return f"ended {settings.LINK_LIFE.days} days after the letter was sealed"
        return ""

    @property
    def stop_token(self) -> str:
        """The secret part of the address that stops reminders; it opens nothing else."""
        return base64.urlsafe_b64encode(derived("stop", self.nonce)[:TOKEN_BYTES]).rstrip(b"=").decode()

    @property
    def fits_the_key(self) -> bool:
        """False when the link was made under another SIGNON_SECRET_KEY: a mail would carry an address that is dead."""
        return self.token_hash == token_hash(self.token)

    def derive(self) -> None:
        """Write down the hashes of what the mails will carry."""
        self.token_hash, self.typed_hash = token_hash(self.token), typed_hash(self.typed)

    def save(self, *args: object, **kwargs: object) -> None:
        self.derive()
        super().save(*args, **kwargs)  # type: ignore[arg-type]
