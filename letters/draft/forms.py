"""What a coordinator types while drafting, checked field by field."""

import datetime
import zoneinfo
from typing import Any

from django import forms

from letters.models import Change, Letter, OfficersAsked, Version
from letters.models.letter import Paper
from letters.render.logo import BadLogo, reencoded
from letters.stale import SeenForm

TRACKED = [
    ("ask", "Stop and tell me"),
    ("accept", "Accept all of them"),
    ("reject", "Reject all of them"),
]
BOLD = [("take", "Take them as headings"), ("leave", "Leave them as they are")]
LANGUAGES = [("en", "English"), ("de", "German"), ("es", "Spanish"), ("fr", "French")]


def zones() -> list[tuple[str, str]]:
    """Every IANA zone with a city's name, readable."""
    names = sorted(
        name
        for name in zoneinfo.available_timezones()
        if "/" in name and not name.startswith(("Etc/", "posix", "right"))
    )
    return [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in names)]


class UploadForm(forms.Form):
    """A text to import."""

    file = forms.FileField(
        label="The letter",
        help_text="A Word file (.docx) or Markdown (.md), up to 25 MB.",
        widget=forms.FileInput(attrs={"accept": ".docx,.md,.txt"}),
        error_messages={"required": "Choose the file with the letter.", "empty": "The file is empty."},
    )
    tracked = forms.ChoiceField(label="If the file has tracked changes", choices=TRACKED, initial="ask")


class NewLetterForm(UploadForm):
    """The first text, and who calls the societies together."""

    convener = forms.CharField(
        label="Convener",
        max_length=200,
        help_text="The society or office that calls the others together; it stands at the head of the letter.",
        error_messages={"required": "Say who convenes the letter."},
    )
    field_order = ["file", "convener", "tracked"]

    def __init__(self, *args: Any, kept: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kept:
            self.offer_kept(kept)

    def offer_kept(self, name: str) -> None:
        """Say that the file `name` is here already and need not be chosen again; "" asks for one after all."""
        asks = UploadForm.base_fields["file"].help_text
        self.fields["file"].required = not name
        # The bound field took its help text over when the form was checked.
        self["file"].help_text = f"{name} was received. Choose a file only to replace it." if name else asks


class TermsForm(SeenForm):
    """Convener, addressee, deadline and who signs."""

    convener = forms.CharField(max_length=200)
    addressee = forms.CharField(
        label="To", max_length=200, required=False, help_text="For example: The Editor, Journal of Examples."
    )
    letterhead = forms.CharField(
        label="Address of the convener", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Printed small under its name on page 1. Leave it empty to print none.",
    )  # fmt: skip
    logo = forms.FileField(
        label="Logo of the convener", required=False,
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg,.webp,.gif"}),
        help_text="Printed at the head of page 1. PNG, JPEG, WebP or GIF, up to 2 MB; it is drawn anew and kept small.",
        error_messages={"empty": "The file is empty."},
    )  # fmt: skip
    drop_logo = forms.BooleanField(label="Print no logo any more", required=False)
    language = forms.ChoiceField(label="Language of the letter", choices=LANGUAGES)
    paper = forms.ChoiceField(label="Size of the paper", choices=Paper.choices, required=False)
    day = forms.DateField(
        label="Deadline: day",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "Choose the last day for signing.",
            "invalid": "Write the day as 2026-12-31.",
        },
    )
    time = forms.TimeField(
        label="Deadline: time",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": "Choose the time of day.", "invalid": "Write the time as 17:00."},
    )
    time_zone = forms.ChoiceField(label="Time zone of the deadline", choices=zones)
    answer_day = forms.DateField(
        label="Please answer by", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="A day before the deadline on which you would like to know; nothing ends on it.",
        error_messages={"invalid": "Write the day as 2026-12-31."},
    )  # fmt: skip
    embargo = forms.CharField(
        max_length=200, required=False,
        help_text="What signatories keep to themselves, and how long. For example: until the journal has decided.",
    )  # fmt: skip
    officers_asked = forms.ChoiceField(
        label="Who signs for a society", choices=OfficersAsked.choices, widget=forms.RadioSelect
    )

    @classmethod
    def of(cls, letter: Letter) -> "TermsForm":
        """The form filled with what the letter has."""
        local = letter.deadline_local
        form = cls(
            initial={
                "convener": letter.convener, "addressee": letter.addressee, "language": letter.language,
                "letterhead": letter.letterhead, "paper": letter.paper,
                "day": local.date() if local else None, "time": local.time() if local else datetime.time(17, 0),
                "time_zone": letter.time_zone, "officers_asked": letter.officers_asked, "embargo": letter.embargo,
                "answer_day": letter.answer_by.astimezone(letter.zone).date() if letter.answer_by else None,
            }
        )  # fmt: skip
        if letter.letterhead_logo_id is None:
            del form.fields["drop_logo"]
        return form

    def clean_logo(self) -> bytes | None:
        """The picture drawn anew."""
        file = self.cleaned_data["logo"]
        try:
            return reencoded(file.read()) if file else None
        except BadLogo as error:
            raise forms.ValidationError(str(error)) from None

    def clean_paper(self) -> str:
        """A4 where nothing was chosen."""
        return str(self.cleaned_data["paper"] or Paper.A4)

    def clean(self) -> dict[str, Any]:
        """Join days, time and zone into `deadline` and `answer_by`; a time the clock skips is refused."""
        values = super().clean() or {}
        if {"day", "time", "time_zone"} <= values.keys():
            zone = zoneinfo.ZoneInfo(values["time_zone"])
            local = datetime.datetime.combine(values["day"], values["time"], zone)
            instant = local.astimezone(datetime.UTC)
            if instant.astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
                self.add_error("time", "The clocks skip this time on that day; choose another.")
            values["deadline"] = instant
            soft = values.get("answer_day")
            values["answer_by"] = datetime.datetime.combine(soft, values["time"], zone) if soft else None
            if soft and soft > values["day"]:
                self.add_error("answer_day", "Choose a day that is not after the deadline.")
        if values.get("logo") and self.errors:
            self.add_error("logo", "Choose the logo again: a browser does not send a file twice.")
        return values


class TrackedForm(forms.Form):
    """What becomes of all tracked changes in the file that waits."""

    tracked = forms.ChoiceField(choices=TRACKED[1:])


class HeadingsForm(forms.Form):
    """What becomes of bold lines that look like headings in the file that waits."""

    bold = forms.ChoiceField(choices=BOLD)


class PublishForm(forms.Form):
    """How the coordinator labels the change, a note for the officers, and whether the file's comments come in."""

    change = forms.ChoiceField(
        label="This change is",
        choices=[
            (Change.SUBSTANTIVE, "substantive"),
            (Change.EDITORIAL, "editorial (spelling, references, layout)"),
        ],
        initial=Change.SUBSTANTIVE,
        help_text="The label only chooses the words of the mail. It never carries a signature over.",
    )
    note = forms.CharField(
        label="Note to the officers",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    bring = forms.BooleanField(label="Bring in the comments of the Word file", required=False, initial=True)

    def __init__(self, *args: Any, version: Version | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if version is None or version.number == 1:  # a first version changes nothing
            del self.fields["change"], self.fields["note"]
        if version is None or not version.remarks:
            del self.fields["bring"]
        else:
            self.fields[
                "bring"
            ].help_text = "They stand in your table of comments, with author and date, to be answered."

    def terms(self) -> dict[str, Any]:
        """What the action takes; a first version has no label and no note."""
        return {"change": Change.FIRST, "note": "", "bring": False, **self.cleaned_data}
