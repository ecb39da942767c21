"""Checkpoints: read back what was signed, and nothing that differs in a single byte."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from letters.proof import checkpoint

KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
OTHER = Ed25519PrivateKey.from_private_bytes(b"o" * 32)
VKEY = checkpoint.vkey("signon.example", KEY.public_key())
ORIGIN = "signon.example/retraction/edition/1"
ROOT = bytes(range(32))


def note(**changes) -> str:
    return checkpoint.sign(KEY, **({"origin": ORIGIN, "size": 34, "root": ROOT} | changes))


def test_sign_writes_a_signed_note():
    lines = note().split("\n")
    assert lines[:4] == [ORIGIN, "34", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", ""]
    assert lines[4].startswith("— signon.example ")
    assert lines[5:] == [""]


def test_read_gives_back_what_was_signed():
    assert checkpoint.read(note(), VKEY) == checkpoint.Checkpoint(ORIGIN, 34, ROOT)
    more = note(extensions=["events 3 abc", "letter def"])
    assert checkpoint.read(more, VKEY).extensions == ("events 3 abc", "letter def")


def test_read_vkey_takes_a_key_line_made_elsewhere():
    line = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    name, public = checkpoint.read_vkey(line)
    assert (name, checkpoint.vkey(name, public)) == ("PeterNeumann", line)


def test_vkey_takes_the_site_from_an_origin():
    assert checkpoint.vkey(ORIGIN, KEY.public_key()) == VKEY


def test_read_refuses_every_changed_byte_of_note_and_key():
    honest = note(extensions=["letter abc"])
    for text, as_key in ((honest, False), (VKEY, True)):
        raw = text.encode()
        for place in range(len(raw)):
            for bit in (1, 0x20, 0x80):
                changed = bytearray(raw)
                changed[place] ^= bit
                mutant = bytes(changed).decode("utf-8", "replace")
                with pytest.raises(checkpoint.BadCheckpoint):
                    checkpoint.read(honest if as_key else mutant, mutant if as_key else VKEY)


@pytest.mark.parametrize(
    "alter",
    [
        lambda n: n + "\n",
        lambda n: n[:-1],
        lambda n: n + n,
        lambda n: "\n" + n,
        lambda n: n.replace("\n", "\r\n"),
        lambda n: n.replace("34", "034"),
        lambda n: "",
        lambda n: "\n\n— ",
        lambda n: n + n.split("\n")[-2] + "\n",
        lambda n: n.replace(" signon", "  signon"),
        lambda n: "x" * 99_999,
    ],
)
def test_read_refuses_another_form(alter):
    with pytest.raises(checkpoint.BadCheckpoint):
        checkpoint.read(alter(note()), VKEY)


def test_read_refuses_another_key():
    with pytest.raises(checkpoint.BadCheckpoint, match="another key"):
        checkpoint.read(note(), checkpoint.vkey("signon.example", OTHER.public_key()))


@pytest.mark.parametrize(
    "bad",
    [
        {"origin": "a b/c"},
        {"origin": "x\ny"},
        {"origin": ""},
        {"origin": "/x"},
        {"size": -1},
        {"root": b"short"},
        {"extensions": [""]},
        {"extensions": ["a\nb"]},
    ],
)
def test_sign_refuses_what_a_note_cannot_hold(bad):
    with pytest.raises(checkpoint.BadCheckpoint):
        note(**bad)
