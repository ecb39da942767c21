"""What a person says who put a text into a journal's form: when, which words, what came back."""

import datetime
import zoneinfo
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from letters.dispatch.forms import scan
from letters.dispatch.going import Handed


class HandForm(forms.Form):
    """The words as pasted, the hour on the convener's clock, the journal's number and its receipt."""

    pasted = forms.CharField(
        label="Text", max_length=200_000, widget=forms.Textarea(attrs={"rows": 14, "data-paste": "text"}),
        error_messages={"required": "Leave the text here as you pasted it; it is kept."},
        help_text="If the form made you change anything, change it here as well: what stands here is kept as sent.",
    )  # fmt: skip
    day = forms.DateField(
        label="Handed in on", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Choose the day.", "invalid": "Write the day as 2026-12-31."},
    )  # fmt: skip
    time = forms.TimeField(
        label="At", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": "Choose the time of day.", "invalid": "Write the time as 17:00."},
    )  # fmt: skip
    reference = forms.CharField(
        label="Number the journal gave it", max_length=100, required=False, help_text="Such as a manuscript number."
    )
    receipt = forms.CharField(
        label="What the journal said", max_length=20_000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Copy the thanks on the screen or the mail that came.",
    )  # fmt: skip
    file = forms.FileField(
        label="Screenshot or receipt", required=False, help_text="A PDF or a picture, up to 10 MB.",
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
    )  # fmt: skip

    def __init__(self, *args: Any, zone: zoneinfo.ZoneInfo, now: datetime.datetime, **kwargs: Any) -> None:
        local = now.astimezone(zone)
        usual = {"day": local.date(), "time": local.time().replace(second=0, microsecond=0)}
        super().__init__(*args, **{**kwargs, "initial": usual | kwargs.get("initial", {})})
        self.zone, self.now = zone, now

    def clean_file(self) -> bytes:
        """A PDF or a picture."""
        return scan(self.cleaned_data["file"])

    def clean(self) -> dict[str, Any]:
        """It was handed in before now, and something shows it."""
        values = super().clean() or self.cleaned_data
        if {"day", "time"} <= values.keys() and self.at > self.now:
            self.add_error("time", "This time lies ahead; say when you handed it in.")
        if "file" in values and not (values.get("reference") or values.get("receipt") or values["file"]):
            raise ValidationError("Keep something that shows it: the journal’s number, its words or a screenshot.")
        return values

    @property
    def at(self) -> datetime.datetime:
        """The instant meant, in UTC."""
        values = self.cleaned_data
        return datetime.datetime.combine(values["day"], values["time"], self.zone).astimezone(datetime.UTC)

    @property
    def handed(self) -> Handed:
        """What was said."""
        values = self.cleaned_data
        text = values["pasted"].replace("\r\n", "\n")
        return Handed(self.at, text, values["reference"], values["receipt"], values["file"])
