"""What a coordinator types to extend a deadline or to send the letter to a journal."""

import datetime
import zoneinfo
from typing import Any

from django import forms

from letters.models import Letter
from letters.submit.late import candidates


class ExtendForm(forms.Form):
    """A later deadline on the convener's clock."""

    day = forms.DateField(
        label="New deadline: day",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Choose the new last day.", "invalid": "Write the day as 2026-12-31."},
    )
    time = forms.TimeField(
        label="Time",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        initial=datetime.time(17, 0),
    )

    def deadline(self, zone: zoneinfo.ZoneInfo) -> datetime.datetime:
        """The instant meant, in UTC."""
        values = self.cleaned_data
        return datetime.datetime.combine(values["day"], values["time"], zone).astimezone(datetime.UTC)


class ReleaseForm(ExtendForm):
    """The day and time at which the public page opens by itself, on the convener's clock."""

    def __init__(self, *args: Any, letter: Letter, **kwargs: Any) -> None:
        local = letter.release_local
        initial = {"day": local.date(), "time": local.time()} if local else {}
        super().__init__(*args, **{"initial": initial, **kwargs})
        self.letter = letter
        self.fields["day"].label = "The page opens by itself: day"
        self.fields["day"].error_messages["required"] = "Choose the day on which the page opens."

    def clean(self) -> dict[str, Any]:
        """A time the clock skips on that day is refused."""
        values = super().clean() or self.cleaned_data
        if {"day", "time"} <= values.keys():
            meant = datetime.datetime.combine(values["day"], values["time"])
            if self.deadline(self.letter.zone).astimezone(self.letter.zone).replace(tzinfo=None) != meant:
                self.add_error("time", "The clocks skip this time on that day; choose another.")
        return values


class LateForm(ExtendForm):
    """Which societies may still sign a sealed letter, and until when on the convener's clock."""

    societies = forms.TypedMultipleChoiceField(
        label="Societies that may still sign", coerce=int, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose the societies that may still sign."},
    )  # fmt: skip
    field_order = ["societies", "day", "time"]

    def __init__(self, *args: Any, letter: Letter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["societies"].choices = [(row.pk, str(row.society)) for row in candidates(letter)]  # type: ignore[attr-defined]
        self.fields["day"].label = "Open until: day"
        self.fields["day"].error_messages["required"] = "Choose the last day of late signing."


class SendForm(forms.Form):
    """Journal, address, subject and covering letter."""

    journal_name = forms.CharField(label="Journal", max_length=200)
    journal_email = forms.EmailField(
        label="Address for correspondence", help_text="Where the journal's editors take mail. Check it twice."
    )
    subject = forms.CharField(max_length=250)
    covering_letter = forms.CharField(widget=forms.Textarea(attrs={"rows": 12}), max_length=10_000)

    def clean_subject(self) -> str:
        """One line: a line break would start a new header."""
        return " ".join(self.cleaned_data["subject"].split())

    @classmethod
    def of(cls, letter: Letter, societies: int, verify_address: str) -> "SendForm":
        """Filled with words that are true for this letter."""
        words = (
            f"{letter.addressee or 'Dear Editor'}\n\n"
            f"Please find attached a letter signed by {societies} societies:\n\n    {letter.title}\n\n"
            f"The PDF is sealed; anyone can check text and signatories at {verify_address}.\n\n"
            "We would be grateful for a line that acknowledges receipt.\n\n"
            f"{letter.convener}\n"
        )
        return cls(initial={"subject": letter.title, "covering_letter": words})


def first_error(form: forms.Form) -> str:
    """One sentence for a page that cannot show the form again beside its field."""
    errors: Any = next(iter(form.errors.values()), ["Please check what you typed."])
    return str(errors[0])
