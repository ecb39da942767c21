"""What a coordinator types to prepare a submission, checked field by field; the people have forms of their own."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from letters.dispatch import channels
from letters.models import Journal, Letter, Submission
from letters.models.document import suffix_of
from letters.models.journal import Channel
from letters.stale import SeenForm
from letters.text.pack.cover import FIELDS, BadCover, check
from letters.text.pack.tongues import ENGLISH, LANGUAGES, fitting

NEW, LETTER = "new", "letter"
LARGEST = 10 * 1024 * 1024
SEEN = ("pdf", "png", "jpg")


def scan(file: Any) -> bytes:
    """The bytes of an uploaded PDF or picture, b"" where none was chosen; raises ValidationError for anything else."""
    if not file:
        return b""
    data: bytes = file.read()
    if suffix_of(data) not in SEEN:
        raise ValidationError(f"“{file.name}” is neither a PDF nor a PNG or JPEG picture; choose one of these.")
    if len(data) > LARGEST:
        raise ValidationError(f"“{file.name}” is larger than 10 MB; choose a smaller one.")
    return data


class NewForm(forms.Form):
    """Which text goes to which journal, for which paper, and how."""

    journal = forms.ChoiceField(label="Journal", error_messages={"required": "Choose the journal."})
    new_name = forms.CharField(label="Name of another journal", max_length=200, required=False)
    new_email = forms.EmailField(
        label="Its address for correspondence", required=False, help_text="Where its editors take mail. Check it twice."
    )
    text = forms.ChoiceField(label="Text", widget=forms.RadioSelect)
    paper = forms.ChoiceField(
        label="For which paper", required=False,
        help_text="Choose one where each paper has a form of its own; the same text can then go to the other as well.",
    )  # fmt: skip
    channel = forms.ChoiceField(label="How", required=False)

    def __init__(self, *args: Any, journals: Any, texts: Any, papers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        usual = [("", "As the journal takes letters"), *channels.CHOICES]
        chosen = {"journal": journals, "text": texts, "paper": papers, "channel": usual}
        for name, choices in chosen.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.fields["text"].initial = LETTER
        for name in ("paper", "channel"):
            self.fields[name].demanded = True  # type: ignore[attr-defined]  # what is shown first is an answer, too

    def clean(self) -> dict[str, Any]:
        """Another journal needs a name."""
        values = super().clean() or self.cleaned_data
        if values.get("journal") == NEW and not values.get("new_name"):
            self.add_error("new_name", "Write the name of the journal.")
        return values


class WordsForm(SeenForm):
    """How it goes, to whom, and the covering letter."""

    channel = forms.ChoiceField(label="How it goes", choices=channels.CHOICES)
    address = forms.CharField(label="Where it goes", max_length=300, required=False)
    cc = forms.CharField(
        label="Copies to", required=False, help_text="E-mail addresses with commas between. The journal sees them."
    )
    subject = forms.CharField(max_length=250)
    language = forms.ChoiceField(
        label="Language of the covering letter", choices=list(LANGUAGES.items()), required=False,
        help_text="Most editors expect English. What the fields say follows, and so do words that nobody changed.",
    )  # fmt: skip
    words = forms.CharField(
        label="Words of the covering letter", widget=forms.Textarea(attrs={"rows": 16}), max_length=10_000,
        required=False, help_text="Emptied, they are proposed anew in the language chosen.",
    )  # fmt: skip

    @classmethod
    def of(cls, row: Submission) -> "WordsForm":
        """The form filled with what the submission has."""
        return cls(
            initial={
                "channel": row.channel, "language": row.language, "cc": ", ".join(row.cc), "subject": row.subject,
                "words": row.covering_letter, "address": row.to_address if row.by_mail else row.address,
            }
        )  # fmt: skip

    @property
    def known(self) -> Mapping[str, str]:
        """The fields in braces and what each says."""
        return FIELDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("address", "language", "words"):  # asked for at the end, or filled in, not while saving
            self.fields[name].demanded = True  # type: ignore[attr-defined]

    def clean_subject(self) -> str:
        """One line: a line break would start a new header."""
        return " ".join(self.cleaned_data["subject"].split())

    def clean_language(self) -> str:
        """English where nothing was said."""
        return self.cleaned_data["language"] or ENGLISH.language

    def clean_cc(self) -> list[str]:
        """Each address by itself."""
        found = [one.strip() for one in self.cleaned_data["cc"].replace(";", ",").split(",") if one.strip()]
        for one in found:
            try:
                validate_email(one)
            except ValidationError:
                raise ValidationError(f"“{one}” is no e-mail address; correct it.") from None
        return list(dict.fromkeys(found))

    def clean_words(self) -> str:
        """A field nobody knows is named; the words of another language that nobody changed give way."""
        words = self.cleaned_data["words"].replace("\r\n", "\n")
        words = fitting(words, self.cleaned_data.get("language", ENGLISH.language))
        try:
            check(words)
        except BadCover as error:
            raise ValidationError(str(error)) from None
        return words

    def clean(self) -> dict[str, Any]:
        """Mail needs an address that takes mail; a form's address is one of the web."""
        values = super().clean() or self.cleaned_data
        address = values.get("address", "")
        if values.get("channel") == Channel.MAIL and address:
            try:
                validate_email(address)
            except ValidationError:
                self.add_error("address", f"“{address}” is no e-mail address; write the one the editors read.")
        elif address and not address.startswith(("https://", "http://")):
            self.add_error("address", "Write the address of the form as https://…")
        return values


class DespiteForm(SeenForm):
    """Why it goes although preflight says no."""

    despite = forms.CharField(
        label="It goes all the same, because", max_length=300, required=False,
        help_text="For example: the editor agreed by mail on 3 March. Leave it empty to heed preflight.",
    )  # fmt: skip

    @classmethod
    def of(cls, row: Submission) -> "DespiteForm":
        """The form filled with what the submission has."""
        return cls(initial={"despite": row.despite})


class AskForm(SeenForm):
    """Whether the covering letter asks for the permissions."""

    asks = forms.BooleanField(label="We ask for it in this covering letter", required=False)

    @classmethod
    def of(cls, row: Submission) -> "AskForm":
        """The form filled with what the submission has."""
        return cls(initial={"asks": row.asks_permission})


class PermitForm(forms.Form):
    """The permission of one editor."""

    journal = forms.TypedChoiceField(label="Journal", coerce=int)
    editor = forms.CharField(
        label="Who allowed it", max_length=200, error_messages={"required": "Write who allowed it."}
    )
    given_on = forms.DateField(
        label="When", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Choose the day.", "invalid": "Write the day as 2026-12-31."},
    )  # fmt: skip
    note = forms.CharField(label="How, and on what terms", max_length=500, required=False)
    file = forms.FileField(
        label="The mail or letter", required=False, help_text="A PDF or a picture, up to 10 MB.",
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
    )  # fmt: skip

    def __init__(self, *args: Any, choices: Mapping[int, str], today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["journal"].choices = list(choices.items())  # type: ignore[attr-defined]

    def clean_journal(self) -> Journal:
        """The journal itself."""
        return Journal.objects.get(pk=self.cleaned_data["journal"])

    def clean_given_on(self) -> datetime.date:
        """A permission was given already."""
        day: datetime.date = self.cleaned_data["given_on"]
        if day > self.today:
            raise ValidationError("This day lies ahead; record the permission once it is given.")
        return day

    def clean_file(self) -> bytes:
        """A PDF or a picture."""
        return scan(self.cleaned_data["file"])


def journal_choices(journals: Sequence[Journal], aims: set[int]) -> list[Any]:
    """Those the letter may go to first, then the others, then one that is not there yet."""
    first = [(str(one.pk), one.name) for one in journals if one.pk in aims]
    others = [(str(one.pk), one.name) for one in journals if one.pk not in aims]
    groups = [("The letter may go to", first), ("Other journals", others)] if first else [("All journals", others)]
    return [("", "Choose one"), *((name, rows) for name, rows in groups if rows), (NEW, "Another journal, named below")]


def text_choices(letter: Letter, edition: object, summaries: Sequence[Any]) -> list[tuple[str, str]]:
    """The full letter and the newest published version of each summary."""
    return [
        (LETTER, f"The full letter, {edition}"),
        *((str(one.current_id), f"The summary “{one}”, version {one.current.number}") for one in summaries),
    ]
