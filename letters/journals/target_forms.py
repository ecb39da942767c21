"""What a coordinator types about the papers a letter answers and the journals it may go to."""

import datetime
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from letters.journals.targets import Typed
from letters.models import DateKind, Journal, Letter, Target
from letters.text.blocks import Block
from letters.text.doi import BadDoi, normal_doi
from letters.text.reading import Unreadable, read

FIRST_DAY = datetime.date(1665, 3, 6)  # no journal is older than the Philosophical Transactions


class DoiForm(forms.Form):
    """One more paper the letter answers."""

    doi = forms.CharField(
        label="DOI of the paper", max_length=500, help_text="As it stands on the paper, or its address at doi.org.",
        error_messages={"required": "Write the DOI of the paper the letter answers."},
    )  # fmt: skip

    def clean_doi(self) -> str:
        try:
            return normal_doi(self.cleaned_data["doi"])
        except BadDoi as error:
            raise forms.ValidationError(str(error)) from None


def _day(kind: str, label: str) -> forms.DateField:
    return forms.DateField(
        label=f"Published {label}" if kind != DateKind.UPDATED else "Updated", required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Write the day as 2026-12-31."},
    )  # fmt: skip


class TargetForm(forms.Form):
    """Citation and dates of a paper, by hand."""

    citation = forms.CharField(required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, label in DateKind.choices:
            self.fields[kind] = _day(kind, label)

    @classmethod
    def of(cls, target: Target) -> "TargetForm":
        """The form filled with what is on record."""
        return cls(initial={"citation": target.citation, **{date.kind: date.day for date in target.dates.all()}})

    def clean(self) -> dict[str, Any]:
        """Days on which a journal can have appeared."""
        values = super().clean() or {}
        for kind in DateKind.values:
            if values.get(kind) and values[kind] < FIRST_DAY:
                self.add_error(kind, "No journal is that old; look at the year.")
        return values

    def typed(self) -> Typed:
        """What was typed, from a valid form."""
        values = self.cleaned_data
        dates = {kind: values[kind] for kind in DateKind.values if values[kind]}
        return Typed(" ".join(values["citation"].split()), dates)


class ConfirmForm(forms.Form):
    """Which date the journal counts from, and how that is known."""

    how = forms.CharField(
        label="How do you know?", max_length=300,
        help_text="For example: the submission site offers the article until 12 March.",
        error_messages={"required": "Say how you know which date counts."},
    )  # fmt: skip

    def __init__(self, *args: Any, target: Target, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(date.kind, f"{date.get_kind_display().capitalize()}, {date.said}") for date in target.dates.all()]
        self.fields["kind"] = forms.ChoiceField(
            label="The journal counts from", choices=choices, widget=forms.RadioSelect,
            error_messages={"required": "Choose the date.", "invalid_choice": "Choose a date of the list."},
        )  # fmt: skip
        self.order_fields(["kind", "how"])


class FileForm(forms.Form):
    """A text that is no version of the letter, and the journal it is meant for."""

    file = forms.FileField(
        label="The text", help_text="A Word file (.docx) or Markdown (.md). It is looked at and not kept.",
        widget=forms.FileInput(attrs={"accept": ".docx,.md,.txt"}),
        error_messages={"required": "Choose the file with the text.", "empty": "The file is empty."},
    )  # fmt: skip
    journal = forms.ModelChoiceField(
        Journal.objects.prefetch_related("rules"), empty_label="Choose",
        error_messages={"required": "Choose the journal.", "invalid_choice": "Choose a journal of the list."},
    )  # fmt: skip

    def clean_file(self) -> list[Block]:
        """The blocks in it; tracked changes count as accepted, bold lines as headings."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        try:
            return read(file.read(), name=str(file.name), tracked="accept", bold="take").blocks
        except Unreadable as error:
            raise forms.ValidationError(str(error)) from None


class AimForm(forms.Form):
    """The journals the letter may go to."""

    journals = forms.ModelMultipleChoiceField(
        Journal.objects.all(), required=False, widget=forms.CheckboxSelectMultiple, label="Journals",
        error_messages={"invalid_choice": "Choose journals of the list."},
    )  # fmt: skip

    @classmethod
    def of(cls, letter: Letter) -> "AimForm":
        """The form filled with what was chosen."""
        return cls(initial={"journals": list(letter.aims.values_list("journal", flat=True))})
