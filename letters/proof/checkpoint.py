"""Signed checkpoints of a roster (c2sp.org/tlog-checkpoint, signed-note); the keys are kept elsewhere."""

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ED25519 = b"\x01"
MAX_NOTE = 16_384
_LINE = re.compile(r"[^\x00-\x1f\x7f]+")
_NAME = re.compile(r"[^\s+/\x00-\x1f\x7f]+")


class BadCheckpoint(ValueError):
    """The note, its key or its signature does not hold; the message is a sentence for people."""


@dataclass(frozen=True)
class Checkpoint:
    """What a checkpoint states: origin, number of leaves, their 32-byte root, and lines bound with them."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()


def key_name(origin: str) -> str:
    """The name of the key that signs for an origin: the site, which is what stands before its first slash."""
    name = origin.partition("/")[0]
    if not _NAME.fullmatch(name):
        raise BadCheckpoint(f'The origin "{origin}" does not begin with the name of a site.')
    return name


def sign(key: Ed25519PrivateKey, *, origin: str, size: int, root: bytes, extensions: Sequence[str] = ()) -> str:
    """A checkpoint note, signed under the name of the origin's site.

    `origin` is "<site>/<slug>/edition/<n>", `size` the number of leaves, `root` their 32-byte Merkle root.
    `extensions` are further lines the signature covers (see bundle.bound). Raises BadCheckpoint for values
    a note cannot hold.
    """
    body = _body(Checkpoint(origin, size, root, tuple(extensions)))
    name = key_name(origin)
    public = key.public_key()
    blob = _key_hash(name, public) + key.sign(body.encode())
    return f"{body}\n— {name} {base64.b64encode(blob).decode()}\n"


def vkey(origin_key_name: str, public: Ed25519PublicKey) -> str:
    """The verifier key line "<name>+<hash>+<key>" of c2sp.org/signed-note; the name is the site's."""
    name = key_name(origin_key_name)
    blob = base64.b64encode(ED25519 + _raw(public)).decode()
    return f"{name}+{_key_hash(name, public).hex()}+{blob}"


def read_vkey(line: str) -> tuple[str, Ed25519PublicKey]:
    """The name and key of a verifier key line. Raises BadCheckpoint when it is not exactly one."""
    name, _, rest = line.strip("\n").partition("+")
    try:
        blob = _decoded(rest.partition("+")[2])
        if blob[:1] != ED25519 or len(blob) != 33:
            raise ValueError("not an Ed25519 key")
        public = Ed25519PublicKey.from_public_bytes(blob[1:])
        same = vkey(name, public) == line.strip("\n")
    except ValueError as error:
        raise BadCheckpoint("The checkpoint key is not a verifier key line.") from error
    if not same:
        raise BadCheckpoint("The checkpoint key does not have the hash it states.")
    return name, public


def fingerprint(vkey: str) -> str:
    """SHA-256 of the raw 32-byte public key in a verifier key line, as 64 hex digits."""
    return hashlib.sha256(_raw(read_vkey(vkey)[1])).hexdigest()


def read(note: str, vkey: str) -> Checkpoint:
    """The checkpoint in a note, once its one signature is proven with the key; else BadCheckpoint."""
    name, public = read_vkey(vkey)
    if len(note) > MAX_NOTE:
        raise BadCheckpoint("The checkpoint is longer than a checkpoint can be.")
    body, found, signature = note.rpartition("\n\n— ")
    if not found:
        raise BadCheckpoint("The checkpoint carries no signature.")
    body += "\n"
    try:
        stated = _parse(body)
        signer, _, coded = signature.partition(" ")
        blob = _decoded(coded.removesuffix("\n"))
        exact = f"{body}\n— {name} {base64.b64encode(blob).decode()}\n"
        if signer != name or key_name(stated.origin) != name or note != exact:
            raise BadCheckpoint("The checkpoint is signed under another name, or written in another form.")
        if blob[:4] != _key_hash(name, public):
            raise BadCheckpoint("The checkpoint is signed with another key than the one given with it.")
        public.verify(blob[4:], body.encode())
    except InvalidSignature as error:
        raise BadCheckpoint("The signature of the checkpoint does not fit its text.") from error
    except BadCheckpoint:
        raise
    except ValueError as error:
        raise BadCheckpoint("The checkpoint is not written as a signed note.") from error
    return stated


def _parse(body: str) -> Checkpoint:
    lines = body.split("\n")[:-1]
    if len(lines) < 3 or not re.fullmatch(r"0|[1-9][0-9]{0,11}", lines[1]):
        raise BadCheckpoint("The checkpoint does not name its origin, number of signatures and root.")
    root = _decoded(lines[2])
    stated = Checkpoint(lines[0], int(lines[1]), root, tuple(lines[3:]))
    if _body(stated) != body:
        raise BadCheckpoint("The checkpoint is not written in its one exact form.")
    return stated


def _body(stated: Checkpoint) -> str:
    for line in (stated.origin, *stated.extensions):
        if not _LINE.fullmatch(line) or line.startswith("— "):
            raise BadCheckpoint("A line of the checkpoint is empty, holds a control, or begins as a signature does.")
    if stated.size < 0 or len(stated.root) != 32:
        raise BadCheckpoint("A checkpoint needs a number of leaves from 0 and a root of 32 bytes.")
    head = [stated.origin, str(stated.size), base64.b64encode(stated.root).decode()]
    return "".join(f"{line}\n" for line in [*head, *stated.extensions])


def _decoded(text: str) -> bytes:
    """The bytes of base64 in its one exact form; ValueError for others, of which Pythons take different ones."""
    data = base64.b64decode(text, validate=True)
    if base64.b64encode(data).decode() != text:
        raise ValueError("The text is not base64 in its one exact form.")
    return data


def _key_hash(name: str, public: Ed25519PublicKey) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + _raw(public)).digest()[:4]


def _raw(public: Ed25519PublicKey) -> bytes:
    return public.public_bytes(Encoding.Raw, PublicFormat.Raw)
