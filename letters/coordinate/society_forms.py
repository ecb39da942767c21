"""What a coordinator types about a society, its officers and the order of the letter, checked field by field."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from letters.coordinate.order import Entry
from letters.coordinate.seats import Successor
from letters.models import Invitation, Letter, Order, Role, Society, SocietyKind
from letters.models.address import NoDomain, own_domain
from letters.printed import printable
from letters.render.logo import BadLogo, reencoded
from letters.stale import SeenForm
from letters.text.ror import ror_address


class PrintedField(forms.CharField):
    """A line that will stand on paper: canonical, and covered by the fonts; ValidationError names what is not."""

    def clean(self, value: Any) -> str:
        """The line in canonical form."""
        return printable(super().clean(value))


class SocietyForm(SeenForm):
    """All that the registry knows of a society."""

    kind = forms.TypedChoiceField(
        label="What signs", choices=SocietyKind.choices, coerce=int, initial=SocietyKind.SOCIETY,
        help_text="Societies are printed first; other organisations and persons follow under headings of their own.",
    )  # fmt: skip
    official_name = PrintedField(max_length=300, error_messages={"required": "Write the official name."})
    printed_name = PrintedField(
        label="Name as printed", max_length=300, required=False,
        help_text="Where it is not the official name, for example without “Inc.”.",
    )  # fmt: skip
    short_name = PrintedField(max_length=60, required=False)
    country = forms.RegexField(
        r"^[A-Za-z]{2}$", required=False, help_text="Two letters, such as US.",
        error_messages={"invalid": "Write the country as two letters, such as US."},
    )  # fmt: skip
    languages = forms.RegexField(
        r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*(\s*,\s*[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*)*$",
        required=False, max_length=60,
        help_text="Such as en, fr.", error_messages={"invalid": "Write codes with commas between, such as en, fr."},
    )  # fmt: skip
    domains = forms.CharField(
        required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="The society’s own domains, with blanks or commas between. An officer’s address there confirms the "
        "seat; addresses of gmail.com and the like never do.",
    )  # fmt: skip
    ror_id = forms.CharField(label="ROR id", required=False, max_length=60, help_text="From ror.org.")
    logo = forms.FileField(
        required=False, help_text="PNG, JPEG, WebP or GIF, up to 2 MB. It is drawn anew and kept small.",
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg,.webp,.gif"}),
        error_messages={"empty": "The file is empty."},
    )  # fmt: skip
    logo_permission = forms.CharField(
        label="Who allowed the logo to be used, and when", required=False, max_length=300,
        help_text="For example: Dr Bob Barker, by e-mail of 3 March.",
    )  # fmt: skip
    drop_logo = forms.BooleanField(label="Take the logo away", required=False)

    @classmethod
    def of(cls, society: Society) -> "SocietyForm":
        """The form filled with what the registry has."""
        fields = (
            "kind",
            "official_name",
            "printed_name",
            "short_name",
            "country",
            "languages",
            "ror_id",
            "logo_permission",
        )
        domains = " ".join(society.domains.values_list("name", flat=True))
        return cls(initial={**{field: getattr(society, field) for field in fields}, "domains": domains})

    def clean_country(self) -> str:
        return str(self.cleaned_data["country"]).upper()

    def clean_languages(self) -> str:
        return ", ".join(tag.strip() for tag in self.cleaned_data["languages"].split(",") if tag.strip())

    def clean_domains(self) -> tuple[str, ...]:
        words = self.cleaned_data["domains"].replace(",", " ").replace(";", " ").split()
        try:
            return tuple(dict.fromkeys(own_domain(word) for word in words))
        except NoDomain as error:
            raise forms.ValidationError(str(error)) from None

    def clean_ror_id(self) -> str:
        try:
            return ror_address(self.cleaned_data["ror_id"]) if self.cleaned_data["ror_id"] else ""
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None

    def clean_logo(self) -> bytes | None:
        file: UploadedFile[Any] | None = self.cleaned_data["logo"]
        try:
            return reencoded(file.read()) if file else None
        except BadLogo as error:
            raise forms.ValidationError(str(error)) from None

    def clean(self) -> dict[str, Any]:
        """A new logo needs somebody's permission."""
        values = super().clean() or {}
        if values.get("logo") and not values.get("logo_permission"):
            self.add_error("logo_permission", "Say who allowed the logo to be used.")
        if values.get("logo") and self.errors:
            self.add_error("logo", "Choose the logo again: a browser does not send a file twice.")
        return values


class CheckForm(forms.Form):
    """How the coordinator made sure that a person holds a seat."""

    how = forms.CharField(
        label="How did you check?", max_length=300, widget=forms.TextInput,
        help_text="For example: called the office at the number on its website, 3 March.",
        error_messages={"required": "Say how you checked."},
    )  # fmt: skip


class RoleForm(forms.Form):
    """What an officer may do on letters."""

    role = forms.ChoiceField(
        choices=[(Role.SIGNER, "Signer: signs"), (Role.APPROVER, "Approver: releases, where two people are asked"),
                 (Role.REVIEWER, "Reviewer: reads and comments"), (Role.ASSISTANT, "Assistant: reads and prepares")],
    )  # fmt: skip


class ReplaceForm(forms.Form):
    """Who takes over a seat."""

    name = PrintedField(label="Name", max_length=150, error_messages={"required": "Write the successor’s name."})
    credentials = PrintedField(max_length=50, required=False, help_text="Printed behind the name, such as MD.")
    office = PrintedField(max_length=200, error_messages={"required": "Write the office."})
    email = forms.EmailField(
        label="E-mail address",
        error_messages={"required": "Write the successor’s address.", "invalid": "This is not an e-mail address."},
    )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def successor(self) -> Successor:
        """The successor, from a valid form."""
        values = self.cleaned_data
        printed = ", ".join(filter(None, [values["name"], values["credentials"]]))
        return Successor(values["name"], printed, values["office"], values["email"])


class AskForm(SeenForm):
    """Which officers of one society are asked, and whether two people act."""

    offices = forms.CharField(
        label="Offices asked to sign", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="One office per line, in the order in which they are printed. The society is complete when each has "
        "signed. Leave it empty where any signer on the list will do.",
    )  # fmt: skip
    two_people = forms.BooleanField(
        label="Two people: an approver releases each version, then a signer signs", required=False
    )

    @classmethod
    def of(cls, invitation: Invitation) -> "AskForm":
        """The form filled with what is asked now."""
        return cls(initial={"offices": "\n".join(invitation.offices), "two_people": invitation.two_people})

    def clean_offices(self) -> list[str]:
        lines = [
            PrintedField(max_length=200).clean(line)
            for line in self.cleaned_data["offices"].splitlines()
            if line.strip()
        ]
        if len({line.casefold() for line in lines}) < len(lines):
            raise forms.ValidationError("An office stands there twice; number them, such as Vice-President 1.")
        if len(lines) > 20:
            raise forms.ValidationError("At most 20 offices of one society can be asked.")
        return lines


class MergeForm(forms.Form):
    """Which other society this one is."""

    def __init__(self, *args: Any, others: list[Society], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {str(society.pk): society for society in others}
        names = [
            (pk, f"{society} ({society.country})" if society.country else str(society)) for pk, society in known.items()
        ]
        self.fields["other"] = forms.TypedChoiceField(
            label="It is the same society as", choices=[("", "Choose"), *names], coerce=known.__getitem__,
            error_messages={"required": "Choose the other society.", "invalid_choice": "Choose one of the list."},
        )  # fmt: skip


class OrderForm(SeenForm):
    """The order under the letter; the `place-<pk>` fields count for an order by hand."""

    order = forms.ChoiceField(label="Order of the societies", choices=Order.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, letter: Letter, entries: list[Entry], **kwargs: Any) -> None:
        invitations = [entry.invitation for entry in entries]
        lead = next((invitation.pk for invitation in invitations if invitation.lead), None)
        super().__init__(*args, **{"initial": {"order": letter.order, "lead": lead}, **kwargs})
        names = [(invitation.pk, invitation.society.as_printed) for invitation in invitations]
        self.fields["lead"] = forms.TypedChoiceField(
            label="Printed first", required=False, coerce=int, empty_value=None,
            choices=[("", "Nobody before the others"), *names],
        )  # fmt: skip
        self.entries = entries
        for invitation in invitations:
            name = invitation.society.as_printed
            facts = {"class": "place", "inputmode": "numeric", "size": 4, "maxlength": 5}
            box = forms.TextInput(attrs=facts | {"aria-label": f"Place of {name}"})
            self.fields[f"place-{invitation.pk}"] = forms.CharField(
                label=f"Place of {name}", required=False, initial=str(invitation.position), widget=box
            )

    def table(self) -> list[tuple[Entry, forms.BoundField]]:
        """Each society as it will be printed, with the box its place is typed in."""
        return [(entry, self[f"place-{entry.invitation.pk}"]) for entry in self.entries]

    def head(self) -> list[forms.BoundField]:
        """The fields that stand above the table."""
        return [self[name] for name in ("seen", "order", "lead")]

    def wished_places(self) -> dict[int, int]:
        """The numbers typed, by invitation; what is no number keeps its place."""
        keys = [entry.invitation.pk for entry in self.entries]
        typed = {pk: self.cleaned_data.get(f"place-{pk}", "") for pk in keys}
        return {pk: int(text) for pk, text in typed.items() if text.isascii() and text.isdecimal() and len(text) < 6}
