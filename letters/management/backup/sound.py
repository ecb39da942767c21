"""Whether what the database and the documents hold is what was signed and sealed: chains, texts, rosters, papers."""

from collections.abc import Iterator

from letters.models import Edition, Letter, Version
from letters.proof import chain
from letters.proof.merkle import Growing, leaf
from letters.proof.pieces import OnDisk
from letters.proof.records import canonical_json
from letters.proof.verify import verify_pdf
from letters.text.canonical import content_hash


def problems() -> Iterator[str]:
    """A sentence for everything that does not hold; none where all does. Each row passes once."""
    for letter in Letter.objects.order_by("pk").iterator():
        for said in _record(letter):
            yield f"{letter.slug}: {said}"
    for version in Version.objects.select_related("letter").order_by("pk").iterator(chunk_size=10):
        if content_hash(version.text) != version.content_hash:
            yield f"{version.letter.slug}, {version}: the text is not the one its hash names."
    for edition in Edition.objects.select_related("letter", "document").order_by("pk"):
        for said in _edition(edition):
            yield f"{edition.letter.slug}, {edition}: {said}"


def _record(letter: Letter) -> Iterator[str]:
    last = {"seq": 0, "hash": chain.GENESIS}

    def passing() -> Iterator[dict[str, object]]:
        for event in letter.events.order_by("seq").iterator(chunk_size=2_000):
            last.update(seq=event.seq, hash=event.hash)
            yield event.as_record()

    yield from chain.check(passing())
    if (last["seq"], last["hash"]) != (letter.events_count, letter.events_head):
        yield "The last event is not the one the letter names as its last."


def _edition(edition: Edition) -> Iterator[str]:
    tree = Growing()
    for record in edition.records():
        tree.add(leaf(canonical_json(record)))
    if tree.root().hex() != edition.root:
        yield "The roster does not lead to its Merkle root."
    if edition.document:
        try:
            yield from verify_pdf(OnDisk(edition.document.path)).problems
        except OSError:
            yield f"The sealed PDF {edition.document.sha256} is not there."
