"""Backups while others act, and what one of them holds; functions of plain values for processes of their own."""

import json
from pathlib import Path
from typing import Any

from letters.management.backup.opened import Backup, opened
from letters.management.backup.taken import take
from letters.models import Mail, Signature, database_now
from letters.proof import chain
from tests.faults.machines import eventually

MANY = 20_000


def backup(path: str, after: int) -> int:
    """Take one when there are so many signatures; how many its manifest names."""
    eventually(lambda: Signature.objects.count() >= after, seconds=50, what="some signatures")
    return take(Path(path)).signatures


def fill() -> int:
    """So many mails that taking and putting back takes a while; how many there are."""
    now = database_now()
    rows = (
        Mail(key=f"fill:{n}", kind="note", to_email="o@s.example", subject="s", text="Words. " * 40, html="",
             message_id=f"<{n}@fill.example>", state="sent", sent_at=now, created_at=now)
        for n in range(MANY)
    )  # fmt: skip
    Mail.objects.bulk_create(rows, batch_size=500)
    return Mail.objects.count()


def table(backup: Backup, name: str) -> list[dict[str, Any]]:
    """The rows of a table as they lie in the file."""
    columns = backup.manifest.tables[name].columns
    return [dict(zip(columns, json.loads(line), strict=True)) for line in backup.lines(f"tables/{name}.jsonl")]


def judge(path: Path) -> int:
    """Hold a backup that was taken while people signed against itself; the number of signatures in it."""
    with opened(path) as backup:
        backup.check()
        events, signatures = table(backup, "letters_event"), table(backup, "letters_signature")
        (letter,) = table(backup, "letters_letter")
        mails = {row["key"] for row in table(backup, "letters_mail")}
        jobs = {row["key"] for row in table(backup, "letters_job")}
    fields = ("seq", "at", "kind", "actor", "data", "private", "prev", "hash")
    chained = [{name: event[name] for name in fields} for event in sorted(events, key=lambda event: event["seq"])]
    for event in chained:
        event["at"] = event["at"].replace("+00:00", "Z")
    assert chain.check(chained) == []
    assert (chained[-1]["seq"], chained[-1]["hash"]) == (letter["events_count"], letter["events_head"])
    signed = [event["data"]["receipt"] for event in chained if event["kind"] == "signed"]
    assert sorted(signed) == sorted(row["receipt_no"] for row in signatures)
    assert {f"receipt:{row['id']}" for row in signatures} <= mails
    assert len(jobs) == len(mails)
    return len(signatures)
