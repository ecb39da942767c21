"""What a coordinator sends from the desk."""

from django import forms


class ListForm(forms.Form):
    """A list of societies as a file."""

    file = forms.FileField(
        label="List of societies",
        help_text="A CSV file with the columns society, contact_name, office, email; also short_name, country, "
        "credentials, role, language, domain, ror. One row per officer.",
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt"}),
        error_messages={"required": "Choose the file with the societies.", "empty": "The file is empty."},
    )


class ConfirmForm(forms.Form):
    """The list that was just shown, sent back to be imported."""

    name = forms.CharField(max_length=255, widget=forms.HiddenInput)
    listing = forms.CharField(max_length=6_000_000, strip=False, widget=forms.HiddenInput)

    def decisions(self) -> dict[int, str]:
        """What was chosen for each row that nobody but a person can decide, by row number."""
        chosen = {key.removeprefix("row-"): str(value) for key, value in self.data.items() if key.startswith("row-")}
        return {int(number): value for number, value in chosen.items() if number.isascii() and number.isdecimal()}


class NewLinksForm(forms.Form):
    """Which personal link is replaced: its key, or all of the letter."""

    which = forms.RegexField(r"^(all|[0-9]{1,18})$")

    def clean_which(self) -> list[int] | None:
        """The keys meant; None for all."""
        word = self.cleaned_data["which"]
        return None if word == "all" else [int(word)]
