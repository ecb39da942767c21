"""Keeps the rows a stage of a letter consists of, so that the tests that begin with it need not build it each time.

The real actions build every stage, once a minute in each process; a test gets the rows back as they were written. That
needs a database of which all is known: it is empty, or holds what stages wrote and nothing since. Any other statement
that writes, a test outside a transaction and other settings make a stage be built anew. A stage is a function of
strings, numbers and rows that returns rows, or what else can be kept.
"""

import functools
import pickle
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import mail
from django.db import connection, models

FRESH = 60  # seconds: no test can tell a minute from now
ALWAYS_THERE = {"contenttypes", "auth", "sites"}  # what Django itself writes into every new database
READS = ("SELECT", "SAVEPOINT", "RELEASE", "PRAGMA")  # how the statements begin that change no row
NO_MATTER = {"CACHES"}  # where attempts are counted says nothing about rows
Rows = list[tuple[str, list[tuple[Any, ...]]]]  # by statement
All = dict[type[models.Model], dict[Any, tuple[Any, ...]]]  # by model and primary key


@dataclass
class Kept:
    """What one build changed: rows that went, rows that came or changed, its mails, and what it returned, pickled."""

    built: float
    gone: Rows = field(default_factory=list)
    come: Rows = field(default_factory=list)
    mails: list[Any] = field(default_factory=list)
    result: bytes = b""
    then: dict[Any, "Kept"] = field(default_factory=dict)  # the stages that were built on just these rows


NOTHING = Kept(0)  # an empty database


class Standing:
    """What is known of the rows of the running test: the last of the stages that wrote all of them, or None."""

    last: Kept | None = None

    def begin(self) -> None:
        """A test begins; before anything else stands around its statements."""
        self.last = None
        if self.watch not in connection.execute_wrappers:
            connection.execute_wrappers.append(self.watch)

    def watch(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        """Stands around each statement, as Django lets one."""
        if not sql.startswith(READS):
            self.last = None
        return execute(sql, params, many, context)

    def look(self) -> Kept | None:
        """The last of the stages that wrote all there is."""
        if self.last is None and empty():
            self.last = NOTHING
        return self.last


standing = Standing()


@functools.cache
def tables() -> list[type[models.Model]]:
    """The tables a test can write to; their order is no matter, since foreign keys are looked at last."""
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if model._meta.app_label not in ALWAYS_THERE and model._meta.managed]


def quoted(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


@functools.cache
def any_row() -> str:
    """A query that tells whether there is a row anywhere."""
    return "SELECT " + " OR ".join(f"EXISTS (SELECT 1 FROM {quoted(model)})" for model in tables())


def empty() -> bool:
    """True when no test has written anything yet."""
    with connection.cursor() as cursor:
        cursor.execute(any_row())
        return not cursor.fetchone()[0]


@functools.cache
def columns(model: type[models.Model]) -> str:
    """The primary key and then the others."""
    fields = sorted(model._meta.local_concrete_fields, key=lambda field: not field.primary_key)
    return ", ".join(connection.ops.quote_name(field.column) for field in fields)


def written() -> All:
    """All rows, as the database gives them."""
    with connection.cursor() as cursor:
        found = {}
        for model in tables():
            cursor.execute(f"SELECT {columns(model)} FROM {quoted(model)}")
            found[model] = {row[0]: row for row in cursor.fetchall()}
        return found


def changed(before: All, after: All) -> Iterator[tuple[type[models.Model], list[tuple[Any]], list[tuple[Any, ...]]]]:
    """For each table the keys of rows to take out and the rows to put in."""
    for model, rows in after.items():
        old = before.get(model, {})
        out = [(key,) for key, row in old.items() if rows.get(key) != row]
        put = [row for key, row in rows.items() if old.get(key) != row]
        yield model, out, put


def compared(build: Callable[[], Any]) -> tuple[Kept, Any]:
    """Build the stage and compare the rows before with those after; also what it returned."""
    before = {} if standing.last is NOTHING else written()
    sent = len(mail.outbox)
    result = build()
    gone, come = [], []
    for model, out, put in changed(before, written()):
        name = quoted(model)
        if out:
            gone.append((f"DELETE FROM {name} WHERE {columns(model).split(', ')[0]} = %s", out))
        if put:
            places = ", ".join(["%s"] * len(put[0]))
            come.append((f"INSERT INTO {name} ({columns(model)}) VALUES ({places})", put))
    return Kept(time.monotonic(), gone, come, list(mail.outbox[sent:]), pickle.dumps(result)), result


def put_back(kept: Kept) -> Any:
    """The rows, the mails and the result as they were."""
    with connection.cursor() as cursor:
        for statement, rows in kept.gone + kept.come:
            cursor.executemany(statement, rows)
    mail.outbox.extend(kept.mails)
    return pickle.loads(kept.result)


def named(value: Any) -> Any:
    """A part of a key: rows by model and primary key, lists as tuples."""
    if isinstance(value, models.Model):
        return type(value), value.pk
    return tuple(map(named, value)) if isinstance(value, list | tuple) else value


def overridden() -> str:
    """The settings that are not those of the installation, as text."""
    found: dict[str, Any] = {}
    holder = settings._wrapped
    while hasattr(holder, "default_settings"):
        found = {name: value for name, value in vars(holder).items() if name.isupper()} | found
        holder = holder.default_settings
    return repr(sorted((name, repr(value)) for name, value in found.items() if name not in NO_MATTER))


def kept(build: Callable[..., Any]) -> Callable[..., Any]:
    """Decorates a function that makes a stage."""

    @functools.wraps(build)
    def stage(*arguments: Any, **options: Any) -> Any:
        if not connection.in_atomic_block or (before := standing.look()) is None:
            return build(*arguments, **options)
        key = (build, named(arguments), named(tuple(sorted(options.items()))), overridden())
        one = before.then.get(key)
        if one and time.monotonic() - one.built < FRESH:
            result = put_back(one)
        else:
            one, result = compared(functools.partial(build, *arguments, **options))
            before.then[key] = one
        standing.last = one
        return result

    return stage
