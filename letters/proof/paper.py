"""Opens a PDF that may be hostile and takes out its attached files; what they mean is left to evidence."""

import io
import zlib
from collections.abc import Iterator

import pikepdf

from letters.proof.pieces import Data, File, Packed, unpacked, whole

MAX_FILE = 256 * 1024 * 1024
MAX_ATTACHED = 64
MAX_UNPACKED = 256 * 1024 * 1024
MAX_NODES = 2 * MAX_ATTACHED
LONG = 2**20  # bytes; a longer file is not held unpacked


class BadPaper(ValueError):
    """The PDF cannot be used as a sealed letter; the message is a sentence for people."""


def open_pdf(data: Data) -> pikepdf.Pdf:
    """The PDF, opened without any repair. Raises BadPaper.

    Repair is refused since a repaired file would be judged by what it was turned into.
    """
    if len(data) > MAX_FILE:
        raise BadPaper(f"The file is larger than {MAX_FILE // 2**20} MB; a sealed letter is not.")
    if data[:5] != b"%PDF-":
        raise BadPaper("The file is not a PDF.")
    try:
        # What pages inherit is nothing to this check, and asking for it would read all pages of a long annex.
        pdf = pikepdf.open(
            io.BytesIO(data) if isinstance(data, bytes) else data.path,
            access_mode=pikepdf.AccessMode.stream,  # what is mapped instead counts as memory
            attempt_recovery=False,
            suppress_warnings=True,
            inherit_page_attributes=False,
        )
    except pikepdf.PasswordError as error:
        raise BadPaper("The PDF is locked with a password; a sealed letter never is.") from error
    except pikepdf.PdfError as error:
        raise BadPaper("The PDF is damaged: its structure cannot be read.") from error
    if pdf.is_encrypted:
        raise BadPaper("The PDF is encrypted; a sealed letter never is.")
    if pdf.get_warnings():
        raise BadPaper("The PDF is damaged: its structure is not sound.")
    return pdf


def attachments(pdf: pikepdf.Pdf) -> dict[str, File]:
    """The attached files by name; long ones stay packed. Raises BadPaper for one that is attached twice, unnamed or too
    large."""
    files: dict[str, File] = {}
    seen = set()
    left = MAX_UNPACKED
    names = pdf.Root.get("/Names")
    tree = names.get("/EmbeddedFiles") if isinstance(names, pikepdf.Dictionary) else None
    for item in _leaves(tree):
        name, stream = _file(item)
        if name in files:
            raise BadPaper(f'The file "{name}" is attached twice.')
        if len(files) >= MAX_ATTACHED:
            raise BadPaper(f"More than {MAX_ATTACHED} files are attached.")
        files[name], size = _content(name, stream, left)
        left -= size
        seen.add(item.objgen)
    associated = pdf.Root.get("/AF")
    loose = list(associated) if isinstance(associated, pikepdf.Array) else []
    if any(not isinstance(item, pikepdf.Dictionary) or item.objgen not in seen for item in loose):
        raise BadPaper("A file is associated with the PDF that is not among its attached files.")
    return files


def _leaves(tree: object) -> Iterator[pikepdf.Object]:
    """The file specifications of a name tree (ISO 32000-1 section 7.9.6), in order.

    A node that leads back to itself would be read for ever, so the number of nodes is limited.
    """
    waiting, read = [tree], 0
    while waiting:
        node = waiting.pop()
        read += 1
        if not isinstance(node, pikepdf.Dictionary):
            continue
        named, kids = node.get("/Names", pikepdf.Array()), node.get("/Kids", pikepdf.Array())
        if not (isinstance(named, pikepdf.Array) and isinstance(kids, pikepdf.Array)):
            raise BadPaper("The list of attached files is damaged.")
        if read > MAX_NODES or max(len(named), len(kids)) > MAX_NODES:
            raise BadPaper("The list of attached files is far too long, or leads back to itself.")
        yield from list(named)[1::2]
        waiting += reversed(list(kids))


def _file(item: pikepdf.Object) -> tuple[str, pikepdf.Stream]:
    if not isinstance(item, pikepdf.Dictionary):
        raise BadPaper("The list of attached files is damaged.")
    names = {str(item[key]) for key in ("/F", "/UF") if key in item}
    held = item.get("/EF")
    streams = list(held.values()) if isinstance(held, pikepdf.Dictionary) else []
    if len(names) != 1 or not streams or any(found.objgen != streams[0].objgen for found in streams):
        raise BadPaper("An attached file has no name, two names, or two contents.")
    if not isinstance(streams[0], pikepdf.Stream):
        raise BadPaper("An attached file has no content.")
    return names.pop(), streams[0]


def _content(name: str, stream: pikepdf.Stream, limit: int) -> tuple[File, int]:
    """The content of a file and its size, unpacked here so that a bomb stops at the limit."""
    packing = stream.get("/Filter")
    if isinstance(packing, pikepdf.Array) and len(packing) == 1:
        packing = packing[0]
    raw = stream.read_raw_bytes()
    content: File = raw
    size = len(raw)
    if packing == "/FlateDecode" and "/DecodeParms" not in stream:
        try:
            size = _measured(raw, limit)
        except zlib.error as error:
            raise BadPaper(f'The attached file "{name}" is damaged.') from error
        content = Packed(raw)
    elif packing is not None:
        raise BadPaper(f'The attached file "{name}" is packed in a way this check does not read.')
    if size > limit:
        raise BadPaper(f'The attached file "{name}" unpacks to far more than evidence ever holds.')
    return (content if size > LONG else whole(content)), size


def _measured(packed: bytes, limit: int) -> int:
    """How long the content of a Flate stream is, as far as the limit and a little more."""
    size = 0
    for block in unpacked(packed):
        size += len(block)
        if size > limit:
            break
    return size
