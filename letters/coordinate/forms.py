"""What a coordinator sends about links."""

from django import forms


class NewLinksForm(forms.Form):
    """Which personal link is replaced: its key, or all of the letter."""

    which = forms.RegexField(r"^(all|[0-9]{1,18})$")

    def clean_which(self) -> list[int] | None:
        """The keys meant; None for all."""
        word = self.cleaned_data["which"]
        return None if word == "all" else [int(word)]
