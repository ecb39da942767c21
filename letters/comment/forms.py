"""What people fill in about comments: the officer's remark, the coordinator's answer, the filter of the table."""

from django import forms

from letters.models import Comment, Disposition
from letters.stale import SeenForm


class CommentForm(forms.Form):
    text = forms.CharField(
        label="Your comment", required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 4})
    )
    proposed = forms.CharField(
        label="Words you propose", required=False, max_length=10000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Change the words where they stand. Stars mark *italics* and **bold**.",
    )  # fmt: skip


ANSWERS = [(kind.value, kind.label) for kind in Disposition if kind.value]


class AnswerForm(SeenForm):
    disposition = forms.ChoiceField(label="Answer", choices=ANSWERS)
    why = forms.CharField(label="Why", required=False, max_length=3000)

    @classmethod
    def of(cls, comment: Comment) -> "AnswerForm":
        """The form filled with the answer there is."""
        return cls(initial={"disposition": comment.disposition, "why": comment.answer})

    def clean(self) -> dict[str, object]:
        """Only an accepted comment needs no reason."""
        values = super().clean() or {}
        if values.get("disposition") not in (None, Disposition.ACCEPTED) and not str(values.get("why", "")).strip():
            self.add_error("why", "Say why; the society reads it.")
        return values


class FilterForm(forms.Form):
    society = forms.ChoiceField(required=False)
    section = forms.ChoiceField(required=False)
    state = forms.ChoiceField(required=False, choices=[("", "All"), ("open", "Not answered"), *ANSWERS])

    def __init__(self, *args: object, societies: list[str], sections: list[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.choose("society", societies)
        self.choose("section", sections)

    def choose(self, name: str, values: list[str]) -> None:
        """Offer these values in a field, all of them first."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "All"), *((value, value) for value in values)]
