"""A document is stored under the hash of its bytes, whether they are held or lie in a file."""

import hashlib

import pytest

from letters.models import Document, database_now
from letters.models.document import Kind

pytestmark = pytest.mark.django_db


def test_a_file_is_taken_as_its_bytes_would_be_kept(settings, tmp_path):
    settings.DATA, file = tmp_path / "data", tmp_path / "file"
    file.write_bytes(b"%PDF-" * 9_000)
    taken = Document.objects.take(file, kind=Kind.PDF, edition=None, now=database_now())
    assert not file.exists()
    kept = Document.objects.keep(b"%PDF-" * 9_000, kind=Kind.PDF, edition=None, now=database_now())
    assert (kept.pk, kept.size, kept.sha256) == (taken.pk, 45_000, hashlib.sha256(b"%PDF-" * 9_000).hexdigest())
    assert taken.read() == b"%PDF-" * 9_000
    assert [one.name for one in (tmp_path / "data").rglob("*") if one.is_file()] == [kept.sha256]
