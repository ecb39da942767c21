"""What an officer confirms before an act; a code is asked for only where the person was not just checked."""

from typing import Any

from django import forms

from letters.models import Link, Signature
from letters.models.document import suffix_of
from letters.presence.asked import Asked
from letters.presence.forms import CodeForm
from letters.printed import printable
from letters.proof.records import statement_hash
from letters.sign.statement import statement

MOST_BYTES = 5 * 1024 * 1024


def free_text(value: str) -> str:
    """Several lines in canonical form; raises ValidationError as printable does."""
    return "\n".join(printable(line) for line in value.splitlines() if line.strip())


class SignForm(CodeForm):
    """The check page: the words read, how to be printed, by which mandate, with which interests.

    Nothing is claimed for the officer: body and interests are empty unless the same officer named them before. A logo
    is offered where the registry holds one, which it does only with somebody's permission.
    """

    content_hash = forms.CharField(widget=forms.HiddenInput, max_length=64)
    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    statement_hash = forms.CharField(widget=forms.HiddenInput, max_length=64)
    printed_name = forms.CharField(
        label="Your name as printed",
        max_length=200,
        error_messages={"required": "Write your name as it is to be printed."},
    )
    office = forms.CharField(
        label="Your office", max_length=200, error_messages={"required": "Write your office in the society."}
    )
    mandate_body = forms.CharField(
        label="Who decided that your society signs", required=False, max_length=200,
        help_text="For example: Board of Directors. Left empty, the record says that no deciding body was named.",
        widget=forms.TextInput(attrs={"list": "bodies"}),
    )  # fmt: skip
    mandate_date = forms.DateField(
        label="Date of that decision", required=False, widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "Write the date as 2026-12-31."},
    )  # fmt: skip
    mandate_minute = forms.CharField(label="Minute or resolution number", required=False, max_length=100)
    mandate_file = forms.FileField(
        label="The decision as a file", required=False,
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.docx"}),
        help_text="PDF, picture or Word, up to 5 MB. Only the coordinators can open it; its SHA-256 becomes public.",
        error_messages={"empty": "The file is empty."},
    )  # fmt: skip
    interests = forms.CharField(
        label="Interests your society declares", required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 1}),
        help_text="For example funding or patents in this matter. Left empty, the record says that none were declared.",
    )  # fmt: skip
    logo = forms.BooleanField(label="Show our logo beside our name", required=False)
    shown_logo = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    field_order = [
        "content_hash", "number", "statement_hash", "shown_logo", "printed_name", "office", "mandate_body",
        "mandate_date", "mandate_minute", "mandate_file", "interests", "logo", "code",
    ]  # fmt: skip

    @classmethod
    def of(cls, link: Link, before: Signature | None, *, needs_code: Asked | None) -> "SignForm":
        """The form as the coordinator's list has the officer, or as the officer signed `before`."""
        officer, version = link.officer, link.invitation.letter.on_the_table
        words = statement_hash(statement(link.invitation, version))
        logo = link.invitation.society.logo
        initial = {
            "content_hash": version.content_hash, "number": version.number, "statement_hash": words,
            "shown_logo": logo.sha256 if logo else "", "logo": logo is not None,
        }  # fmt: skip
        if before and before.officer_id == officer.pk:
            kept = ("printed_name", "office", "mandate_body", "mandate_date", "mandate_minute", "interests")
            said = {name: getattr(before, name) for name in kept} | {"logo": before.logo_id is not None}
            return cls(needs_code=needs_code, initial=initial | said)
        initial |= {"office": officer.office, "printed_name": officer.printed_name}
        return cls(needs_code=needs_code, initial=initial)

    @property
    def more_of_the_decision(self) -> bool:
        """True when date, minute or file of the decision hold something or were refused."""
        names = ("mandate_date", "mandate_minute", "mandate_file")
        return bool(self.files) or any(name in self.errors or self[name].value() for name in names)

    def clean_printed_name(self) -> str:
        return printable(self.cleaned_data["printed_name"])

    def clean_office(self) -> str:
        return printable(self.cleaned_data["office"])

    def clean_mandate_body(self) -> str:
        return printable(self.cleaned_data["mandate_body"])

    def clean_mandate_minute(self) -> str:
        return printable(self.cleaned_data["mandate_minute"])

    def clean_interests(self) -> str:
        return free_text(self.cleaned_data["interests"])

    def clean_mandate_file(self) -> bytes:
        """The bytes, or none; refuses what is not of the four kinds and what is larger than MOST_BYTES."""
        file = self.cleaned_data["mandate_file"]
        if not file:
            return b""
        if file.size > MOST_BYTES:
            raise forms.ValidationError(f"{file.name} is larger than 5 MB; choose a smaller file.")
        data: bytes = file.read()
        if not suffix_of(data):
            raise forms.ValidationError(f"{file.name} is no PDF, picture or Word file; choose another.")
        return data

    def clean(self) -> dict[str, Any]:
        """Date, minute and file say when a body decided: they need one."""
        values = super().clean() or {}
        more = any(values.get(name) for name in ("mandate_date", "mandate_minute", "mandate_file"))
        if more and not values.get("mandate_body") and "mandate_body" not in self.errors:
            self.add_error("mandate_body", "Say who decided, or leave date, minute and file empty.")
        return values


class ReasonForm(CodeForm):
    """Why a society withdraws; it need not say."""

    reason = forms.CharField(
        label="Reason",
        required=False,
        max_length=2000,
        help_text="Only the coordinators of the letter see it.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = ["reason", "code"]


class NoteForm(CodeForm):
    """What a society says when it takes its support back after the seal; everybody can read it."""

    words = forms.CharField(
        label="What your society says", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Everybody can read it below your society’s name. It may stay empty: the date is shown either way.",
    )  # fmt: skip
    field_order = ["words", "code"]

    def clean_words(self) -> str:
        return free_text(self.cleaned_data["words"])
