"""Reads a long list of records in canonical JSON one by one; what they mean is left to evidence."""

import codecs
import json
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, overload

from letters.proof.pieces import File, blocks
from letters.proof.records import canonical_json

WINDOW = 2**18  # bytes decoded at once; doubled for a record that is longer
_scan = json.JSONDecoder().raw_decode


class OtherForm(ValueError):
    """The list is not written in its one exact form; what is wrong with it must be found out from the whole."""


class Listed(Sequence[dict[str, Any]]):
    """The records of a file that was read to its end before, made anew whenever they are gone through."""

    def __init__(self, file: File, number: int) -> None:
        self._file, self._number = file, number

    def forget(self) -> None:
        """Let the file go, which may be long; how many records it had is all that is known then."""
        self._file = b"[]"

    def __len__(self) -> int:
        return self._number

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return _again(self._file)

    @overload
    def __getitem__(self, place: int) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, place: slice) -> list[dict[str, Any]]: ...
    def __getitem__(self, place: int | slice) -> dict[str, Any] | list[dict[str, Any]]:
        if isinstance(place, slice):
            return list(self)[place]
        return next(islice(self, range(self._number)[place], None))


class _Window:
    """A piece of the list, as bytes and as text, and where in both the next record begins."""

    def __init__(self, file: File) -> None:
        self._stream, self._decoder = blocks(file, WINDOW), codecs.getincrementaldecoder("utf-8")()
        self.raw, self.place = b"", 0
        self.text, self.at = "", 0
        self.more()
        if self.raw[:1] != b"[":
            raise OtherForm
        self.place = self.at = 1

    def more(self) -> bool:
        """Read on; at least as much as waits, since a record that is longer is begun anew each time."""
        read, wanted = list[bytes](), len(self.text) - self.at
        for block in self._stream:
            read.append(block)
            wanted -= len(block)
            if wanted <= 0:
                break
        new = b"".join(read)
        try:
            text = self._decoder.decode(new)
        except UnicodeDecodeError as error:
            raise OtherForm from error
        # What was read may end just behind a record; the comma is then the first of what comes.
        self.text, self.at = self.text[self.at :] + text, max(self.at - len(self.text), 0)
        self.raw, self.place = self.raw[self.place :] + new, max(self.place - len(self.raw), 0)
        return bool(new)

    def value(self) -> tuple[Any, int] | None:
        """The next value and where it ends in the text, or None."""
        while True:
            try:
                return _scan(self.text, self.at)
            except (ValueError, RecursionError):
                if not self.more():
                    return None

    def following(self) -> bytes:
        """The next two bytes, fewer at the end."""
        while len(self.raw) < self.place + 2 and self.more():
            pass
        return self.raw[self.place : self.place + 2]


def records(file: File) -> Iterator[tuple[dict[str, Any], bytes]]:
    """The records of a list, each with its own bytes. Raises OtherForm, for the last byte at the latest.

    Neither the whole text nor all values are held at once. Keys, and strings that stand in the record before, too, are
    kept once: 100,000 records share one statement.
    """
    window, before, following = _Window(file), dict[str, Any](), b""
    while (found := window.value()) is not None:
        value, window.at = found
        try:
            written = canonical_json(value)
        except (ValueError, RecursionError) as error:
            raise OtherForm from error
        end = window.place + len(written)
        if type(value) is not dict or window.raw[window.place : end] != written:
            raise OtherForm
        before, window.place = _sharing(value, before), end
        yield before, written
        following = window.following()
        if following == b"]":
            return
        if following[:1] != b",":
            raise OtherForm
        window.place, window.at = window.place + 1, window.at + 1
    if following or window.following() != b"]":
        raise OtherForm


def _again(file: File) -> Iterator[dict[str, Any]]:
    """The records of a list that is known to be in its one exact form."""
    window, before = _Window(file), dict[str, Any]()
    while (found := window.value()) is not None:
        value, end = found
        before, window.at = _sharing(value, before), end + 1
        window.place = len(window.raw)  # nobody asks for the bytes
        yield before


def _sharing(record: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    """The same record, with the keys and the strings of the one before wherever they are equal."""
    if record.keys() != before.keys():
        return record
    return {key: _same(record[key], known) for key, known in before.items()}


def _same(value: Any, known: Any) -> Any:
    if type(value) is dict and type(known) is dict:
        return _sharing(value, known)
    return known if type(value) is str and value == known else value
