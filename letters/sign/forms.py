"""What an officer confirms before an act; a code is asked for only where the person was not just checked."""

from typing import Any

from django import forms

from letters.models import Link
from letters.render.glyphs import uncovered
from letters.sign.presence import Asked
from letters.text.canonical import Refused, one_line


class CodeForm(forms.Form):
    """The code from the mail, or what a passkey answers; dropped when the person proved to be there minutes ago."""

    credential = forms.CharField(widget=forms.HiddenInput, max_length=20_000, required=False)
    code = forms.CharField(
        label="6-digit code",
        help_text="We sent it to you by e-mail. It works for 15 minutes.",
        max_length=12,
        required=False,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "code-input", "size": 8}
        ),
    )

    def __init__(self, *args: Any, needs_code: Asked | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = needs_code
        if not needs_code:
            del self.fields["code"], self.fields["credential"]

    def clean(self) -> dict[str, Any]:
        """One of the two is needed where presence is."""
        values = super().clean() or {}
        if self.asked and not values.get("credential") and not values.get("code") and "code" not in self.errors:
            self.add_error("code", "Type the 6-digit code from the e-mail.")
        return values


def printable(value: str) -> str:
    """`value` in canonical form; raises ValidationError naming a character paper or the record cannot hold."""
    try:
        value = one_line(value)
    except Refused as error:
        raise forms.ValidationError(str(error)) from None
    strange = uncovered(value)
    if strange:
        raise forms.ValidationError(f"The fonts on paper have no “{strange[0]}”; write it without.")
    return value


class SignForm(CodeForm):
    """The check page: the words read, how to be printed, by which mandate."""

    content_hash = forms.CharField(widget=forms.HiddenInput, max_length=64)
    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    printed_name = forms.CharField(
        label="Your name as printed",
        max_length=200,
        error_messages={"required": "Write your name as it is to be printed."},
    )
    office = forms.CharField(
        label="Your office", max_length=200, error_messages={"required": "Write your office in the society."}
    )
    mandate_body = forms.CharField(
        label="Who decided that the society signs",
        max_length=200,
        help_text="The body or rule that lets you sign, for example: Board of Directors.",
        error_messages={"required": "Say who decided that the society signs."},
    )
    mandate_date = forms.DateField(
        label="Date of that decision", required=False, widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "Write the date as 2026-12-31."},
    )  # fmt: skip
    mandate_minute = forms.CharField(label="Minute or resolution number", required=False, max_length=100)
    field_order = [
        "content_hash",
        "number",
        "printed_name",
        "office",
        "mandate_body",
        "mandate_date",
        "mandate_minute",
        "code",
    ]

    @classmethod
    def of(cls, link: Link, *, needs_code: Asked | None) -> "SignForm":
        """The form as the coordinator's list has the officer."""
        officer, version = link.officer, link.invitation.letter.on_the_table
        return cls(
            needs_code=needs_code,
            initial={
                "content_hash": version.content_hash, "number": version.number, "office": officer.office,
                "printed_name": officer.printed_name,
                "mandate_body": f"{officer.office}, within the powers of the office",
            },
        )  # fmt: skip

    def clean_printed_name(self) -> str:
        return printable(self.cleaned_data["printed_name"])

    def clean_office(self) -> str:
        return printable(self.cleaned_data["office"])

    def clean_mandate_body(self) -> str:
        return printable(self.cleaned_data["mandate_body"])

    def clean_mandate_minute(self) -> str:
        return printable(self.cleaned_data["mandate_minute"])


class ReasonForm(CodeForm):
    """Why a society declines or withdraws; it need not say."""

    reason = forms.CharField(
        label="Reason",
        required=False,
        max_length=2000,
        help_text="Only the coordinators of the letter see it.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = ["reason", "code"]
