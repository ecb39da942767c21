"""What a coordinator types about a summary: the file, its name and journal, the note, a delegation from outside."""

from typing import Any

from django import forms

from letters.models import Invitation, Journal, Letter, Summary, Target
from letters.summarise.actions import Brought, Naming

TRACKED = [("ask", "Stop and tell me"), ("accept", "Accept all of them"), ("reject", "Reject all of them")]


class FileForm(forms.Form):
    """The next text of a summary."""

    file = forms.FileField(
        label="The summary", help_text="A Word file (.docx) or Markdown (.md), up to 25 MB.",
        widget=forms.FileInput(attrs={"accept": ".docx,.md,.txt"}),
        error_messages={"required": "Choose the file with the summary.", "empty": "The file is empty."},
    )  # fmt: skip
    note = forms.CharField(
        label="Note to the officers", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="It stands in the mail that asks for their approval. You can still change it before that.",
    )  # fmt: skip
    tracked = forms.ChoiceField(label="If the file has tracked changes", choices=TRACKED, initial="ask")

    def brought(self) -> Brought:
        """The file with what to do about it, from a valid form."""
        values = self.cleaned_data
        return Brought(values["file"].name, values["file"].read(), values["tracked"], note=values["note"])


class NamingForm(forms.Form):
    """What it is called, and for which journal and paper it is meant."""

    name = forms.CharField(
        label="Name", max_length=200, required=False,
        help_text="How officers and coordinators tell it from other texts. Empty: the title in the file.",
    )  # fmt: skip
    journal = forms.ModelChoiceField(
        Journal.objects.all(), required=False, empty_label="Not decided yet", label="Meant for",
        error_messages={"invalid_choice": "Choose a journal of the list."},
    )  # fmt: skip
    target = forms.ModelChoiceField(
        Target.objects.none(), required=False, empty_label="The letter’s subject as a whole", label="Answers the paper",
        error_messages={"invalid_choice": "Choose a paper of the list."},
    )  # fmt: skip

    def __init__(self, *args: Any, letter: Letter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.letter = letter
        papers = self.fields["target"]
        assert isinstance(papers, forms.ModelChoiceField)
        papers.queryset = letter.targets.all()
        if not letter.targets.exists():
            del self.fields["target"]

    @classmethod
    def of(cls, summary: Summary) -> "NamingForm":
        """The form filled with what is there."""
        initial = {"name": summary.name, "journal": summary.journal_id, "target": summary.target_id}
        return cls(letter=summary.letter, initial=initial)

    def naming(self, title: str = "") -> Naming:
        """What was chosen, from a valid form; an empty name keeps `title`."""
        values = self.cleaned_data
        return Naming(" ".join(values["name"].split()) or title, values["journal"], values.get("target"))


class NewForm(NamingForm, FileForm):
    """A summary with its first text."""

    field_order = ["file", "name", "journal", "target", "note", "tracked"]


class PublishForm(forms.Form):
    """The version that is published, and the note that goes with it."""

    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    note = forms.CharField(
        label="Note to the officers", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It stands in the mail, and on the page on which they approve.",
    )  # fmt: skip


class Societies(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the societies under the letter."""

    def label_from_instance(self, obj: Invitation) -> str:
        return str(obj.society)


class DelegationForm(forms.Form):
    """A delegation that was received outside."""

    society = Societies(
        Invitation.objects.none(), empty_label="Choose", label="This society leaves its summaries",
        error_messages={"required": "Choose the society.", "invalid_choice": "Choose a society of the list."},
    )  # fmt: skip
    to = Societies(
        Invitation.objects.none(), empty_label="Choose", label="To this one",
        error_messages={"required": "Choose to whom.", "invalid_choice": "Choose a society of the list."},
    )  # fmt: skip
    basis = forms.CharField(
        label="The decision it rests on", max_length=300,
        help_text="Who decided and where it stands. For example: minutes of the board, item 4; mail of the president.",
        error_messages={"required": "Say on which decision it rests."},
    )  # fmt: skip
    basis_on = forms.DateField(
        label="Date of that decision", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Give the date of the decision.", "invalid": "Write the date as 2026-12-31."},
    )  # fmt: skip

    def __init__(self, *args: Any, signed: list[Invitation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lead = next((one for one in signed if one.lead), None)
        for name in ("society", "to"):
            field = self.fields[name]
            assert isinstance(field, Societies)
            field.queryset = Invitation.objects.filter(pk__in=[one.pk for one in signed]).select_related("society")
        self.initial.setdefault("to", lead.pk if lead else None)
