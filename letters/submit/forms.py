"""What a coordinator types to extend a deadline, to let societies sign late, or to set the hour of the release."""

import datetime
import functools
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
        # Read once, and only where the form is shown: the page looks every three seconds whether the seal is done.
        found = functools.cache(lambda: [(row.pk, str(row.society)) for row in candidates(letter)])
        self.fields["societies"].choices = found  # type: ignore[attr-defined]
        self.fields["day"].label = "Open until: day"
        self.fields["day"].error_messages["required"] = "Choose the last day of late signing."


def first_error(form: forms.Form) -> str:
    """One sentence for a page that cannot show the form again beside its field."""
    errors: Any = next(iter(form.errors.values()), ["Please check what you typed."])
    return str(errors[0])
