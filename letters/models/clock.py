"""The database's clock, read in a statement of its own: after a wait for a lock, an earlier reading would be stale."""

import datetime

from django.db import connection


def database_now() -> datetime.datetime:
    """UTC now by the database server (PostgreSQL clock_timestamp, not the transaction's start), in microseconds."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT clock_timestamp()")
            now: datetime.datetime = cursor.fetchone()[0]
            return now.astimezone(datetime.UTC)
        # SQLite lives in this process, so the process's clock is the database's.
        return datetime.datetime.now(datetime.UTC)
