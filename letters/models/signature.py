"""An officer's signature for a society under one version; it may be withdrawn or replaced, never changed or deleted."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.db import models

from letters.models.document import Document
from letters.models.roster import CHUNK
from letters.models.version import WrittenOnce
from letters.proof.records import instant

if TYPE_CHECKING:
    from letters.models.version import Version


class SignatureQuerySet(models.QuerySet["Signature"]):
    def live(self) -> "SignatureQuerySet":
        """Neither withdrawn nor replaced by a signature under a later version."""
        return self.filter(withdrawn_at__isnull=True, replaced_at__isnull=True)

    def in_printed_order(self) -> "SignatureQuerySet":
        """Societies, then organisations, then persons; each by the society's place, then by the officer's."""
        return self.order_by("invitation__society__kind", "invitation__position", "slot")

    def recorded(self, version: "Version") -> Iterator[tuple["Signature", dict[str, Any]]]:
        """Each signature under this version with its roster record, in their order, some at a time (one query).

        The text of the version, which is the same for all, is not read with each.
        """
        rows = self.select_related("invitation__society", "logo", "mandate_file").defer("checkpoint")
        for position, signature in enumerate(rows.iterator(CHUNK), start=1):
            signature.version = version
            yield signature, signature.as_record(position)

    def logos(self, roster: Iterable[dict[str, Any]]) -> dict[str, Document]:
        """The logos to show beside records of a roster, by receipt (one query).

        Only where the society signed with its logo and its use is still allowed: who takes the permission back has
        the logo taken out of the registry.
        """
        numbers = [record["receipt"] for record in roster if record.get("logo")]
        found = self.filter(receipt_no__in=numbers, invitation__society__logo__isnull=False).select_related("logo")
        return {one.receipt_no: one.logo for one in found if one.logo}


class Signature(WrittenOnce):
    invitation = models.ForeignKey("letters.Invitation", models.PROTECT, related_name="signatures")
    slot = models.PositiveSmallIntegerField(default=1)
    officer = models.ForeignKey("letters.Officer", models.PROTECT, related_name="signatures")
    version = models.ForeignKey("letters.Version", models.PROTECT, related_name="signatures")
    content_hash = models.CharField(max_length=64)
    receipt_no = models.CharField(max_length=20, unique=True)
    statement = models.TextField(help_text="As it was shown.")
    statement_hash = models.CharField(max_length=64)
    # As signed: later changes of the seat or the society never touch these.
    society_name = models.CharField(max_length=300)
    printed_name = models.CharField(max_length=200)
    office = models.CharField(max_length=200)
    mandate_body = models.CharField(max_length=200, blank=True, help_text="Empty: the officer named none.")
    mandate_date = models.DateField(null=True, blank=True)
    mandate_minute = models.CharField(max_length=100, blank=True)
    mandate_file = models.ForeignKey("letters.Document", models.PROTECT, null=True, blank=True, related_name="+")
    interests = models.TextField(blank=True, help_text="The society's interests in the matter, as it declared them.")
    logo = models.ForeignKey(
        "letters.Document", models.PROTECT, null=True, related_name="+", help_text="Stands beside the society; or none."
    )
    signed_at = models.DateTimeField(help_text="The database's clock, read after the letter was locked.")
    authenticated = models.CharField(max_length=100, help_text="How the person was authenticated.")
    authenticated_at = models.DateTimeField()
    seat = models.CharField(
        max_length=700, blank=True, help_text="How the seat was confirmed by then; empty: it was not."
    )
    # Where the society asks for two people, the one who released this version; never the signer.
    two_people = models.BooleanField(default=False)
    approved_by = models.ForeignKey("letters.Officer", models.PROTECT, null=True, related_name="+")
    salt = models.CharField(max_length=32, help_text="Opens the commitment in the event of this signature.")
    # The head of the letter's event chain right after this signature, signed by the installation.
    checkpoint = models.TextField()
    replaced_at = models.DateTimeField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    public_note = models.TextField(blank=True, editable=False, help_text="What the society said after the seal.")
    withdrawn_after_seal = models.BooleanField(default=False, editable=False)
    withdrawn_reason = models.TextField(blank=True, editable=False, help_text="Private to the coordinators.")

    objects = SignatureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "invitation",
                "slot",
                condition=models.Q(withdrawn_at__isnull=True, replaced_at__isnull=True),
                name="signature_one_live_per_society_and_slot",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True) | models.Q(replaced_at__isnull=True),
                name="signature_withdrawn_or_replaced_not_both",
            ),
            models.CheckConstraint(
                condition=models.Q(two_people=False) | models.Q(approved_by__isnull=False),
                name="signature_of_two_people_is_approved",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True) | ~models.Q(approved_by=models.F("officer")),
                name="signature_is_approved_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_after_seal=False, public_note="")
                | models.Q(withdrawn_after_seal=True, withdrawn_at__isnull=False),
                name="signature_note_only_after_the_seal",
            ),
            models.CheckConstraint(
                condition=~models.Q(mandate_body="")
                | models.Q(mandate_date__isnull=True, mandate_minute="", mandate_file__isnull=True),
                name="signature_date_minute_and_file_belong_to_a_body",
            ),
        ]

    def committed(self) -> dict[str, Any]:
        """What the event of this signature commits to; public only if the signature is printed."""
        return {
            "society": self.society_name,
            "printed_name": self.printed_name,
            "office": self.office,
            "mandate": {
                "body": self.mandate_body,
                "date": self.mandate_date.isoformat() if self.mandate_date else "",
                "minute": self.mandate_minute,
                "file": self.mandate_file.sha256 if self.mandate_file else "",
            },
            "interests": self.interests,
            "statement_hash": self.statement_hash,
            "signed_at": instant(self.signed_at),
            "authenticated": self.authenticated,
            "seat": self.seat,
            # Only where there is one: signatures given before logos could be shown committed to no such key.
            **({"logo": self.logo.sha256} if self.logo else {}),
        }

    def as_record(self, position: int) -> dict[str, Any]:
        """The roster record; `position` is the place in the printed order, from 1."""
        return {
            **self.committed(),
            **self.invitation.society.kind_in_record,
            "receipt": self.receipt_no,
            "short_name": self.invitation.society.short_name,
            "country": self.invitation.society.country,
            "statement": self.statement,
            "version": self.version.number,
            "content_hash": self.content_hash,
            "slot": self.slot,
            "position": position,
            "salt": self.salt,
        }

    def __str__(self) -> str:
        return f"{self.receipt_no}: {self.printed_name} for {self.society_name}"
