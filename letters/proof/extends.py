"""Compares the evidence of two papers of one letter: the later one must extend the earlier, or one was made up."""

from collections.abc import Sequence

from letters.proof.evidence import Evidence
from letters.proof.verdict import Verdict, failed
from letters.proof.verify import checked_evidence, verify_file


def compare(later: bytes, earlier: bytes, *, trusted: Sequence[bytes] = ()) -> Verdict:
    """Whether two sealed PDFs or bundles belong to one record, the second to its beginning.

    Both must hold by themselves (see verify.verify_file, also for `trusted`). Never raises for what the files hold.
    """
    for data, which in ((later, "later"), (earlier, "earlier")):
        alone = verify_file(data, trusted=trusted)
        if not alone.ok:
            return failed([f"The {which} file does not hold by itself. {problem}" for problem in alone.problems])
    new, old = checked_evidence(later)[1], checked_evidence(earlier)[1]
    problems = _strangers(new, old) or _parted(new, old)
    if problems:
        return failed(problems, headline="The later file does not extend the earlier one.", facts=_facts(new, old))
    return Verdict(
        ok=True,
        headline="The later file extends the earlier one: both come from one record.",
        facts=_facts(new, old),
        proven=[*_proven(new, old), *_roster(new, old)],
        not_proven=["That there is no third file of this letter with another record, shown to others."],
    )


def _strangers(new: Evidence, old: Evidence) -> list[str]:
    """Why the two are not of one letter of one site."""
    if new.manifest["letter"]["slug"] != old.manifest["letter"]["slug"]:
        return ["They are evidence of two different letters."]
    if new.note_key != old.note_key:
        return [
            f"Their checkpoints are signed with two keys, {old.note_key} and {new.note_key}: either the site changed "
            "its key and says so, or one of the two does not come from it."
        ]
    return []


def _parted(new: Evidence, old: Evidence) -> list[str]:
    """Where the two records part, which they must not: each event carries the hash of all before it."""
    ours, theirs = [event["hash"] for event in new.events], [event["hash"] for event in old.events]
    if ours[: len(theirs)] == theirs:
        return []
    if theirs[: len(ours)] == ours:
        return [f"They were given the wrong way round: the second has {len(theirs) - len(ours)} events more."]
    place = next(n for n, (one, other) in enumerate(zip(ours, theirs, strict=False), start=1) if one != other)
    return [
        f"Two records of one letter: they part at event {place} of {len(ours)} and {len(theirs)}. An honest site "
        "keeps one; keep both files, they show that it did not."
    ]


def _proven(new: Evidence, old: Evidence) -> list[str]:
    more = len(new.events) - len(old.events)
    said = [f"All {len(old.events)} events of the earlier record stand unchanged at the beginning of the later one."]
    said.append(f"{more} event{'' if more == 1 else 's'} came after them." if more else "Nothing was recorded since.")
    if new.manifest["content_hash"] == old.manifest["content_hash"]:
        return [*said, "Both carry the same text."]
    versions = f"version {old.manifest['version']} and version {new.manifest['version']}"
    return [*said, f"They carry two texts, {versions}."]


def _roster(new: Evidence, old: Evidence) -> list[str]:
    before, after = dict.fromkeys(old.societies), dict.fromkeys(new.societies)
    joined, gone = [name for name in after if name not in before], [name for name in before if name not in after]
    said = [f"Only in the later roster: {'; '.join(joined)}."] if joined else []
    return [*said, f"Only in the earlier roster: {'; '.join(gone)}."] if gone else said


def _facts(new: Evidence, old: Evidence) -> list[tuple[str, str]]:
    return [
        ("Letter", new.manifest["letter"]["title"]),
        ("Earlier", _described(old)),
        ("Later", _described(new)),
    ]


def _described(one: Evidence) -> str:
    facts = one.manifest
    return (
        f"version {facts['version']}, edition {facts['edition']}, {facts['signatures']} signatures, "
        f"{len(one.events)} events, closed {facts['letter']['closed_at']}"
    )
