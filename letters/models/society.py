"""An organisation that can sign; it is the same row in every letter it is asked to sign."""

import unicodedata
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from django.db import models

from letters.models.society_slug import crowded, free, readable


def name_key(name: str) -> str:
    """What makes two spellings one name: NFKC, lower case, single blanks."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


class SocietyKind(models.IntegerChoices):
    """What signs; the numbers are the order in which the kinds stand under a letter."""

    SOCIETY = 1, "Society"
    ORGANISATION = 2, "Other organisation"
    PERSON = 3, "Person"


# What stands in a roster record of another kind than a society.
IN_RECORD: dict[int, str] = {SocietyKind.ORGANISATION: "organisation", SocietyKind.PERSON: "person"}


class SocietyQuerySet(models.QuerySet["Society"]):
    def named(self, name: str) -> "SocietyQuerySet":
        """Societies whose official name is `name`; never matched by short name, which two societies may share."""
        return self.filter(name_key=name_key(name))

    def standing(self) -> "SocietyQuerySet":
        """Societies that were not found to be another one and merged into it."""
        return self.filter(merged_into=None)

    def bulk_create(self, objs: Iterable["Society"], *args: Any, **kwargs: Any) -> "list[Society]":
        """As Django's, and each gets the address of its page, asking as often for one as for many."""
        new = list(objs)
        self.give_slugs(new)
        return super().bulk_create(new, *args, **kwargs)

    def give_slugs(self, new: "list[Society]") -> None:
        """An address for each society without one; a query more for each name that several societies have."""
        stems = {id(society): readable(*society.names) for society in new if not society.slug}
        if not stems:
            return
        held = Society.objects.order_by().values_list("slug", flat=True)
        taken = set(held.filter(slug__in=set(stems.values())))
        for stem in crowded(stems.values(), taken):
            taken |= set(held.filter(slug__startswith=f"{stem}-"))
        for society in new:
            if id(society) in stems:
                society.slug = free(stems[id(society)], society.country, taken)
                taken.add(society.slug)


class Society(models.Model):
    official_name = models.CharField(max_length=300)
    kind = models.PositiveSmallIntegerField(choices=SocietyKind.choices, default=SocietyKind.SOCIETY)
    name_key = models.CharField(max_length=300, editable=False)
    slug = models.SlugField(
        max_length=100,
        unique=True,
        editable=False,
        allow_unicode=True,
        help_text="Stands in the address of its public page, for good.",
    )
    short_name = models.CharField(max_length=60, blank=True)
    printed_name = models.CharField(
        max_length=300, blank=True, help_text="As it is to stand under a letter, where that is not the official name."
    )
    country = models.CharField(max_length=2, blank=True, help_text="ISO 3166-1 code of two letters.")
    languages = models.CharField(
        max_length=60, blank=True, help_text="BCP 47 tags with commas between, such as en, fr."
    )
    ror_id = models.CharField(
        max_length=40, blank=True, help_text="The whole address, https://ror.org/ and nine signs."
    )
    logo = models.ForeignKey("letters.Document", models.PROTECT, null=True, related_name="+", editable=False)
    logo_permission = models.CharField(
        max_length=300, blank=True, help_text="Who allowed the logo to be used, and when."
    )
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="duplicates", editable=False)

    objects = SocietyQuerySet.as_manager()

    class Meta:
        ordering = ["name_key"]
        verbose_name_plural = "societies"
        constraints = [
            models.UniqueConstraint("name_key", "country", name="society_once_per_name_and_country"),
            models.UniqueConstraint("ror_id", condition=~models.Q(ror_id=""), name="society_once_per_ror_id"),
            models.CheckConstraint(condition=~models.Q(official_name=""), name="society_has_a_name"),
            models.CheckConstraint(condition=models.Q(kind__in=SocietyKind.values), name="society_kind_is_known"),
            models.CheckConstraint(
                condition=models.Q(logo__isnull=True) | ~models.Q(logo_permission=""),
                name="society_logo_has_a_permission",
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True) | models.Q(ror_id="", logo__isnull=True),
                name="society_merged_gives_up_what_is_one_only",
            ),
        ]

    def __str__(self) -> str:
        return self.official_name

    def get_absolute_url(self) -> str:
        """Its public page, which is there once a letter that it signed is released."""
        return f"/s/{quote(self.slug)}"

    @property
    def names(self) -> tuple[str, str]:
        """What its address may be made of."""
        return (self.official_name, self.short_name)

    @property
    def as_printed(self) -> str:
        """The name that stands under a letter."""
        return self.printed_name or self.official_name

    @property
    def kind_in_record(self) -> dict[str, str]:
        """The part of a roster record that says the kind; empty for a society."""
        return {"kind": IN_RECORD[self.kind]} if self.kind in IN_RECORD else {}

    @property
    def surviving(self) -> "Society":
        """The society this one was found to be, or itself."""
        return self.merged_into or self

    def save(self, *args: object, **kwargs: object) -> None:
        """Gives a new society the address of its page."""
        self.name_key = name_key(self.official_name)
        Society.objects.give_slugs([self])
        super().save(*args, **kwargs)  # type: ignore[arg-type]
