"""What a coordinator types about a journal, checked field by field."""

import datetime
import re
import urllib.parse
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from letters.journals.actions import FACTS, Address, Facts, Finding
from letters.journals.values import stored_value
from letters.models import Journal, JournalContact, JournalRule
from letters.models.journal import Channel
from letters.models.journal_rule import Origin
from letters.text.pack.bibliography import BadStyle
from letters.text.venue import KINDS, LIST, NAME, NUMBER, YES_NO, BadValue

_ISSN = re.compile(r"(\d{4})-?(\d{3}[\dX])")
STATED, SILENT, UNKNOWN = "stated", "silent", "unknown"


def issn(text: str) -> str:
    """One ISSN with its hyphen; raises ValidationError where the check digit does not fit (ISO 3297, annex A)."""
    found = _ISSN.fullmatch(text.strip().upper())
    digits = "".join(found.groups()) if found else ""
    worth = sum((8 - i) * (10 if digit == "X" else int(digit)) for i, digit in enumerate(digits))
    if not digits or worth % 11:
        raise ValidationError(f"“{text.strip()}” is no ISSN: compare it with the journal’s page, such as 0959-8138.")
    return f"{digits[:4]}-{digits[4:]}"


class JournalForm(forms.Form):
    """What is known of a journal besides its rules."""

    name = forms.CharField(
        max_length=200, error_messages={"required": "Write the name, with the kind of letter where it takes several."},
        help_text="With the kind of letter where the journal takes several, such as BMJ rapid response.",
    )  # fmt: skip
    spoken = forms.CharField(
        label="In a sentence", required=False, max_length=200,
        help_text="Where the name is that of a form: The BMJ, which decides, answers, publishes. Else leave it empty.",
    )  # fmt: skip
    issn = forms.CharField(label="ISSN", required=False, max_length=40, help_text="One or two, with a comma between.")
    publisher = forms.CharField(required=False, max_length=200)
    email = forms.EmailField(
        label="Address for correspondence", required=False, help_text="Where the journal takes mail, if it does.",
        error_messages={"invalid": "This is not an e-mail address."},
    )  # fmt: skip
    note = forms.CharField(
        label="What else to know", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )

    @classmethod
    def of(cls, journal: Journal) -> "JournalForm":
        """The form filled with what is on record."""
        return cls(initial={field: getattr(journal, field) for field in FACTS})

    def clean_issn(self) -> str:
        typed = [part for part in re.split(r"[,;/\s]+", self.cleaned_data["issn"]) if part]
        if len(typed) > 2:
            raise ValidationError("Write at most two ISSNs: one in print, one online.")
        return ", ".join(dict.fromkeys(issn(part) for part in typed))

    def facts(self) -> Facts:
        """The facts, from a valid form."""
        return Facts(**self.cleaned_data)


def source_field() -> forms.CharField:
    """Where something was read."""
    return forms.CharField(
        label="Where you read it", required=False, max_length=500,
        help_text="The address of the page, or what it is called.",
    )  # fmt: skip


def day_field() -> forms.DateField:
    """The day on which something was read."""
    return forms.DateField(
        label="Checked on", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Write the day as 2026-12-31."},
    )  # fmt: skip


class RuleForm(forms.Form):
    """What somebody read about one rule of a journal."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    standing = forms.ChoiceField(
        label="What the journal says", widget=forms.RadioSelect,
        choices=[(STATED, "It gives a value"), (SILENT, "It states none"), (UNKNOWN, "Not known")],
    )  # fmt: skip
    value = forms.CharField(required=False, max_length=200)
    binds = forms.ChoiceField(
        label="How firmly", widget=forms.RadioSelect, choices=[("hard", "Hard: what breaks it is not taken"),
                                                               ("soft", "Soft: it is asked for")],
    )  # fmt: skip
    note = forms.CharField(required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    source = source_field()
    origin = forms.ChoiceField(label="Whose page that is", choices=Origin.choices)
    checked_on = day_field()

    def __init__(self, *args: Any, kind: str, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.today = KINDS[kind], today
        self.fields["value"] = self._value_field()
        for name in ("value", "source", "checked_on"):  # needed or not, as the first answer goes
            self.fields[name].demanded = True  # type: ignore[attr-defined]

    def _value_field(self) -> forms.Field:
        """One that fits the shape of the rule."""
        label, hint = "The value", self.kind.hint
        if self.kind.shape == LIST:
            choices = [(key, said[:1].upper() + said[1:]) for key, said in self.kind.allowed.items()]
            boxes = forms.CheckboxSelectMultiple
            return forms.MultipleChoiceField(label=label, required=False, choices=choices, widget=boxes, help_text=hint)
        if self.kind.shape == YES_NO:
            choices = [("yes", "Yes"), ("no", "No")]
            return forms.ChoiceField(
                label=label, required=False, choices=choices, widget=forms.RadioSelect, help_text=hint
            )
        widget = forms.TextInput(attrs={"inputmode": "numeric"} if self.kind.shape == NUMBER else {})
        most = 100 if self.kind.shape == NAME else 20
        return forms.CharField(label=label, required=False, max_length=most, widget=widget, help_text=hint)

    @classmethod
    def of(cls, rule: JournalRule, *, seen: int, today: datetime.date) -> "RuleForm":
        """The form filled with what is on record, to be checked today."""
        value = rule.value_of()
        standing = STATED if value.value else SILENT if value.silent else UNKNOWN
        shown = list(value.items) if KINDS[rule.kind].shape == LIST else value.value
        initial = {
            "seen": seen, "standing": standing, "value": shown, "binds": "hard" if rule.hard else "soft",
            "note": rule.note, "source": rule.source, "origin": rule.origin, "checked_on": today,
        }  # fmt: skip
        return cls(initial=initial, kind=rule.kind, today=today)

    def clean_value(self) -> str:
        typed = self.cleaned_data["value"]
        try:
            return stored_value(self.kind.key, ", ".join(typed) if isinstance(typed, list) else str(typed))
        except (BadValue, BadStyle) as error:
            raise ValidationError(str(error)) from None

    def clean(self) -> dict[str, Any]:
        """A value needs to be there when it is said to be, and then a source and a day that is not ahead."""
        values = super().clean() or {}
        standing = values.get("standing")
        if standing == STATED and not values.get("value") and "value" not in self.errors:
            self.add_error("value", "Write what the journal says, or choose “It states none” or “Not known”.")
        if standing in (STATED, SILENT) and not values.get("source"):
            self.add_error("source", "Say where you read it.")
        day = values.get("checked_on")
        if standing in (STATED, SILENT) and day is None and "checked_on" not in self.errors:
            self.add_error("checked_on", "Say when you read it.")
        if day and day > self.today:
            self.add_error("checked_on", "This day has not come yet.")
        return values

    def finding(self) -> Finding:
        """What was read, from a valid form."""
        values = self.cleaned_data
        return Finding(
            value=values["value"] if values["standing"] == STATED else "", silent=values["standing"] == SILENT,
            hard=values["binds"] == "hard", note=values["note"], source=values["source"], origin=values["origin"],
            checked_on=values["checked_on"],
        )  # fmt: skip


class ContactForm(forms.Form):
    """One way to reach a journal."""

    way = forms.ChoiceField(label="What it is", choices=Channel.choices)
    address = forms.CharField(
        required=False, max_length=300, help_text="E-mail address or web address; empty where each article has its own."
    )
    note = forms.CharField(required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    source = source_field()
    checked_on = day_field()

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        for field, sentence in (("source", "Say where you read it."), ("checked_on", "Say when you read it.")):
            self.fields[field].required = True
            self.fields[field].error_messages["required"] = sentence

    @classmethod
    def of(cls, contact: JournalContact | None, *, today: datetime.date) -> "ContactForm":
        """The form filled with what is on record, to be checked today."""
        known = contact.facts if contact else {}
        return cls(initial={**known, "checked_on": today}, today=today)

    def clean_address(self) -> str:
        text = str(self.cleaned_data["address"]).strip()
        parts = urllib.parse.urlsplit(text)
        if not text or (parts.scheme in ("http", "https") and parts.hostname):
            return text
        try:
            validate_email(text)
        except ValidationError:
            raise ValidationError("Write an e-mail address, or a web address that begins with https://.") from None
        return text

    def clean_checked_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["checked_on"]
        if day > self.today:
            raise ValidationError("This day has not come yet.")
        return day

    def clean(self) -> dict[str, Any]:
        """An address, or words that say where it is found."""
        values = super().clean() or {}
        if not values.get("address") and not values.get("note") and "address" not in self.errors:
            self.add_error("address", "Write the address, or say in the note where it is found.")
        return values

    def way_in(self) -> Address:
        """The way, from a valid form."""
        return Address(**self.cleaned_data)
