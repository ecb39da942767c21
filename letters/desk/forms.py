"""What a coordinator types at the desk: a note about societies, the name of a view."""

import datetime
from typing import Any

from django import forms


class NoteForm(forms.Form):
    """A call or a note; the day to follow up lies ahead on the convener's calendar."""

    called = forms.ChoiceField(
        label="What is it?", choices=[("call", "A call"), ("note", "A note")], widget=forms.RadioSelect, initial="call"
    )
    note = forms.CharField(
        label="What was said", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Only the coordinators of this letter read this. It never goes into the evidence.",
        error_messages={"required": "Write what was said, or what you want to remember."},
    )  # fmt: skip
    follow_up_on = forms.DateField(
        label="Follow up on", required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text="On that day it stands under Needs attention.",
        error_messages={"invalid": "Write the day as year-month-day, such as 2026-12-03."},
    )  # fmt: skip
    settles = forms.BooleanField(label="What was to be followed up before is done", required=False, initial=True)

    def __init__(self, *args: Any, today: datetime.date, open_before: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        if not open_before:
            del self.fields["settles"]

    def clean_follow_up_on(self) -> datetime.date | None:
        day: datetime.date | None = self.cleaned_data["follow_up_on"]
        if day and day < self.today:
            raise forms.ValidationError("That day is past. Choose today or a later day, or leave it empty.")
        return day

    def words(self) -> dict[str, Any]:
        """What actions.note takes, from a valid form."""
        given = self.cleaned_data
        return {
            "text": given["note"], "called": given["called"] == "call", "follow_up_on": given["follow_up_on"],
            "settles": given.get("settles", False),
        }  # fmt: skip


class ViewForm(forms.Form):
    """The name of an own view."""

    name = forms.CharField(
        label="Name of this view", max_length=40,
        error_messages={"required": "Give the view a name.", "max_length": "Use at most 40 letters for the name."},
    )  # fmt: skip

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())
