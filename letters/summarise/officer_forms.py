"""What an officer says of a summary for the society, and what of it can be said as things stand."""

from typing import Any

from django import forms

from letters.models import Invitation
from letters.presence.forms import CodeForm
from letters.text.canonical import Refused, one_line

APPROVE, LEAVE, REFUSE, BACK, AGAIN = "approve", "leave", "refuse", "back", "again"
WORDS = (APPROVE, LEAVE, REFUSE, BACK, AGAIN)


class WordForm(CodeForm):
    """The society's word on the version that was read."""

    content_hash = forms.CharField(widget=forms.HiddenInput, max_length=64)
    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    word = forms.ChoiceField()
    reason = forms.CharField(
        label="Why not", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The coordinators read it: quote the words and write yours. It may stay empty.",
    )  # fmt: skip
    field_order = ["content_hash", "number", "word", "reason", "code"]

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["word"] = forms.ChoiceField(
            label="Your decision", choices=choices, widget=forms.RadioSelect,
            error_messages={"required": "Choose what your society says.", "invalid_choice": "Choose one of these."},
        )  # fmt: skip
        self.order_fields(self.field_order)

    def answers(self) -> list[tuple[Any, forms.BoundField | None]]:
        """Each answer with the field that belongs to it, to be shown once the answer is chosen."""
        return [
            (radio, self["reason"] if str(radio.data["value"]) == REFUSE else None)
            for radio in self["word"].subwidgets
        ]  # fmt: skip

    def clean_reason(self) -> str:
        """Several lines in canonical form; a character the record cannot hold is named."""
        try:
            return "\n".join(one_line(line) for line in self.cleaned_data["reason"].splitlines() if line.strip())
        except Refused as error:
            raise forms.ValidationError(str(error)) from None


def choices_for(
    invitation: Invitation, lead: Invitation | None, *, said: bool, left_to: Invitation | None
) -> list[tuple[str, str]]:  # fmt: skip
    """What the officer can say: `said` where the society has a word on this version, `left_to` where it delegated."""
    society = invitation.society
    found = [(APPROVE, f"Approve this summary for {society}")]
    if lead and (left_to is None or left_to.pk != lead.pk or said):
        found.append((LEAVE, f"Leave it to {lead.society}, with all summaries of this letter"))
    found.append((REFUSE, f"Say no: {society} is not named with it"))
    if said:
        found.append((BACK, "Take back what we said, and say nothing for now"))
    if left_to:
        found.append((AGAIN, f"No longer leave summaries to {left_to.society}"))
    return found
