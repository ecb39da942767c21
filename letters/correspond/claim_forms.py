"""What a coordinator types about a claim and about what each answer said to it, and the choice among proposals."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms

from letters.correspond import claim_table
from letters.correspond.claims import Point, Said, last_act, last_said
from letters.models import Claim, ClaimAnswer, Correspondence, Finding, Letter
from letters.stale import Change, SeenForm
from letters.text import points

NOT_YET = ("", "Not looked at yet")


class ClaimForm(SeenForm):
    """One numbered point of the letter."""

    text = forms.CharField(
        label="The point", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="In one or two sentences, as it can be answered with yes or no.",
        error_messages={"required": "Write the point in a sentence."},
    )  # fmt: skip
    block = forms.ChoiceField(label="Where in the letter", required=False)
    evidence = forms.CharField(
        label="Evidence", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Page, table or figure of the paper, and the reference. For example: Table 2, p. 7; reference 14.",
    )  # fmt: skip
    remedy = forms.CharField(
        label="What is asked for", required=False, max_length=300,
        help_text="For example: correction, expression of concern, retraction, a reply.",
    )  # fmt: skip

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["block"].choices = [("", "Not said"), *places]  # type: ignore[attr-defined]

    @classmethod
    def of(cls, claim: Claim, places: Sequence[tuple[str, str]]) -> "ClaimForm":
        """The form filled with what is on record; a block that is no longer in the letter stays as it is."""
        if claim.block and claim.block not in dict(places):
            places = [(claim.block, "As before, in an earlier version"), *places]
        names = ("text", "block", "evidence", "remedy")
        return cls(initial={name: getattr(claim, name) for name in names}, places=places)

    def bound_to(self, data: Any) -> "ClaimForm":
        """The same form, with the same places, filled with what was sent."""
        shown: Any = self.fields["block"]
        return ClaimForm(data, places=list(shown.choices)[1:])

    def point(self) -> Point:
        """What was typed, from a valid form."""
        return Point(**{name: str(value).replace("\r\n", "\n").strip() for name, value in self.cleaned_data.items()})


class SaidForm(SeenForm):
    """What one entry said to the claim."""

    finding = forms.ChoiceField(label="What it said to the point", choices=[NOT_YET, *Finding.choices], required=False)
    words = forms.CharField(
        label="In its words, or in short", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, entry: Correspondence, **kwargs: Any) -> None:
        super().__init__(*args, **{"prefix": f"e{entry.pk}", **kwargs})
        self.entry = entry

    @classmethod
    def of(cls, entry: Correspondence, answer: ClaimAnswer | None, data: Any = None) -> "SaidForm":
        """The form filled with what is on record, or with what was sent."""
        initial = {"finding": answer.finding, "words": answer.said} if answer else {}
        return cls(data, entry=entry, initial=initial)

    def clean(self) -> dict[str, Any]:
        """Words need a finding."""
        values = super().clean() or {}
        if values.get("words", "").strip() and not values.get("finding"):
            self.add_error("finding", "Choose what it said; its words alone do not tell.")
        return values

    def said(self) -> Said:
        """What was typed, from a valid form."""
        return Said(self.cleaned_data["finding"], self.cleaned_data["words"].replace("\r\n", "\n").strip())


def asked(claim: Claim, letter: Letter, data: Any = None) -> list[SeenForm]:
    """The form of the claim and one for each answer, filled with what is on record, or with what was sent."""
    known = {answer.correspondence_id: answer for answer in claim.answers.all()}
    own = ClaimForm.of(claim, claim_table.places(letter))
    own = own if data is None else own.bound_to(data)
    return [own, *(SaidForm.of(entry, known.get(entry.pk), data) for entry in claim_table.answering(letter))]


def typed(forms: Sequence[SeenForm]) -> tuple[Point, dict[int, Said]]:
    """What was typed in them, from valid forms: the point, and what each entry said to it."""
    (point,) = [form.point() for form in forms if isinstance(form, ClaimForm)]
    return point, {form.entry.pk: form.said() for form in forms if isinstance(form, SaidForm)}


def traced(claim: Claim) -> Callable[[SeenForm], Change | None]:
    """Who wrote last what one of these forms shows."""
    return lambda form: last_said(claim, form.entry) if isinstance(form, SaidForm) else last_act(claim)


class ProposalForm(forms.Form):
    """Which of the points found in the letter become claims."""

    chosen = forms.MultipleChoiceField(
        label="Points of the letter", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick the points that become claims."},
    )  # fmt: skip

    def __init__(self, *args: Any, found: Sequence[points.Point], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = {one.block: one for one in found}
        self.fields["chosen"].choices = [  # type: ignore[attr-defined]
            (one.block, f"{one.label} {one.text}" if one.label[:1].isdigit() else f"{one.label}: {one.text}")
            for one in found
        ]

    def points(self) -> list[Point]:
        """The points that were ticked, in the order of the letter, from a valid form."""
        ticked = set(self.cleaned_data["chosen"])
        return [Point(text=one.text, block=one.block) for one in self.found.values() if one.block in ticked]
