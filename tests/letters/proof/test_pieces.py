"""Files that are read piece by piece are the same as at once."""

import hashlib
import random
import zlib

import pytest

from letters.proof.pieces import OnDisk, Packed, blocks, sha256_of, unpacked, whole

DATA = bytes(random.Random(1).choices(range(4), k=3_000)) + b"\0" * 50_000


@pytest.fixture(params=["bytes", "path", "packed"])
def held(request, tmp_path):
    path = tmp_path / "file"
    path.write_bytes(DATA)
    return {"bytes": DATA, "path": path, "packed": Packed(zlib.compress(DATA))}[request.param]


@pytest.mark.parametrize("size", [7, 1_000, 10**6])
def test_blocks_are_the_whole_and_no_larger_than_asked(held, size):
    pieces = list(blocks(held, size))
    assert b"".join(pieces) == DATA
    assert max(map(len, pieces)) <= size
    assert (whole(held), sha256_of(held)) == (DATA, hashlib.sha256(DATA).hexdigest())


@pytest.mark.parametrize("level", [0, 1, 9])
@pytest.mark.parametrize("size", [1, 100, 2**18])
def test_unpacked_is_what_zlib_unpacks_at_once(level, size):
    packed = zlib.compress(DATA[:9_000], level)
    for damaged in (packed, packed[:-3], packed[: len(packed) // 2], packed + b"more", b""):
        assert b"".join(unpacked(damaged, size)) == zlib.decompressobj().decompress(damaged)
    with pytest.raises(zlib.error):
        list(unpacked(b"no stream", size))


@pytest.mark.parametrize("place", [slice(0, 5), slice(2_990, 3_010), slice(52_999, 60_000), slice(9, 3), slice(None)])
def test_a_file_is_sliced_as_its_bytes_are(tmp_path, place):
    path = tmp_path / "file"
    path.write_bytes(DATA)
    file = OnDisk(path)
    assert (len(file), file[place]) == (len(DATA), DATA[place])
