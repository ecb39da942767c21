"""One reason to believe that a person holds a seat: the way it was confirmed, by whom and when."""

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from letters.models.address import belongs
from letters.models.domain import Domain

if TYPE_CHECKING:
    from letters.models.officer import Officer


class Way(models.TextChoices):
    DOMAIN = "domain", "address at a domain of the society"
    VOUCHED = "vouched", "an officer of the society vouched"
    CHECKED = "checked", "the coordinator checked"


class ConfirmationManager(models.Manager["Confirmation"]):
    def by_domain(self, officers: Iterable["Officer"], *, now: datetime.datetime) -> int:
        """Confirm each seat whose address lies at a domain of its society; returns how many are new.

        A shared mailbox confirms nobody: whoever reads it may hold any office or none.
        """
        seats = [officer for officer in officers if not officer.shares_a_mailbox]
        domains: dict[int, list[str]] = {}
        for society, name in Domain.objects.filter(society__in={seat.society_id for seat in seats}).values_list(
            "society", "name"
        ):
            domains.setdefault(society, []).append(name)
        known = set(self.filter(officer__in=seats, way=Way.DOMAIN).values_list("officer", "words"))
        new = [
            self.model(officer=officer, way=Way.DOMAIN, words=name, address=officer.user.email, at=now)
            for officer in seats
            for name in domains.get(officer.society_id, ())
            if (officer.pk, name) not in known and belongs(officer.user.email, name)
        ]
        return len(self.bulk_create(new, batch_size=500))


class Confirmation(models.Model):
    officer = models.ForeignKey("letters.Officer", models.PROTECT, related_name="confirmations")
    way = models.CharField(max_length=10, choices=Way.choices)
    words = models.CharField(max_length=300, help_text="The domain; who vouched; how the coordinator checked.")
    address = models.EmailField(help_text="The address of the person at that time.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    objects = ConfirmationManager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint("officer", "way", "words", name="confirmation_once_per_way_and_words"),
            models.CheckConstraint(condition=~models.Q(words=""), name="confirmation_says_how"),
            models.CheckConstraint(
                condition=models.Q(way=Way.DOMAIN, by__isnull=True)
                | (~models.Q(way=Way.DOMAIN) & models.Q(by__isnull=False)),
                name="confirmation_by_a_person_or_by_domain",
            ),
        ]

    def __str__(self) -> str:
        said = {
            Way.DOMAIN: f"address at {self.words}",
            Way.VOUCHED: f"{self.words} vouched",
            Way.CHECKED: f"checked by {self.by}: {self.words}",
        }
        return said[Way(self.way)]

    @property
    def public(self) -> str:
        """What goes into the evidence: the way and the day, without names or the coordinator's own words."""
        where = f"address at {self.words}" if self.way == Way.DOMAIN else self.get_way_display()
        return f"{where} ({self.at:%Y-%m-%d})"
