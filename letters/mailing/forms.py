"""What a coordinator sends from the pages of the mail."""

from typing import Any

from django import forms

from letters.mailing.paper import Paper
from letters.models import DRAFTED
from letters.notify.plan import LONGEST
from letters.notify.wording import NAMES, Words


class WriteForm(forms.Form):
    """Which kind of mail is to be written, and to which societies; none named: to all it fits."""

    kind = forms.ChoiceField(choices=[(kind.value, kind.label) for kind in DRAFTED])
    to = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, data: Any, *, societies: list[int]) -> None:
        super().__init__(data)
        self.fields["to"].choices = [(pk, str(pk)) for pk in societies]  # type: ignore[attr-defined]


class DraftForm(forms.Form):
    """The words of a draft by language, who gets it, and what to do with it."""

    do = forms.ChoiceField(choices=[(word, word) for word in ("save", "send", "test", "drop", "shipped")])
    seen = forms.CharField(max_length=16, widget=forms.HiddenInput)
    going = forms.TypedMultipleChoiceField(coerce=int, required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any = None, *, paper: Paper, seen: str) -> None:
        super().__init__(data, initial={"seen": seen, "going": [link.pk for link in paper.found.going]})
        self.languages = paper.languages
        choices = [
            (link.pk, f"{link.invitation.society.short_name or link.invitation.society}: {link.officer}")
            for link in paper.found.links
        ]
        self.fields["going"].choices = choices  # type: ignore[attr-defined]
        for language in paper.languages:
            inside = f" ({NAMES[language]})" if len(paper.languages) > 1 else ""
            words = paper.words[language]
            # What is missing is said by the verb, so that a draft can be dropped, or its shipped words taken back.
            subject = forms.CharField(
                label=f"Subject{inside}", max_length=300, initial=words.subject, required=False
            )  # fmt: skip
            body = forms.CharField(
                label=f"Text{inside}", max_length=10_000, initial=words.body, strip=False, required=False,
                widget=forms.Textarea(attrs={"rows": 16}),
            )  # fmt: skip
            for name, field in (("subject", subject), ("body", body)):
                field.demanded = True  # type: ignore[attr-defined]
                self.fields[f"{name}_{language}"] = field

    def words(self) -> dict[str, Words]:
        """What was typed, with line ends as the program writes them."""
        return {
            language: Words(
                self.cleaned_data[f"subject_{language}"],
                self.cleaned_data[f"body_{language}"].replace("\r\n", "\n").strip("\n"),
            )
            for language in self.languages
        }

    def texts(self) -> list[forms.BoundField]:
        """The fields that are typed into, for the page."""
        return [self[f"{part}_{language}"] for language in self.languages for part in ("subject", "body")]


class PlanForm(forms.Form):
    """On which days before the deadline reminders are prepared, and whether they go out by themselves."""

    days = forms.CharField(
        label="Days before the deadline", required=False, max_length=60,
        help_text="Whole numbers with commas between, such as 14, 7, 3, 1. Leave it empty for no reminders.",
    )  # fmt: skip
    go = forms.ChoiceField(
        label="On such a day", widget=forms.RadioSelect,
        choices=[("wait", "prepare a draft and wait for me to send it"), ("go", "send the reminders without asking")],
    )  # fmt: skip

    def clean_days(self) -> list[int]:
        """The days, the largest first."""
        words = [word.strip() for word in self.cleaned_data["days"].split(",") if word.strip()]
        for word in words:
            if not (word.isascii() and word.isdecimal() and 1 <= int(word) <= LONGEST):
                raise forms.ValidationError(f"“{word}” is no whole number from 1 to {LONGEST}.")
        return sorted({int(word) for word in words}, reverse=True)
