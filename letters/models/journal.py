"""A venue a letter can go to, and the ways to reach it; its rules stand in rows of their own."""

import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils.text import slugify

from letters.text.venue import KINDS, Rule, Venue

if TYPE_CHECKING:
    from letters.models.journal_rule import JournalRule
    from letters.models.user import User

TAKEN = frozenset({"new", "file"})  # what stands in the address of another page


class JournalManager(models.Manager["Journal"]):
    def addressed(self, name: str, email: str, *, by: "User | None", now: datetime.datetime) -> "Journal":
        """The journal of this name, made where there is none, with this address; a change of it is on record."""
        journal, made = self.get_or_create(name=name, defaults={"email": email})
        if not made and journal.email != email:
            before, journal.email = journal.email, email
            journal.save(update_fields=["email"])
            journal.corrections.create(subject="email", before={"email": before}, after={"email": email}, by=by, at=now)
        return journal


class Journal(models.Model):
    key = models.SlugField(max_length=60, unique=True, help_text="Stands in the addresses of its pages.")
    name = models.CharField(max_length=200, unique=True)
    spoken = models.CharField(max_length=200, blank=True, help_text="In a sentence, where the name is that of a form.")
    issn = models.CharField(max_length=20, blank=True, help_text="One or two, such as 0959-8138, 1756-1833.")
    publisher = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True, help_text="Where the journal takes correspondence.")
    note = models.TextField(blank=True, help_text="What else a coordinator should know.")
    shipped = models.BooleanField(default=False, help_text="It came with the program.")

    objects = JournalManager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Gives a new journal a key made of its name."""
        if not self.key:
            self.key = free_key(self.name, set(Journal.objects.values_list("key", flat=True)))
        super().save(*args, **kwargs)

    @property
    def venue(self) -> Venue:
        """The journal as a value; asks for its rules once, or not at all where they were prefetched."""
        rows: list[JournalRule] = list(self.rules.all())
        return Venue(self.key, self.name, {row.kind: row.value_of() for row in rows}, self.spoken)

    @property
    def in_sentences(self) -> str:
        """What it is called where it does something: “The BMJ”, of which “BMJ rapid response” is a form."""
        return self.spoken or self.name

    @property
    def all_rules(self) -> list[Rule]:
        """One rule of each kind in the order of the kinds, also those nobody knows."""
        venue = self.venue
        return [venue.rule(kind) for kind in KINDS]


def free_key(name: str, taken: set[str]) -> str:
    """A short key for an address, made of the name and not among those taken."""
    stem = slugify(name)[:50].strip("-") or "journal"
    number, key = 1, stem
    while key in taken | TAKEN:
        number += 1
        key = f"{stem}-{number}"
    return key


class Channel(models.TextChoices):
    MAIL = "mail", "Takes letters by e-mail"
    FORM = "form", "Takes letters by a web form"
    SYSTEM = "system", "Takes letters by a submission system"
    OFFICE = "office", "Editorial office"
    COMPLAINTS = "complaints", "Complaints"


TAKES = (Channel.MAIL, Channel.FORM, Channel.SYSTEM)


class JournalContact(models.Model):
    """One way to reach a journal; where each article has an address of its own, it is empty and the note says so."""

    journal = models.ForeignKey("letters.Journal", models.PROTECT, related_name="contacts")
    way = models.CharField(max_length=10, choices=Channel.choices)
    address = models.CharField(max_length=300, blank=True, help_text="E-mail address or web address.")
    note = models.CharField(max_length=500, blank=True)
    source = models.CharField(max_length=500)
    checked_on = models.DateField()
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["journal", "way", "pk"]
        constraints = [
            models.UniqueConstraint("journal", "way", "address", name="journal_contact_once"),
            models.CheckConstraint(condition=models.Q(way__in=Channel.values), name="journal_contact_way_is_known"),
            models.CheckConstraint(condition=~models.Q(address="", note=""), name="journal_contact_says_where"),
            models.CheckConstraint(condition=~models.Q(source=""), name="journal_contact_has_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.get_way_display()}: {self.address or self.note}"

    @property
    def facts(self) -> dict[str, str]:
        """What a correction keeps of it."""
        fields = ("way", "address", "note", "source")
        return {name: str(getattr(self, name)) for name in fields} | {"checked": self.checked_on.isoformat()}
