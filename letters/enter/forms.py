"""What is typed at the fresh check: a mailed code, or one of an authenticator app."""

from django import forms


class MailedForm(forms.Form):
    """The code from the mail."""

    digits = forms.CharField(
        label="6-digit code from the mail",
        max_length=12,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "code-input", "size": 8}
        ),
        error_messages={"required": "Type the 6-digit code from the e-mail."},
    )


class EndForm(forms.Form):
    """Which session ends: its number, or all others."""

    which = forms.RegexField(r"^(others|[0-9]{1,18})$")
