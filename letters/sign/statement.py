"""The words a person signs; plain functions, so that page, row and receipt say exactly the same."""

import secrets

from letters.models import Invitation, SocietyKind, Version

# No vowels, 0 or 1: a receipt number can be read out and never spells a word.
ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"


def statement(invitation: Invitation, version: Version) -> str:
    """What the officer declares by pressing the button; a person signs in the own name."""
    what = f"version {version.number} of “{version.title}” (content hash {version.content_hash})"
    if invitation.society.kind == SocietyKind.PERSON:
        return f"In my own name, {invitation.society.official_name}, I sign {what}."
    return (
        f"On behalf of {invitation.society.official_name} I sign {what}, and I declare that I am authorised to do so."
    )


def receipt_number() -> str:
    """Twelve characters in groups of four: about 57 bits, unguessable."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(12))
    return "-".join(letters[i : i + 4] for i in range(0, 12, 4))
