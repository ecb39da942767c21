"""What a coordinator types about the people of a submission: who submits, named persons, the role of each society."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from letters.dispatch.actions import People, Person
from letters.models import Invitation, Part, Submission
from letters.stale import SeenForm
from letters.text.pack.people import BadPeople, orcid

NOT_NAMED = ""
PERSONS = [(Part.AUTHOR, "Author"), (Part.ACKNOWLEDGED, "Acknowledged"), (Part.ENDORSER, "Endorser")]
MOST = 20


class PersonForm(forms.Form):
    """One named person; an empty one is left out."""

    family_name = forms.CharField(label="Family name, or the whole name", max_length=200, required=False)
    given_names = forms.CharField(label="Given names", max_length=200, required=False)
    part = forms.ChoiceField(label="Role", choices=PERSONS)
    affiliation = forms.CharField(max_length=300, required=False)
    email = forms.EmailField(label="E-mail", required=False)
    orcid = forms.CharField(label="ORCID iD", max_length=60, required=False)

    def clean_orcid(self) -> str:
        """In its plain form, its check digit right."""
        typed: str = self.cleaned_data["orcid"]
        try:
            return orcid(typed) if typed else ""
        except BadPeople as error:
            raise ValidationError(str(error)) from None

    def clean(self) -> dict[str, Any]:
        """Who has anything has a name."""
        values = super().clean() or self.cleaned_data
        told = [values.get(name) for name in ("given_names", "affiliation", "email", "orcid")]
        if any(told) and not values.get("family_name") and "family_name" not in self.errors:
            self.add_error("family_name", "Write the name of this person, or empty the other fields.")
        return values


PersonSet = forms.formset_factory(PersonForm, extra=1, max_num=MOST, absolute_max=MOST + 5, validate_max=True)


class PeopleForm(SeenForm):
    """Who submits, and the role of each society; the persons are in a set of forms beside it."""

    submitter_name = forms.CharField(
        label="Who submits", max_length=200, error_messages={"required": "Write the name of the person who submits."},
        help_text="One person. Whoever is named below as author under the same name counts as the same person.",
    )  # fmt: skip
    submitter_email = forms.EmailField(label="Their e-mail address")
    everybody = forms.ChoiceField(
        label="All societies", required=False,
        choices=[("each", "Each as chosen below"), *Part.choices],
        help_text="An author wrote the text and answers for it; an endorser does not.",
    )  # fmt: skip
    named = forms.CharField(label="Named persons", required=False, widget=forms.HiddenInput)  # compared, never saved

    def __init__(self, *args: Any, societies: Sequence[Invitation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["everybody"].demanded = True  # type: ignore[attr-defined]
        for one in societies:
            self.fields[f"society-{one.pk}"] = forms.ChoiceField(
                label=str(one.society), required=False, choices=[*Part.choices, (NOT_NAMED, "Not named")]
            )

    @classmethod
    def of(cls, row: Submission, societies: Sequence[Invitation]) -> "PeopleForm":
        """The form filled with what the submission has."""
        parts = {f"society-{one.invitation_id}": one.part for one in row.contributors.all() if one.invitation_id}
        own = {"submitter_name": row.submitter_name, "submitter_email": row.submitter_email}
        own["named"] = told(persons_of(row))
        return cls(initial={**own, **parts, "everybody": "each"}, societies=societies)

    @classmethod
    def sent(cls, data: QueryDict, persons: Any, societies: Sequence[Invitation]) -> "PeopleForm":
        """The form as it was sent, with what the set of persons beside it says."""
        whole = data.copy()
        whole["named"] = told(values_of(persons))
        return cls(whole, societies=societies)

    @property
    def places(self) -> list[forms.BoundField]:
        """One field for each society."""
        return [self[name] for name in self.fields if name.startswith("society-")]

    def typed(self, persons: Sequence[Mapping[str, Any]]) -> People:
        """What was typed, with the persons of the set beside it."""
        values, everybody = self.cleaned_data, self.cleaned_data["everybody"]
        chosen = {int(name.partition("-")[2]): values[name] for name in self.fields if name.startswith("society-")}
        if everybody in Part.values:
            chosen = dict.fromkeys(chosen, everybody)
        named = tuple(Person(**one) for one in persons if one.get("family_name"))
        societies = {pk: part for pk, part in chosen.items() if part}
        return People(values["submitter_name"], values["submitter_email"], named, societies)


def values_of(persons: Any) -> list[dict[str, str]]:
    """What stands in a set of persons, right or wrong."""
    return [{name: str(form[name].value() or "") for name in PersonForm.base_fields} for form in persons]


def told(persons: Sequence[Mapping[str, str]]) -> str:
    """The named persons in one line, so that two states of the set can be compared and read."""
    facts = ("given_names", "family_name", "affiliation", "email", "orcid")
    roles = {str(key): str(label).lower() for key, label in PERSONS}
    lines = []
    for one in persons:
        said = [one[name].strip() for name in facts if one[name].strip()]
        if said:
            lines.append(", ".join([*said, roles.get(str(one["part"]), "")]))
    return "; ".join(lines)


def persons_again(form: SeenForm, persons: Any, row: Submission) -> Any:
    """The set of persons beside a form that is shown again: as it was sent, or as it stands where nobody touched it."""
    mine = form.data["named"] == told(values_of(persons))
    return persons if mine else PersonSet(initial=persons_of(row), prefix="person")


def persons_of(row: Submission) -> list[dict[str, str]]:
    """The named persons as the set of forms begins."""
    names = tuple(PersonForm.base_fields)
    return [{name: getattr(one, name) for name in names} for one in row.contributors.all() if not one.invitation_id]
