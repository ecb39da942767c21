"""Makes a seal last: announces in the sealed part what will stand behind it, and writes that there (B-LT, B-LTA).

Why nothing that was sealed is written again is told in docs/decisions/0034; its bytes are proof's.
"""

import hashlib
import io
from datetime import datetime

import pikepdf
from cryptography import x509
from pyhanko.pdf_utils.generic import DictionaryObject, NameObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from letters.proof import appended, stamp
from letters.proof.appended import Places
from letters.proof.cms import BadSeal
from letters.proof.lasting import complete
from letters.render import validation
from letters.render.authority import Authority
from letters.render.keys import BadKeys, SealKeys

METHOD = "sha256"


def announce(writer: IncrementalPdfFileWriter, *, archive: bool) -> None:
    """Put the empty store and, for an archive time-stamp, an empty field into a file about to be sealed."""
    store = DictionaryObject({NameObject("/Type"): NameObject("/DSS")})  # type: ignore[no-untyped-call]
    writer.root["/DSS"] = writer.add_object(store)
    writer.update_container(writer.root)
    if archive:
        append_signature_field(writer, SigFieldSpec(appended.FIELD))


async def added(sealed: bytes, token: bytes, keys: SealKeys, authority: Authority, *, when: datetime) -> bytes:
    """What is to stand behind a sealed part that announces it; `token` is the time-stamp in its seal.

    Raises Unanswered when an answer or the second time-stamp does not come, BadKeys when the chain of the seal's
    certificate has no root.
    """
    stamped = stamp.read(token)
    chain = [x509.load_pem_x509_certificate(keys.certificate), *map(x509.load_der_x509_certificate, keys.chain)]
    try:
        whole = complete(chain, ())
    except BadSeal as error:
        raise BadKeys(
            "The certificates that came with the seal's key do not lead to a root; a seal that is to last needs "
            "them all: put its issuers, up to the root, beside it."
        ) from error
    with pikepdf.open(io.BytesIO(sealed), inherit_page_attributes=False) as pdf:
        at = appended.places(sealed, pdf)
    held = await validation.held(
        (whole, stamped.chain), since=stamped.facts["gen_time"].native, seconds=authority.seconds
    )
    made = appended.validation(at, held)
    return made + await _archive(sealed, made, at, authority, when) if at.field else made


async def _archive(sealed: bytes, made: bytes, at: Places, authority: Authority, when: datetime) -> bytes:
    """The time-stamp over the sealed part and all that was added to it."""
    behind = appended.behind(at, made)
    head, _, tail = appended.archive(behind, b"")
    digest = hashlib.new(METHOD)
    for piece in (sealed, made, head, tail):
        digest.update(piece)
    return b"".join(appended.archive(behind, await authority.token(digest.digest(), METHOD, when=when)))
