"""The words a person signs; plain functions, so that page, row and receipt say exactly the same."""

import secrets

from letters.models import Invitation, Version

# No vowels, 0 or 1: a receipt number can be read out and never spells a word.
ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"


def statement(invitation: Invitation, version: Version) -> str:
    """What the officer declares by pressing the button."""
    return (
        f"On behalf of {invitation.society.official_name} I sign version {version.number} of "
        f"“{version.title}” (content hash {version.content_hash}), and I declare that I am authorised to do so."
    )


def receipt_number() -> str:
    """Twelve characters in groups of four: about 57 bits, unguessable."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(12))
    return "-".join(letters[i : i + 4] for i in range(0, 12, 4))
