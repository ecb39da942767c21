"""What an officer types or a passkey answers to show to be there; forms of acts that need it inherit from this one."""

from typing import Any

from django import forms

from letters.presence.asked import Asked


class CodeField(forms.CharField):
    """Needed unless a passkey answers instead, so the form demands it and the label does not call it optional."""

    demanded = True


class CodeForm(forms.Form):
    """The code from the mail, or what a passkey answers; dropped when the person proved to be there minutes ago."""

    credential = forms.CharField(widget=forms.HiddenInput, max_length=20_000, required=False)
    code = CodeField(
        label="6-digit code",
        help_text="We sent it to you by e-mail. It works for 15 minutes.",
        max_length=12,
        required=False,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "code-input", "size": 8}
        ),
    )

    def __init__(self, *args: Any, needs_code: Asked | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = needs_code
        if not needs_code:
            del self.fields["code"], self.fields["credential"]

    def forget_check(self) -> None:
        """Ask for nothing more: the code or passkey was right."""
        self.asked = None
        for name in ("code", "credential"):
            self.fields.pop(name, None)

    def clean(self) -> dict[str, Any]:
        """One of the two is needed where presence is."""
        values = super().clean() or {}
        if self.asked and not values.get("credential") and not values.get("code") and "code" not in self.errors:
            self.add_error("code", "Type the 6-digit code from the e-mail.")
        return values
