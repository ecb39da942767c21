"""The proof of one signature for the public, out of the roster's hashes; its form is left to proof."""

from collections import Counter
from collections.abc import Iterable

from letters.models import Edition
from letters.models.roster import CHUNK
from letters.proof import archive, taken
from letters.record import shelf
from letters.record.roster import Signatory


def choices(rows: Iterable[Signatory]) -> list[tuple[str, str]]:
    """Receipt and name of those whose proof is offered: all of these that stand.

    Who signed for a society with several officers is named, too.
    """
    records = [row.record for row in rows if row.noted is None]
    times = Counter(record["society"] for record in records)
    several = {name for name, count in times.items() if count > 1}
    return [
        (record["receipt"], f"{name} – {record['printed_name']}" if name in several else name)
        for record in records
        for name in [record["society"]]
    ]


def proof_of(edition: Edition, receipt_no: str) -> bytes | None:
    """The file that `./run verify --society` writes for this receipt; None where no such signature stands (three
    queries).

    Of the other records only the hashes are read. Neither they nor the evidence are checked again: both were, as part
    of the sealed PDF, before it was stored.
    """
    evidence = shelf.evidence_of(edition) if receipt_no else None
    row = edition.enrolled.filter(signature__receipt_no=receipt_no).defer("sought").first() if evidence else None
    if evidence is None or row is None:
        return None
    leaves = edition.enrolled.order_by("position").values_list("leaf", flat=True)
    hashes = [bytes(leaf) for leaf in leaves.iterator(CHUNK)]
    return taken.handed_on(row.record, row.position - 1, hashes, archive.some_of(evidence.path, taken.NEEDED))
