"""A bundle as one zip file with a single possible byte form; which files it holds is left to bundle."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import BinaryIO

from letters.proof.pieces import blocks

MAX_FILES = 64
MAX_BYTES = 256 * 1024 * 1024
# The first moment a zip file can hold. The time of the letter stands in the manifest.
EPOCH = (1980, 1, 1, 0, 0, 0)


class BadArchive(ValueError):
    """The file is not a zip file that may be opened; the message is a sentence for people."""


def to_zip(files: Mapping[str, bytes]) -> bytes:
    """The files as a zip: sorted by name, fixed times and modes, stored and not compressed.

    Stored, because compressors differ between libraries and versions, and the same files must give the same
    bytes everywhere.
    """
    buffer = io.BytesIO()
    write_zip(buffer, files)
    return buffer.getvalue()


def write_zip(file: BinaryIO, files: Mapping[str, bytes | Path]) -> None:
    """Write the same, for files of any size, to where one may go back."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, held in sorted(files.items()):
            entry = zipfile.ZipInfo(name, date_time=EPOCH)
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            with archive.open(entry, "w") as stream:
                for block in blocks(held):
                    stream.write(block)


def some_of(file: Path, names: Iterable[str]) -> dict[str, bytes]:
    """These files of a zip of ours, without reading the others. Raises KeyError for one that it lacks."""
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in names}


def from_zip(data: bytes) -> dict[str, bytes]:
    """The files of a zip, compressed or not. Raises BadArchive with the reason.

    Limits: MAX_FILES files, MAX_BYTES together once unpacked, plain names without folders, none twice.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read(archive)
    except BadArchive:
        raise
    except (zipfile.BadZipFile, zlib.error, struct.error) as error:
        raise BadArchive(f"The zip file is damaged: {error}.") from error
    except (EOFError, OSError, ValueError, NotImplementedError, RuntimeError, OverflowError) as error:
        raise BadArchive(f"The zip file cannot be read: {error}.") from error


def _read(archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries = archive.infolist()
    if len(entries) > MAX_FILES:
        raise BadArchive(f"The zip file holds {len(entries)} files; an evidence bundle has at most {MAX_FILES}.")
    files: dict[str, bytes] = {}
    left = MAX_BYTES
    for entry in entries:
        name = entry.filename
        if name in files:
            raise BadArchive(f'The zip file holds "{name}" twice.')
        if not name or "/" in name or "\\" in name or name.startswith(".") or entry.is_dir():
            raise BadArchive(f'The zip file holds "{name}", which is not a plain file name.')
        if entry.flag_bits & 0x1:
            raise BadArchive("The zip file is locked with a password; evidence never is.")
        # The stated size may lie, so the limit is kept while unpacking.
        with archive.open(entry) as stream:
            files[name] = stream.read(left + 1)
        left -= len(files[name])
        if left < 0:
            raise BadArchive(f"The zip file unpacks to more than {MAX_BYTES // 2**20} MB.")
    return files
