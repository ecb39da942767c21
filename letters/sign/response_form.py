"""What a society says short of signing: one choice, and the words, day, person or address that belong to it."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.forms.boundfield import BoundField, BoundWidget

from letters.models import Invitation, Response
from letters.presence.asked import Asked
from letters.presence.forms import CodeForm
from letters.printed import printable
from letters.sign.responses import Answer, Colleague

# Change first: who would sign other words helps the letter most.
CHOICES = [
    (Response.IF_CHANGED, "We would sign if the text changed"),
    (Response.BOARD, "Our board decides on a later day"),
    (Response.PASSED, "Pass this to a colleague"),
    (Response.DECLINED, "We decline"),
    (Response.OWN, "We make a statement of our own"),
]
# The fields of each choice.
PARTS: dict[str, tuple[str, ...]] = {
    Response.IF_CHANGED: ("wanted",),
    Response.BOARD: ("board_on",),
    Response.PASSED: ("name", "office", "email"),
    Response.DECLINED: ("reason", "show_reason"),
    Response.OWN: ("statement_url", "show_statement"),
}


class RespondForm(CodeForm):
    """One answer; the fields of the other choices are neither read nor checked."""

    response = forms.ChoiceField(
        label="What does your society say?", choices=CHOICES, initial=Response.IF_CHANGED, widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the answers.", "invalid_choice": "Choose one of the answers."},
    )  # fmt: skip
    wanted = forms.CharField(
        label="What would have to change", max_length=5000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Quote the words and write yours, or propose them beside the paragraph in the letter. "
        "Only the coordinators see it.",
        error_messages={"required": "Say what would have to change."},
    )  # fmt: skip
    board_on = forms.DateField(
        label="Day of the decision", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="No reminder comes before that day.",
        error_messages={
            "required": "Choose the day on which your board decides.", "invalid": "Write the day as 2026-12-31.",
        },
    )  # fmt: skip
    name = forms.CharField(
        label="Name of your colleague", max_length=200, error_messages={"required": "Write your colleague’s name."}
    )
    office = forms.CharField(
        label="Office of your colleague", max_length=200, help_text="Such as Treasurer.",
        error_messages={"required": "Write your colleague’s office."},
    )  # fmt: skip
    email = forms.EmailField(
        label="E-mail address of your colleague",
        help_text="Your colleague gets a link; yours stops working.",
        error_messages={
            "required": "Write your colleague’s e-mail address.",
            "invalid": "This is not an e-mail address; check it.",
        },
    )  # fmt: skip
    reason = forms.CharField(
        label="Reason", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Only the coordinators see it, unless you allow more.",
    )  # fmt: skip
    show_reason = forms.BooleanField(label="Show on the letter’s public page that we declined, and why", required=False)
    statement_url = forms.CharField(
        label="Address of your statement", max_length=500, widget=forms.URLInput,
        validators=[URLValidator(schemes=["https", "http"], message="This is not a web address; copy it whole.")],
        error_messages={"required": "Give the address of your statement, beginning with https://."},
    )  # fmt: skip
    show_statement = forms.BooleanField(label="Link to it on the letter’s public page", required=False)
    use_required_attribute = False  # what a choice needs is needed only once it is chosen
    field_order = ["response", *(field for fields in PARTS.values() for field in fields), "code"]

    @classmethod
    def of(cls, invitation: Invitation, *, needs_code: Asked | None) -> "RespondForm":
        """The form with what the society said before; a colleague is named anew each time."""
        passed = invitation.response in (Response.NONE, Response.PASSED)
        initial = {name: getattr(invitation, name) for name in ("wanted", "board_on", "reason", "statement_url")}
        initial |= {"show_reason": invitation.may_be_shown, "show_statement": invitation.may_be_shown}
        initial["response"] = Response.IF_CHANGED if passed else invitation.response
        return cls(needs_code=needs_code, initial=initial)

    def answers(self) -> Iterator[tuple[BoundWidget, list[BoundField]]]:
        """Each choice with its fields, in order."""
        for radio in self["response"].subwidgets:
            yield radio, [self[name] for name in PARTS[str(radio.data["value"])]]

    def clean(self) -> dict[str, Any]:
        """Forget what was typed or left out for the other choices."""
        values = super().clean() or {}
        chosen = PARTS.get(str(values.get("response")), ())
        for name in {field for fields in PARTS.values() for field in fields} - set(chosen):
            self.errors.pop(name, None)
            values.pop(name, None)
        for name in {"name", "office"} & values.keys():
            self._must_print(name, values)
        return values

    def _must_print(self, name: str, values: dict[str, Any]) -> None:
        try:
            values[name] = printable(values[name])
        except forms.ValidationError as error:
            self.add_error(name, error)

    @property
    def colleague(self) -> Colleague | None:
        """Whom to pass it on to, from a valid form; None for any other answer."""
        values = self.cleaned_data
        if values["response"] != Response.PASSED:
            return None
        return Colleague(values["name"], values["office"], values["email"])

    @property
    def answer(self) -> Answer:
        """What is said, from a valid form."""
        values = self.cleaned_data
        return Answer(
            values["response"], wanted=values.get("wanted", ""), board_on=values.get("board_on"),
            reason=values.get("reason", ""), statement_url=values.get("statement_url", ""),
            may_be_shown=bool(values.get("show_reason") or values.get("show_statement")),
        )  # fmt: skip
