"""Other writings of one society's proof: JSON that is not its one form, and checkpoints signed in odd words."""

import base64
import hashlib
import json
from collections.abc import Iterator

from letters.proof import checkpoint
from letters.proof.records import canonical_json
from tests.letters.proof import world
from tests.letters.proof.fields import altered
from tests.letters.proof.mutate import flips, mutants

ODD = (
    "",
    " ",
    "\t",
    "\x00",
    "\x1f",
    "\x7f",
    "\x80",
    "\x85",
    "\u00a0",
    "\u2028",
    "\ufeff",
    "— ",
    "— x",
    "/",
    "+",
    "é",
    "😀",
)


def proof_mutants(proof: bytes, count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """A proof with bytes, fields or words of its note altered, and in other forms; each must be refused."""
    plain = proof.removesuffix(b"\n")
    yield from mutants(plain, count, seed)
    yield from flips(plain, range(len(plain)))
    for what, value in altered(json.loads(proof)):
        yield what, canonical_json(value)
    for number, data in enumerate(other_forms(proof)):
        yield f"form {number}", data
    value = json.loads(proof)
    for part in ("checkpoint", "checkpoint_key"):
        for what, text in text_mutants(value[part]):
            yield f"{part} {what}", canonical_json(value | {part: text})
    elsewhere = checkpoint.vkey("signon.example", world.Ed25519PrivateKey.generate().public_key())
    yield "another key", canonical_json(value | {"checkpoint_key": elsewhere + "\n"})


def other_forms(proof: bytes) -> Iterator[bytes]:
    """The same proof, or parts of it, in JSON that a reader may take for it."""
    plain = proof.removesuffix(b"\n")
    yield from (proof + b"\n", b" " + plain, plain + b" ", plain + b"\r\n", b"\xef\xbb\xbf" + plain, b"", b"{", b"{}")
    yield from (plain.replace(b":", b": ", 1), plain.replace(b"{", b"{ ", 1), plain[:-1], plain + plain)
    for index in (b"1.0", b"1e0", b"1E0", b"-1", b"-0", b"01", b"1.5", b"1e400", b"NaN", b"Infinity", b"true", b'"1"'):
        yield plain.replace(b'"index":1', b'"index":' + index)
    for size in (b"9007199254740991", b"9007199254740992", b"9007199254740993", b"9" * 400):
        yield plain.replace(b'"size":3', b'"size":' + size)
    yield plain.replace(b'"index":1', b'"index":1,"index":1')
    yield plain.replace(b'"office":"President"', b'"office":"\\u0050resident"')
    for text in (b"\\ud800", b"\\udc00x", b"\xff", b"\x01", b"\\x", b'1.5 2e3 \\" .', "\u2028é😀".encode()):
        yield plain.replace(b'"President"', b'"' + text + b'"')
    for key in (b"__proto__", b"constructor", b"more", b"0", "é😀".encode()):
        yield plain[:-1] + b',"' + key + b'":1}'
        yield b'{"' + key + b'":{},' + plain[1:]
    for depth in (31, 32, 33, 34, 5_000):
        yield b'{"a":' * depth + b"1" + b"}" * depth
        yield b'{"a":' + b"[" * depth + b"]" * depth + b"}"
    yield b'{"a":"' + b"x" * 2**20 + b'"}'


def signed_oddly(proof: bytes) -> Iterator[tuple[str, bytes]]:
    """The proof under notes that no site would write, each signed by the site's own key; some of them hold."""
    value = json.loads(proof)
    note = value["checkpoint"]
    body = note[: note.rindex("\n\n") + 1]
    lines = body.split("\n")[:-1]
    for place, line in enumerate([*lines, ""]):
        for odd in ODD:
            for instead in (odd, line + odd, odd + line):
                made = "".join(f"{one}\n" for one in [*lines[:place], instead, *lines[place + 1 :]])
                yield f"line {place} is {instead!r}", under(value, signed(made))
    root = base64.b64decode(lines[2])
    for other in (root[:31], root + b"x", b""):
        written = base64.b64encode(other).decode()
        yield f"root of {len(other)} bytes", under(value, signed(body.replace(lines[2], written)))
    loose = f"{lines[2][:-2]}{chr(ord(lines[2][-2]) + 1)}="
    yield "root with other last bits", under(value, signed(body.replace(lines[2], loose)))
    for name in ("other.example", "signon.example/x", "", " "):
        yield f"signed as {name!r}", under(value, signed(body, name))
    for size, char in ((16_384, "é"), (9_000, "😀")):
        yield f"{size} characters longer", under(value, signed(f"{body}{char * size}\n"))


def under(value: dict, note: str) -> bytes:
    return canonical_json(value | {"checkpoint": note})


def text_mutants(text: str) -> Iterator[tuple[str, str]]:
    """Each character dropped, doubled, and replaced by odd ones; and the text cut."""
    for place, char in enumerate(text):
        rest = text[place + 1 :]
        yield f"without {place}", text[:place] + rest
        yield f"twice {place}", text[:place] + char * 2 + rest
        for odd in ("=", "A", " ", "\n", "é", ODD[place % len(ODD)]):
            if odd != char:
                yield f"{odd!r} at {place}", text[:place] + odd + rest
    for place in range(0, len(text), 7):
        yield f"cut at {place}", text[:place]


def signed(body: str, name: str = "signon.example") -> str:
    """A note over any words, with the signature that the site's key makes of them."""
    short = hashlib.sha256(name.encode() + b"\n\x01" + world.NOTE_KEY.public_key().public_bytes_raw()).digest()
    blob = base64.b64encode(short[:4] + world.NOTE_KEY.sign(body.encode())).decode()
    return f"{body}\n— {name} {blob}\n"
