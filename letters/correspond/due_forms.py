"""What a coordinator types about waits: a date, why a wait ends, and that a rung of the ladder was written to."""

import datetime
from typing import Any

from django import forms

from letters.models import DueStep, Submission
from letters.stale import SeenForm
from letters.text import clock
from letters.text.ladder import RUNGS, Rung
from letters.text.mailed import EARLIEST

WRITE_DAY = "Write the day as 2026-12-31."


def day_field(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    """A day, with the browser's calendar."""
    return forms.DateField(
        label=label, required=required, help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Choose the day.", "invalid": WRITE_DAY},
    )  # fmt: skip


class DueForm(SeenForm):
    """By when something is to have happened, and who says so."""

    step = forms.ChoiceField(label="What is waited for", choices=DueStep.choices)
    what = forms.CharField(
        label="In words", required=False, max_length=300, help_text="For “Something else”: what you wait for."
    )
    on = day_field("Until")
    standard = forms.CharField(
        label="By which standard", max_length=300, help_text="For example: the editor’s mail of 3 April names it.",
        error_messages={"required": "Say who set this day: the journal, a rule, or your team."},
    )  # fmt: skip
    source = forms.CharField(label="Where that stands", required=False, max_length=500)

    def clean(self) -> dict[str, Any]:
        """Something else needs its words."""
        values = super().clean() or {}
        if values.get("step") == DueStep.OTHER and not values.get("what"):
            self.add_error("what", "Say what you wait for.")
        return values


class EndForm(forms.Form):
    """Why nobody waits any longer."""

    note = forms.CharField(
        label="Why", max_length=300, help_text="For example: they told us by telephone.",
        error_messages={"required": "Say why it is no longer waited for."},
    )  # fmt: skip


class WroteForm(forms.Form):
    """That a rung was written to: when, in which words, what must hold first, and until when an answer is expected."""

    rung = forms.ChoiceField(choices=[(key, rung.title) for key, rung in RUNGS.items()], widget=forms.HiddenInput)
    day = day_field("Written on")
    words = forms.CharField(
        label="What was written", max_length=100_000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="The words of your message. They stay with your team unless you make the entry public.",
        error_messages={"required": "Paste the words you sent, so that the record holds them."},
    )  # fmt: skip

    def __init__(self, *args: Any, rung: Rung, submission: Submission, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **{"prefix": rung.key, **kwargs})
        self.to, self.today = rung, today
        self.fields["rung"].initial, self.fields["day"].initial = rung.key, today
        for key, sentence in rung.needs.items():
            missing = {"required": "Only then can COPE take the case."}
            self.fields[f"need_{key}"] = forms.BooleanField(label=sentence, error_messages=missing)
        for step in rung.waits:
            rule = clock.standard(submission.journal.venue, step)
            known = f"{rule.words}." if rule.span else "No time is known for this journal: choose a day."
            field = day_field(f"{DueStep(step).label}: until", required=False, help_text=known.replace("..", "."))
            field.initial = rule.due(today)
            self.fields[f"until_{step}"] = field
        self.order_fields(["rung", *(f"need_{key}" for key in rung.needs), "day", "words"])

    def clean_day(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["day"]
        if day > self.today:
            raise forms.ValidationError("This day has not come yet; record it once it is sent.")
        if day < EARLIEST:
            raise forms.ValidationError("That is long before this letter: look at the year.")
        return day

    def clean(self) -> dict[str, Any]:
        """One day at least, and none before the message."""
        values = super().clean() or {}
        names = [f"until_{step}" for step in self.to.waits]
        if not any(values.get(name) or name in self.errors for name in names):
            self.add_error(names[-1], "Say until when you expect an answer; else nobody will notice that none came.")
        for name in names:
            if values.get(name) and values.get("day") and values[name] < values["day"]:
                self.add_error(name, "This day lies before your message.")
        return values

    @property
    def until(self) -> dict[str, datetime.date | None]:
        """A day for each step, from a valid form."""
        return {step: self.cleaned_data[f"until_{step}"] for step in self.to.waits}
