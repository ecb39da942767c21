"""Tells two people who edit the same thing of each other: a form remembers what it was made from."""

import contextlib
import dataclasses
import datetime
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.db import transaction
from django.http import QueryDict

from letters.models import Letter, User

Change = tuple[User | None, datetime.datetime]  # who, when


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """One field that changed: what stands there now, and what was typed here; "" where that was nothing else."""

    label: str
    theirs: str
    yours: str


@dataclasses.dataclass(frozen=True, slots=True)
class Clash:
    """What somebody else changed since the form was made; `who` may be unknown."""

    who: User | None
    when: datetime.datetime | None
    rows: list[Row]


class Stale(Exception):
    """Somebody changed what the form was made from; `form` holds what was typed, and `form.clash` says what changed.

    `forms` are all those that were sent together, in their order; the first with a clash is `form`.
    """

    def __init__(self, forms: "Sequence[SeenForm]") -> None:
        super().__init__("Somebody else changed this meanwhile.")
        self.forms = list(forms)
        self.form = next(form for form in forms if form.clash)


class SeenForm(forms.Form):
    """A form that carries, hidden, a mark of what each of its fields showed; a form sent without it is not compared."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    clash: Clash | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("seen", self.marks)  # read when the form is shown, with all its fields

    def clean(self) -> dict[str, Any]:
        """Keep the mark out of what an action gets."""
        values = super().clean() or self.cleaned_data
        values.pop("seen", None)
        return values

    def marks(self) -> str:
        """The marks of what the unbound form shows."""
        return marks({name: _shown(self[name]) for name in _compared(self)})


def marks(values: Mapping[str, list[str]]) -> str:
    """A short mark for each value as it would be sent, as JSON."""
    return json.dumps({name: _mark(sent) for name, sent in values.items()}, separators=(",", ":"))


@contextlib.contextmanager
def unchanged(
    form: SeenForm, letter: Letter, fresh: Callable[[Letter], SeenForm], trace: Callable[[], Change | None]
) -> Iterator[None]:
    """Lock the letter, compare what the form was made from with what is there, then do what the block does.

    `fresh` makes the form anew from the rows, `trace` tells who changed them last. Raises Stale.
    """
    with all_unchanged([form], letter, lambda row: [fresh(row)], lambda _: trace()):
        yield


@contextlib.contextmanager
def all_unchanged(
    sent: Sequence[SeenForm], letter: Letter, fresh: Callable[[Letter], Iterable[SeenForm]],
    trace: Callable[[SeenForm], Change | None],
) -> Iterator[None]:  # fmt: skip
    """As unchanged(), for forms that are sent together, told apart by their prefix.

    `trace` gets the form as it was sent. A form whose rows are gone is not compared: the action says what to do.
    """
    with transaction.atomic():
        now = {form.prefix: form for form in fresh(Letter.objects.locked().get(pk=letter.pk))}
        changed = {form.prefix: _changed(form, now[form.prefix]) for form in sent if form.prefix in now}
        if any(changed.values()):
            raise Stale(
                [
                    _with_both(form, now[form.prefix], changed[form.prefix], trace(form))
                    if changed.get(form.prefix)
                    else form
                    for form in sent
                ]
            )
        yield


def status(form: SeenForm) -> int:
    """What a page with this form is answered with: 409 where two people met, 422 with mistakes, else 200."""
    return 409 if form.clash else 422 if form.errors else 200


def last_act(letter: Letter, *kinds: str, **about: int | str) -> Change | None:
    """Who did the newest of these to the letter, or to what `about` says in its facts, and when (one query)."""
    found = letter.events.filter(kind__in=kinds, **{f"data__{name}": value for name, value in about.items()})
    newest = found.select_related("by").order_by("-seq").first()
    return (newest.by, newest.at) if newest else None


def _compared(form: forms.Form) -> list[str]:
    return [name for name, field in form.fields.items() if name != "seen" and not isinstance(field, forms.FileField)]


def _plain(values: Iterable[Any]) -> list[str]:
    """Values as they compare: text with LF, nothing around it, empty ones left out."""
    texts = ("" if value is None else str(value).replace("\r\n", "\n").strip() for value in values)
    return [text for text in texts if text]


def _shown(bound: forms.BoundField) -> list[str]:
    """What the browser would send for a field nobody touches."""
    widget, value = bound.field.widget, bound.value()
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if value else []
    made = widget.format_value(value)
    return _plain(made if isinstance(made, list | tuple) else [made])


def _sent(form: forms.Form, name: str) -> list[str]:
    assert isinstance(form.data, QueryDict)
    return _plain(form.data.getlist(form.add_prefix(name)))


def _mark(values: list[str]) -> str:
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()[:12]


def _seen(form: SeenForm) -> dict[str, str]:
    try:
        found = json.loads(form.data.get(form.add_prefix("seen")) or "{}")
    except ValueError:
        return {}
    return {str(name): str(mark) for name, mark in found.items()} if isinstance(found, dict) else {}


def _changed(form: SeenForm, now: SeenForm) -> list[str]:
    """The fields that others changed to something else than what was typed here."""
    seen = _seen(form)
    fields = [name for name in _compared(now) if name in seen and _mark(_shown(now[name])) != seen[name]]
    return [name for name in fields if _sent(form, name) != _shown(now[name])]


def _with_both(form: SeenForm, now: SeenForm, changed: list[str], who: Change | None) -> SeenForm:
    """The form again with all that was typed; fields that were not touched here show what the other wrote."""
    assert isinstance(form.data, QueryDict)
    seen, data, rows = _seen(form), form.data.copy(), []
    data[form.add_prefix("seen")] = now.marks()
    for name in changed:
        theirs, yours = _shown(now[name]), _sent(form, name)
        touched = _mark(yours) != seen[name]
        rows.append(Row(str(now[name].label), _said(now, name, theirs), _said(now, name, yours) if touched else ""))
        if not touched:
            data.setlist(form.add_prefix(name), theirs)
    now.data, now.files, now.is_bound = data, form.files, True
    now.clash = Clash(who[0] if who else None, who[1] if who else None, rows)
    return now


def _said(form: forms.Form, name: str, values: list[str]) -> str:
    """Values as a person reads them on the screen."""
    field = form.fields[name]
    if isinstance(field, forms.BooleanField):
        return "yes" if values else "no"
    choices: Any = field.choices if isinstance(field, forms.ChoiceField) else ()
    names = {str(key): str(label) for key, label in choices}
    return ", ".join(names.get(value, value) for value in values) or "nothing"
