"""Which tables a backup holds, and their rows as lines of JSON, the same on every database; rows pass one by one."""

import base64
import datetime
import json
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection, models

from letters.models import Mail, MailKind
from letters.notify.send import FORGOTTEN

Model = type[models.Model]
Field: TypeAlias = "models.Field[Any, Any]"
# What opens a door for minutes or days and can be asked for anew; a session that was ended since must not come back.
LEFT_OUT = frozenset({"django_session", "usersessions_usersession", "letters_code", "account_emailconfirmation"})
# What every installation has before anybody did anything: written by migrations, or taken from the program's own files.
BY_ITSELF = frozenset(
    {
        "django_content_type", "auth_permission", "letters_journal", "letters_journalcontact", "letters_journalrule",
    }
)  # fmt: skip
CHUNK = 500  # rows at once
WEIGHT = 4 * 2**20  # bytes of lines at once


class Unfit(ValueError):
    """A row that cannot be stored here; the message says which."""


def every() -> dict[str, Model]:
    """All tables this installation has models for, by name."""
    found = (model for model in apps.get_models(include_auto_created=True) if model._meta.managed)
    return {model._meta.db_table: model for model in sorted(found, key=lambda model: model._meta.db_table)}


def kept() -> dict[str, Model]:
    """The tables that go into a backup."""
    return {name: model for name, model in every().items() if name not in LEFT_OUT}


def fields_of(model: Model) -> list[Field]:
    """The columns that go into a line."""
    return list(model._meta.local_concrete_fields)


def columns_of(model: Model) -> list[str]:
    """Their names in the database."""
    return [str(field.column) for field in fields_of(model)]


def lines_of(model: Model) -> Iterator[bytes]:
    """The rows of a table, each an array in the order of fields_of(), without what must not leave."""
    fields = fields_of(model)
    gone = [at for at, field in enumerate(fields) if _leads_out(field)]
    rows = model._base_manager.order_by("pk").values_list(*(field.attname for field in fields))
    for row in rows.iterator(chunk_size=CHUNK):
        values = list(row)
        for at in gone:
            values[at] = None
        if model is Mail:
            _forget(values, fields)
        yield json.dumps(values, default=_plain, ensure_ascii=False).encode() + b"\n"


def insert(model: Model, columns: list[str], lines: Iterable[bytes]) -> int:
    """Write rows as they are, past save() and its rules; returns how many.

    Raises Unfit for a row that is no row of this table, and django.db.Error from the database.
    """
    by_name = dict(zip(columns_of(model), fields_of(model), strict=True))
    fields = [by_name[column] for column in columns]
    quote = connection.ops.quote_name
    into = f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(map(quote, columns))}) "
    into += f"VALUES ({', '.join(['%s'] * len(columns))})"
    count = 0
    with connection.cursor() as cursor:
        for batch in batches(lines):
            rows = [_row(model, fields, line, count + at) for at, line in enumerate(batch, start=1)]
            cursor.executemany(into, rows)
            count += len(rows)
    return count


def _row(model: Model, fields: list[Field], line: bytes, number: int) -> list[Any]:
    try:
        values = json.loads(line)
        if not isinstance(values, list):
            raise ValueError("it is no list")
        pairs = zip(fields, values, strict=True)
        return [field.get_db_prep_save(field.to_python(value), connection) for field, value in pairs]
    except (ValueError, TypeError, AttributeError, RecursionError, ValidationError) as error:
        raise Unfit(f"row {number} of {model._meta.db_table} cannot be read ({error})") from None


def batches(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    """Lines by the hundred, fewer where they are long."""
    batch: list[bytes] = []
    weight = 0
    for line in lines:
        batch.append(line)
        weight += len(line)
        if len(batch) >= CHUNK or weight > WEIGHT:
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch


def _leads_out(field: Field) -> bool:
    """True where a column points to a row that is left out."""
    target = field.related_model
    return isinstance(target, type) and target._meta.db_table in LEFT_OUT and field.null


def _forget(values: list[Any], fields: list[Field]) -> None:
    """A sign-in code stands in its mail until that is sent; it does not leave this way."""
    names = [field.name for field in fields]
    if values[names.index("kind")] == MailKind.SIGN_IN:
        values[names.index("text")], values[names.index("html")] = FORGOTTEN, ""


def _plain(value: Any) -> str:
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    raise TypeError(f"{type(value).__name__} has no form in a backup")
