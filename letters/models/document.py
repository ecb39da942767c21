"""A finished file, stored under the hash of its bytes; nothing here can be changed without the name changing."""

import datetime
import hashlib
import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    from letters.models.edition import Edition


class Kind(models.TextChoices):
    PDF = "pdf", "sealed letter"
    EVIDENCE = "evidence", "evidence"
    MESSAGE = "message", "message as sent"
    SOURCE = "source", "file a version was read from"
    LOGO = "logo", "logo of a society"
    MANDATE = "mandate", "decision of a society, private"
    PICTURE = "picture", "picture to share"


# How the files begin that a society may hand in as its decision.
BEGINNINGS = {b"%PDF-": "pdf", b"\x89PNG": "png", b"\xff\xd8\xff": "jpg", b"PK\x03\x04": "docx"}


def suffix_of(data: bytes) -> str:
    """What the name of such a file ends with; empty for any other file."""
    return next((suffix for start, suffix in BEGINNINGS.items() if data.startswith(start)), "")


def path_of(sha256: str) -> Path:
    """Where the bytes with this hash lie."""
    return Path(settings.DATA) / "documents" / sha256[:2] / sha256


class DocumentManager(models.Manager["Document"]):
    def keep(self, data: bytes, *, kind: str, edition: "Edition | None", now: datetime.datetime) -> "Document":
        """Store `data` under its hash, complete or not at all; storing the same bytes twice is storing them once."""
        sha256 = hashlib.sha256(data).hexdigest()
        target = path_of(sha256)
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f"{sha256}.{secrets.token_hex(4)}.part")
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.rename(target)
        document, _ = self.get_or_create(
            sha256=sha256, defaults={"kind": kind, "edition": edition, "size": len(data), "created_at": now}
        )
        return document


class Document(models.Model):
    sha256 = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    edition = models.ForeignKey("letters.Edition", models.PROTECT, null=True, related_name="documents")
    size = models.PositiveBigIntegerField()
    created_at = models.DateTimeField()

    objects = DocumentManager()

    def __str__(self) -> str:
        return f"{self.kind} {self.sha256[:12]}"

    @property
    def path(self) -> Path:
        """Where the bytes lie."""
        return path_of(self.sha256)

    def read(self) -> bytes:
        """The bytes; raises FileNotFoundError when the store was damaged."""
        return self.path.read_bytes()
