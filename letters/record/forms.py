"""A file that somebody wants to check."""

from django import forms

MOST_BYTES = 25 * 1024 * 1024


class VerifyForm(forms.Form):
    """One file, read in memory and not kept."""

    file = forms.FileField(
        label="The PDF, evidence or proof",
        help_text="It is read once and not kept. Up to 25 MB.",
        widget=forms.FileInput(attrs={"accept": ".pdf,.zip,.json"}),
        error_messages={"required": "Choose the file you want to check.", "empty": "The file is empty."},
    )

    def clean_file(self) -> bytes:
        """The bytes; refuses files over 25 MB."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(f"{file.name} is larger than 25 MB; letters sealed here are smaller.")
        data: bytes = file.read()
        return data
