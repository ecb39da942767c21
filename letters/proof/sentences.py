"""Puts the outcome of the checks into a verdict: headline, facts, what is proven, and what is not."""

from letters.proof.evidence import Evidence
from letters.proof.lasting import Lasting
from letters.proof.records import instant
from letters.proof.seal import Seal
from letters.proof.stamp import Stamp
from letters.proof.trust import Trusted
from letters.proof.verdict import Verdict, failed, in_words

MAX_PROBLEMS = 20
EACH_PROVEN = (
    "Each signature comes with a proof of its own that it stands in this roster: a society may hand on its record and "
    "that proof without the others."
)

OWN_CLOCK = "The time: it is the site's own clock; no time-stamp authority confirms it."
STAMPED_CLOCK = "The times in the record and that of the close: they are the site's own clock, before the time-stamp."
NEVER_PROVEN = [
    "That the persons had the authority they stated: the mandate is what each of them declared.",
    "Who held the mailbox or passkey a person signed in with.",
    OWN_CLOCK,
    "That nobody was shown another record: a society finds out by looking for its receipt's hash among the events.",
    "That this is the latest edition, or that nothing happened to the letter afterwards.",
    "Anything the law attaches to advanced or qualified signatures: these are simple electronic signatures.",
]


def pdf_verdict(found: Evidence, keys: Trusted, seal: Seal) -> Verdict:
    """The verdict on a PDF whose seal holds."""
    problems = list(found.problems)
    if keys and found.certificate not in keys and not problems:
        problems.append(
            "The PDF is sealed with a key that is not among those you trust: its certificate has the SHA-256 "
            f"{found.certificate}."
        )
    if problems:
        return failed(_few(problems), facts=_facts(found, seal))
    proven = [
        "No byte of the PDF was changed, added or taken away since it was sealed.",
        *_agreed(found),
        "The pages show the content hash and the name of every society, in the order of the roster.",
    ]
    open_points = ["That the pages show the words of letter.txt: read it next to them, it is attached."]
    if keys:
        proven.append("The seal was made with a key you trust.")
    else:
        open_points.insert(0, unknown_key("seal", "certificate", found.certificate))
    never = NEVER_PROVEN
    if seal.stamp:
        proven.append(_stamped(seal.stamp, keys))
        if not _known(seal.stamp, keys):
            open_points.append(_unknown_authority(seal.stamp))
        never = [STAMPED_CLOCK if point == OWN_CLOCK else point for point in NEVER_PROVEN]
    if seal.lasting:
        proven += [_unrevoked(seal.lasting), *_archived(seal.lasting, keys)]
    return Verdict(
        ok=True,
        headline=_headline("This sealed letter holds", found, bool(keys)),
        facts=_facts(found, seal),
        proven=proven,
        not_proven=[*open_points, *never],
    )


def bundle_verdict(found: Evidence, keys: Trusted) -> Verdict:
    """The verdict on a zip of evidence, whose only signature is that of its checkpoint."""
    problems = list(found.problems)
    if keys and found.note_key not in keys and not problems:
        problems.append(
            "The checkpoint is signed with a key that is not among those you trust "
            f"(Ed25519 key SHA-256 {found.note_key}). Evidence outside the PDF is signed by the checkpoint "
            "key, not by the seal: give that key, or check the sealed PDF."
        )
    if problems:
        return failed(_few(problems), facts=_facts(found))
    open_points = ["That a sealed PDF of this letter shows the same: check the PDF itself."]
    if not keys:
        open_points.insert(0, unknown_key("checkpoint", "Ed25519 key", found.note_key))
    if not found.bound:
        open_points.append(
            "The title, convener, times, the record of events and the certificate: the checkpoint's "
            "signature covers the roster and the text only. In the sealed PDF the seal covers all of it."
        )
    proven = ["The files are exactly those that were packed.", *_agreed(found)]
    if keys:
        proven.append("The checkpoint was signed with a key you trust.")
    return Verdict(
        ok=True,
        headline=_headline("This evidence holds", found, bool(keys)),
        facts=_facts(found),
        proven=proven,
        not_proven=[*open_points, *NEVER_PROVEN],
    )


def _agreed(found: Evidence) -> list[str]:
    count = len(found.roster)
    return [
        f"All {count} signatures name this version and this text, and none is missing, added or moved."
        if count != 1
        else "The one signature names this version and this text.",
        "Each statement has the hash it was signed with.",
        "The record of the letter is an unbroken chain: it holds each signature, no later withdrawal of one, "
        "and a close with this roster and this text.",
        "The signed checkpoint states this roster.",
        *([EACH_PROVEN] if found.proofs else []),
    ]


def _headline(start: str, found: Evidence, known: bool) -> str:
    count, version = len(found.roster), found.manifest["version"]
    tail = "" if known else " Compare the key below with the one the site publishes."
    return f"{start}: version {version}, {count} signature{'' if count == 1 else 's'}.{tail}"


def unknown_key(what: str, kind: str, fingerprint: str) -> str:
    """What stays open while the caller named no key to trust."""
    return (
        f"Whose key made the {what}: the file proves the key, not its owner. Compare the {kind}'s SHA-256 "
        f"{fingerprint} with the one the site publishes."
    )


def _known(stamp: Stamp, keys: Trusted) -> bool:
    return any(fingerprint in keys for fingerprint in stamp.fingerprints)


def _stamped(stamp: Stamp, keys: Trusted) -> str:
    at = in_words(instant(stamp.time))
    if _known(stamp, keys):
        return f"The seal existed on {at}: {stamp.authority}, a time-stamp authority you trust, signed that time."
    return f"The seal existed on {at}, as far as you trust the authority that signed that time: “{stamp.authority}”."


def _unrevoked(lasting: Lasting) -> str:
    """Who said of which certificate that it was not revoked, and of which day."""
    if not lasting.words:
        return "The certificates of the seal and of its time-stamp sign themselves: there is nobody who revokes them."
    said = [f"“{word.source}” of “{name}” on {word.at.day} {word.at:%B %Y}" for name, word in lasting.words]
    return f"No certificate was revoked when the seal was made. So said {'; '.join(said)}."


def _archived(lasting: Lasting, keys: Trusted) -> list[str]:
    archive = lasting.archive
    if archive is None:
        return []
    at, whom = in_words(instant(archive.time)), "a time-stamp authority you trust" if _known(archive, keys) else ""
    trust = f"{archive.authority}, {whom}," if whom else f"“{archive.authority}”"
    return [f"The file was whole on {at}, with these answers in it: {trust} signed that time."]


def _unknown_authority(stamp: Stamp) -> str:
    return (
        f"Who “{stamp.authority}” is: the time-stamp proves a key, not its owner. Trust in it rests on the root "
        f"certificate with the SHA-256 {stamp.fingerprints[1]}: compare that with what the authority publishes."
    )


def _few(problems: list[str]) -> list[str]:
    rest = len(problems) - MAX_PROBLEMS
    return problems if rest <= 0 else [*problems[:MAX_PROBLEMS], f"And {rest:,} more of this kind."]


def _facts(found: Evidence, seal: Seal | None = None) -> list[tuple[str, str]]:
    manifest = found.manifest
    if not manifest:
        return []
    letter, stamp = manifest["letter"], seal.stamp if seal else None
    archive = seal.lasting.archive if seal and seal.lasting else None
    facts = [
        ("Letter", letter["title"]),
        ("Convener", letter["convener"]),
        ("Version", str(manifest["version"])),
        ("Edition", str(manifest["edition"])),
        ("Societies", str(len(set(found.societies)))),
        ("Signatures", str(manifest["signatures"])),
        ("Closed", letter["closed_at"]),
        ("Sealed", seal.stated_time if seal else ""),
        ("Time-stamp", instant(stamp.time) if stamp else ""),
        ("Time-stamp authority", stamp.authority if stamp else ""),
        ("Time-stamp root SHA-256", stamp.fingerprints[1] if stamp else ""),
        ("Archive time-stamp", instant(archive.time) if archive else ""),
        ("Content hash", manifest["content_hash"]),
        ("Merkle root", manifest["merkle_root"]),
        ("Certificate SHA-256", found.certificate),
        ("Checkpoint key SHA-256", found.note_key),
        ("Verify address", letter["verify_address"]),
    ]
    return [(name, value) for name, value in facts if value]
