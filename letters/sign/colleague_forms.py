"""What an officer confirms for a colleague: the version released, or the person vouched for."""

from typing import Any

from django import forms

from letters.models import Officer
from letters.presence.forms import CodeForm
from letters.sign.forms import free_text


class VersionForm(CodeForm):
    """The version that was on the page."""

    content_hash = forms.CharField(widget=forms.HiddenInput, max_length=64)
    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    field_order = ["content_hash", "number", "code"]


class ReleaseForm(VersionForm):
    """An approver's word on that version."""

    word = forms.ChoiceField(
        label="Your decision", widget=forms.RadioSelect, initial="yes",
        choices=[("yes", "I release it: a signer of our society may sign it"), ("no", "I do not release it")],
        error_messages={"required": "Choose whether you release it.", "invalid_choice": "Choose one of the two."},
    )  # fmt: skip
    reason = forms.CharField(
        label="Why you do not release it", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="The signers of your society and the coordinators read it. It may stay empty.",
    )  # fmt: skip
    field_order = ["content_hash", "number", "word", "reason", "code"]

    def clean_reason(self) -> str:
        return free_text(self.cleaned_data["reason"])


class VouchForm(CodeForm):
    """Which colleague holds the office named."""

    officer = forms.ChoiceField(
        label="I know that this person holds this office",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the colleague you vouch for.", "invalid_choice": "Choose one of the list."},
    )
    field_order = ["officer", "code"]

    def __init__(self, *args: Any, officers: list[Officer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.officers = {str(officer.pk): officer for officer in officers}
        choices = [(key, f"{officer} ({officer.user.email})") for key, officer in self.officers.items()]
        self.fields["officer"] = forms.ChoiceField(
            label=self.fields["officer"].label, widget=forms.RadioSelect, choices=choices,
            error_messages=self.fields["officer"].error_messages,
        )  # fmt: skip
        if "code" in self.fields:
            self.fields["code"].help_text = "Press “Send me a code”; it comes by e-mail and works for 15 minutes."
        self.order_fields(self.field_order)

    def chosen(self) -> Officer:
        """The colleague, from a valid form."""
        return self.officers[self.cleaned_data["officer"]]
