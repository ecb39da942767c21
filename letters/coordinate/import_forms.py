"""What a coordinator sends while a list comes in."""

from typing import Any

from django import forms

from letters.coordinate.importing import PASTED, Came
from letters.lists.columns import FIELDS
from letters.lists.intake import Intake
from letters.models import Letter, User
from letters.text.encodings import ENCODINGS

ONE_WAY = "Choose one of the three ways: a file, pasted rows or an earlier letter."


class ListForm(forms.Form):
    """A list of societies: as a file, as rows pasted from a spreadsheet, or as the group of an earlier letter."""

    file = forms.FileField(
        label="List of societies", required=False,
        help_text="Excel (.xlsx) or text (.csv, .tsv, .txt), up to 5 MB; one row per officer with society, name, "
        "office and e-mail. Headings may be in English, French, German or Spanish.",
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
        error_messages={"empty": "The file is empty."},
    )  # fmt: skip
    rows = forms.CharField(
        label="Or paste rows", required=False, max_length=2_000_000, strip=False,
        help_text="Copy them from a spreadsheet with the row of headings.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    earlier = forms.ModelChoiceField(
        label="Or invite the same group as", required=False, queryset=Letter.objects.none(), empty_label="no letter",
        help_text="The societies and officers of a letter you coordinate, with their order and places.",
    )  # fmt: skip

    def __init__(self, *args: Any, letter: Letter, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Letter.objects.run_by(user).exclude(pk=letter.pk).filter(invitations__isnull=False).distinct()
        self.fields["earlier"].queryset = others  # type: ignore[attr-defined]
        if not others.exists():
            del self.fields["earlier"]
        for field in self.fields.values():
            field.demanded = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Exactly one way must be taken."""
        values = super().clean() or {}
        taken = [key for key in ("file", "rows", "earlier") if values.get(key) and str(values[key]).strip()]
        if not taken and not self.errors:
            self.add_error("file", "Choose the file with the societies, or paste their rows.")
        elif len(taken) > 1:
            self.add_error(taken[0], ONE_WAY)
        return values

    def came(self) -> Came:
        """What was sent, as the action takes it."""
        values = self.cleaned_data
        if values["file"]:
            return Came(values["file"].name, values["file"].read())
        if values.get("earlier"):
            return Came(str(values["earlier"]), earlier=values["earlier"])
        return Came(PASTED, values["rows"].encode())


class ColumnsForm(forms.Form):
    """What each column holds; for text also its encoding, for a workbook with several sheets which one is read."""

    def __init__(self, *args: Any, intake: Intake, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.count = len(intake.sheet.headings)
        choices = [("", "Not read"), *FIELDS.items()]
        for at, (heading, samples) in enumerate(intake.samples):
            self.fields[f"column-{at}"] = forms.ChoiceField(
                label=heading or f"Column {at + 1}", choices=choices, required=False, help_text=samples,
                initial=intake.columns[at] if at < len(intake.columns) else "",
            )  # fmt: skip
        if len(intake.read.sheets) > 1:
            self.fields["sheet"] = forms.ChoiceField(
                label="Sheet", choices=[(one, one) for one in intake.read.sheets], initial=intake.read.sheet
            )
        if intake.read.encoding not in ("", "utf-8"):
            known = intake.read.encoding if intake.read.encoding in ENCODINGS else "utf-16"
            self.fields["encoding"] = forms.ChoiceField(
                label="Encoding of the file", choices=list(ENCODINGS.items()), initial=known,
                help_text="Change this only where names above look wrong.",
            )  # fmt: skip

    @property
    def column_fields(self) -> list[forms.BoundField]:
        """The fields of the columns, in the order of the file."""
        return [self[f"column-{at}"] for at in range(self.count)]

    @property
    def reading_fields(self) -> list[forms.BoundField]:
        """The fields that say how the file is read."""
        return [self[name] for name in ("sheet", "encoding") if name in self.fields]

    def clean(self) -> dict[str, Any]:
        """No field may be in two columns."""
        values = super().clean() or {}
        seen: dict[str, str] = {}
        for at in range(self.count):
            field = values.get(f"column-{at}", "")
            label = str(self.fields[f"column-{at}"].label)
            if field and field in seen:
                self.add_error(f"column-{at}", f"{FIELDS[field]} is read from “{seen[field]}” already; choose one.")
            elif field:
                seen[field] = label
        return values

    def columns(self) -> list[str]:
        """The field of each column."""
        return [self.cleaned_data[f"column-{at}"] for at in range(self.count)]

    def changed(self, name: str) -> str:
        """What a person chose in place of what was read; "" where it is left."""
        value = str(self.cleaned_data.get(name, ""))
        return value if name in self.fields and value != self.fields[name].initial else ""


class DecideForm(forms.Form):
    """What was said of single rows: which society is meant, and addresses typed for bad ones."""

    def _said(self, prefix: str) -> dict[int, str]:
        chosen = {
            key.removeprefix(prefix): " ".join(str(value).split())[:300]
            for key, value in self.data.items()
            if key.startswith(prefix)
        }
        return {
            int(number): value for number, value in chosen.items()
            if number.isascii() and number.isdecimal() and len(number) < 7
        }  # fmt: skip

    def societies(self) -> dict[int, str]:
        """By row number: "new", or the society or row that is meant; "" for none."""
        return self._said("row-")

    def addresses(self) -> dict[int, str]:
        """By row number: the address that was typed."""
        return self._said("email-")
