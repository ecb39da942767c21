"""A finished file, stored under the hash of its bytes; nothing here can be changed without the name changing."""

import datetime
import hashlib
import os
import secrets
import shutil
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
    PASTED = "pasted", "text as pasted into a form"
    ANSWER = "answer", "what came from a journal"


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
        part = _beside(path_of(sha256))
        part.write_bytes(data)
        return self._kept(part, sha256, kind, edition, now)

    def take(self, file: Path, *, kind: str, edition: "Edition | None", now: datetime.datetime) -> "Document":
        """Store a file in the same way, which may be long: it is moved where that can be done without a copy."""
        with file.open("rb") as data:
            sha256 = hashlib.file_digest(data, "sha256").hexdigest()
        part = _beside(path_of(sha256))
        shutil.move(file, part)
        return self._kept(part, sha256, kind, edition, now)

    def _kept(
        self, part: Path, sha256: str, kind: str, edition: "Edition | None", now: datetime.datetime
    ) -> "Document":
        with part.open("rb") as written:
            os.fsync(written.fileno())
        size = part.stat().st_size
        part.rename(path_of(sha256))
        document, _ = self.get_or_create(
            sha256=sha256, defaults={"kind": kind, "edition": edition, "size": size, "created_at": now}
        )
        return document


def _beside(target: Path) -> Path:
    """Where a file is until it is whole."""
    target.parent.mkdir(parents=True, exist_ok=True)
    return target.with_name(f"{target.name}.{secrets.token_hex(4)}.part")


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
