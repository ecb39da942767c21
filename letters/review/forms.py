"""What an officer types who cannot open the link of a mail."""

from django import forms


class TypedForm(forms.Form):
    """The twelve letters and digits from the foot of a mail."""

    code = forms.CharField(
        label="Code from the mail",
        help_text="Twelve letters and digits at the foot of the mail, such as 7K4M-Q2XB-93HD. Not the 6-digit code.",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": "Type the code that stands at the foot of the mail."},
    )
