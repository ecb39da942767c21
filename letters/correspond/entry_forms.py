"""What a coordinator types about an entry, checked field by field; its file is kept when the form is shown again."""

import datetime
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import URLValidator

from letters.correspond import kept
from letters.correspond.about import Choices
from letters.correspond.actions import Typed
from letters.correspond.files import BadFile, Given, given
from letters.models import Came, Correspondence, Outcome
from letters.stale import SeenForm
from letters.text.doi import BadDoi, normal_doi
from letters.text.mailed import EARLIEST

KINDS = [("", "Choose"), *((value, label) for value, label in Came.choices if value)]
FILE_HELP = "An e-mail (.eml), a PDF, a picture or a text file, up to 25 MB. Or none: then type the words."


class EntryForm(SeenForm):
    """One thing that came back, or was written to the journal later."""

    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    standing = forms.CharField(label="Its file", required=False, widget=forms.HiddenInput)  # compared, never saved
    file = forms.FileField(
        label="The file", required=False, help_text=FILE_HELP, error_messages={"empty": "The file is empty."},
        widget=forms.FileInput(attrs={"accept": ".eml,.pdf,.png,.jpg,.jpeg,.txt,.msg"}),
    )  # fmt: skip
    kind = forms.ChoiceField(label="What it is", choices=KINDS, error_messages={"required": "Choose what it is."})
    outcome = forms.ChoiceField(
        label="What was decided", choices=Outcome.choices, required=False, help_text="For a decision."
    )
    about = forms.ChoiceField(label="What it belongs to", required=False)
    day = forms.DateField(
        label="The day it bears", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Write the day as 2026-12-31."}, help_text="An e-mail brings its own.",
    )  # fmt: skip
    sender = forms.CharField(label="Who wrote it", required=False, max_length=200, help_text="For your team alone.")
    title = forms.CharField(label="Heading", required=False, max_length=300, help_text="An e-mail brings its subject.")
    text = forms.CharField(
        label="The words", required=False, max_length=300_000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text="With a public entry these words are public: leave out what must stay private.",
    )  # fmt: skip
    doi = forms.CharField(label="DOI", required=False, max_length=500, help_text="Of what was published.")
    url = forms.CharField(
        label="Address where it stands", required=False, max_length=500,
        validators=[URLValidator(schemes=["http", "https"], message="Write an address that begins with https://.")],
    )  # fmt: skip
    answers = forms.MultipleChoiceField(
        label="It also ends the wait for", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="What its kind answers ends by itself: an acknowledgement, the authors’ reply, a decision.",
    )  # fmt: skip
    chosen = forms.ChoiceField(label="The file that stands for it", required=False, widget=forms.RadioSelect)
    public = forms.BooleanField(
        label="Public: kind, day, heading, words and address stand on the letter’s public page", required=False
    )
    file_public = forms.BooleanField(label="Its file is public, too", required=False)

    def __init__(self, *args: Any, choices: Choices, entry: Correspondence | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        file: Any = self.files.get("file")
        if file:
            self._put("standing", str(file.name))
        self.given: Given | None = None
        self.offered, self.entry = choices, entry
        self.fields["about"].choices = choices.about  # type: ignore[attr-defined]
        self.fields["answers"].choices = choices.waits  # type: ignore[attr-defined]
        attached = [(str(one.position), one.name) for one in entry.attachments.all()] if entry else []
        self.fields["chosen"].choices = [*attached, ("0", "None of them")]  # type: ignore[attr-defined]
        if not attached:
            del self.fields["chosen"]
        if not choices.waits:
            del self.fields["answers"]
        if entry and entry.original_id:
            del self.fields["file"]
        if entry:
            self.fields["day"].help_text = self.fields["title"].help_text = ""
            self.fields["title"].required = True
            self.fields["title"].error_messages["required"] = "Write a heading."

    @classmethod
    def of(cls, entry: Correspondence, choices: Choices) -> "EntryForm":
        """The form filled with what is on record."""
        names = ("kind", "outcome", "day", "sender", "title", "text", "doi", "url", "public", "file_public")
        standing = next((one.position for one in entry.attachments.all() if one.document_id == entry.file_id), 0)
        about = f"s{entry.submission_id}" if entry.submission_id else f"j{entry.journal_id}" if entry.journal_id else ""
        initial = {name: getattr(entry, name) for name in names} | {"about": about, "chosen": str(standing)}
        initial["standing"] = entry.file_name
        return cls(initial=initial | {"answers": choices.met}, choices=choices, entry=entry)

    def clean_doi(self) -> str:
        try:
            return normal_doi(self.cleaned_data["doi"]) if self.cleaned_data["doi"].strip() else ""
        except BadDoi as error:
            raise forms.ValidationError(str(error)) from None

    def clean_day(self) -> datetime.date | None:
        day: datetime.date | None = self.cleaned_data["day"]
        if day and day > self.offered.today:
            raise forms.ValidationError("This day has not come yet.")
        if day and day < EARLIEST:
            raise forms.ValidationError("That is long before this letter: look at the year.")
        return day

    def clean_file(self) -> "UploadedFile[Any] | None":
        file: UploadedFile[Any] | None = self.cleaned_data["file"]
        if file:
            try:
                file.seek(0)  # a form shown again reads it once more
                self.given = given(str(file.name), file.read())
            except BadFile as error:
                raise forms.ValidationError(str(error)) from None
        return file

    def clean(self) -> dict[str, Any]:
        """What belongs together, and what an e-mail or an earlier try brings along."""
        values = super().clean() or {}
        if self.given is None and "file" in self.fields and "file" not in self.errors:
            self.given = kept.kept(str(values.get("kept", "")))
        mail = self.given.mail if self.given else None
        bad_file = "file" in self.errors  # it might have brought day and words
        if not (values.get("day") or {"day", "file"} & self.errors.keys() or (mail and mail.at)):
            self.add_error("day", "Write the day it bears.")
        if values.get("outcome") and values.get("kind") != Came.DECISION:
            self.add_error("outcome", "Only a decision has an outcome: choose “Decision”, or “not said”.")
        address = values.get("doi") or values.get("url")
        if values.get("kind") == Came.PUBLICATION and not address and not {"doi", "url"} & self.errors.keys():
            self.add_error("doi", "Write the DOI, or the address where it stands.")
        has_file = self.given or values.get("chosen", "0") != "0" or (self.entry and self.entry.file_id)
        if not (has_file or bad_file or values.get("text", "").strip() or address or self.entry):
            self.add_error("text", "Type its words, upload its file, or write where it stands.")
        if values.get("file_public") and not values.get("public"):
            self.add_error("file_public", "Make the entry public first; its file cannot stand there alone.")
        return values

    def correction(self) -> dict[str, Any]:
        """What a valid form says of an entry that is there: its words, and which attachment stands for it."""
        chosen = self.cleaned_data.get("chosen")
        return {"typed": self.typed(), "file": self.given, "chosen": int(chosen) if chosen else None}

    def keep(self) -> None:
        """Store a good file of a form that must be shown again."""
        if self.given is None or "file" in self.errors:
            return
        self._put("kept", kept.keep(self.given))
        self["file"].help_text = f"{self.given.name} was received. Choose a file only to replace it."

    def _put(self, name: str, value: str) -> None:
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data[name] = value
        self.data = data

    def typed(self) -> Typed:
        """What was typed, from a valid form; what was left empty is taken from the file."""
        values, file = self.cleaned_data, self.given
        mail = file.mail if file else None
        submission, journal = self.offered.chosen(values["about"])
        sent = (mail.day(self.offered.zone) if mail else None) or self.offered.today
        return Typed(
            kind=values["kind"], day=values["day"] or min(sent, self.offered.today), outcome=values["outcome"],
            submission=submission, journal=journal, sender=values["sender"] or (mail.wrote if mail else ""),
            title=values["title"] or (mail.headed if mail else ""),
            text=_lines(values["text"]) or (mail.text if mail else file.text if file else ""),
            url=values["url"], doi=values["doi"], public=values["public"], file_public=values["file_public"],
            answers=tuple(int(pk) for pk in values.get("answers", [])),
        )  # fmt: skip


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").strip("\n")
