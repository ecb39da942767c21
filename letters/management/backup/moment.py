"""One moment of the database for many queries, while others go on writing; and the numbers it gave out last."""

import contextlib
from collections.abc import Iterator

from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.loader import MigrationLoader


@contextlib.contextmanager
def one_moment() -> Iterator[None]:
    """Queries in the block see the database as it was at its beginning. Nobody waits for it, and it writes nothing.

    Outside of any transaction.
    """
    if connection.vendor == "postgresql":
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    with connection.cursor() as cursor:
        # Deferred, where Django would take the lock of those who write. In WAL mode a reader keeps what it saw first.
        cursor.execute("BEGIN DEFERRED")
        try:
            cursor.execute("SELECT 1 FROM letters_letter LIMIT 1").fetchone()
            yield
        finally:
            cursor.execute("ROLLBACK")


def newest() -> dict[str, str]:
    """The last migration of each app, as this program has them."""
    return dict(sorted(MigrationLoader(connection).graph.leaf_nodes()))


def known(app: str, name: str) -> bool:
    """True for a migration this program has."""
    return (app, name) in MigrationLoader(connection).disk_migrations


def pending() -> list[str]:
    """Migrations the database still lacks; all of them where it is new."""
    loader = MigrationLoader(connection)
    wanted = {node for leaf in loader.graph.leaf_nodes() for node in loader.graph.forwards_plan(leaf)}
    return [f"{app}.{name}" for app, name in sorted(wanted - set(loader.applied_migrations))]


def new() -> bool:
    """True for a database without our tables."""
    return "letters_letter" not in connection.introspection.table_names()


def last_id(model: type[models.Model]) -> int | None:
    """The last number a table gave out, also to a row that is gone; None where its rows are not numbered."""
    if not isinstance(model._meta.pk, models.AutoField | models.BigAutoField):
        return None
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"SELECT last_value, is_called FROM {_sequence(table)}")
            value, called = cursor.fetchone()
            return int(value) if called else int(value) - 1
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        return int(row[0]) if row else 0


def go_on_from(model: type[models.Model], number: int) -> None:
    """Let a table give out the numbers behind this one; taken back with the transaction, as setval() would not be."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"ALTER SEQUENCE {_sequence(table)} RESTART WITH {int(number) + 1}")
            return
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, number])


def _sequence(table: str) -> str:
    """What numbers the rows of a table on PostgreSQL; all our numbers stand in a column `id`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [connection.ops.quote_name(table)])
        return str(cursor.fetchone()[0])


def empty(tables: list[str]) -> None:
    """Delete all rows of these tables, whatever points to them; PostgreSQL keeps others off them until the end."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sql_flush(no_style(), tables, reset_sequences=False, allow_cascade=False):
            cursor.execute(statement)
