"""The receipt of a signature: what its page and its PDF show, and the PDF itself."""

import dataclasses
import functools

from django.db.models import Q
from django.template.loader import render_to_string

from letters.lifecycle import origin
from letters.models import Edition, Link, Signature, State
from letters.proof import witness
from letters.proof.witness import Witness
from letters.render.receipt import receipt_pdf
from letters.render.site_keys import site_checkpoint
from letters.sign.actions import sealed_in
from signon.site import absolute


@dataclasses.dataclass(frozen=True)
class Receipt:
    """A signature and how it stands: `printed` is the first sealed edition that holds it."""

    signature: Signature
    link: Link
    printed: Edition | None

    @property
    def stands(self) -> bool:
        """Neither withdrawn nor replaced."""
        return not (self.signature.withdrawn_at or self.signature.replaced_at)

    @property
    def proof(self) -> str:
        """Where the public gets the proof of this signature; empty before the release, and where it does not stand."""
        letter = self.link.invitation.letter
        if letter.state != State.PUBLISHED or not (self.stands and self.printed):
            return ""
        return f"/l/{letter.slug}/proof.json?receipt={self.signature.receipt_no}&edition={self.printed.number}"

    @functools.cached_property
    def roster(self) -> Witness:
        """The roster right after this signature and its place in it, signed; made anew from the record each time."""
        letter, signature = self.link.invitation.letter, self.signature
        upto = int(signature.checkpoint.split("\n")[1])
        kept = letter.events.filter(Q(kind__in=("signed", "withdrawn")) | Q(seq=upto), seq__lte=upto).order_by("seq")
        return witness.make(
            site_checkpoint(), origin=origin(letter, "roster"),
            events=list(kept.values("seq", "kind", "data", "private", "hash")), upto=upto,
            receipt=signature.receipt_no, version=signature.version.number,
        )  # fmt: skip

    @property
    def address(self) -> str:
        """Where the receipt can be read later, too."""
        return absolute(f"/r/{self.link.invitation.letter.slug}/receipt/{self.signature.receipt_no}")


def receipt_of(link: Link, receipt_no: str) -> Receipt | None:
    """The receipt with this number, if it is of the society of `link`."""
    rows = Signature.objects.filter(receipt_no=receipt_no, invitation=link.invitation)
    signature = rows.select_related("version", "mandate_file").first()
    return Receipt(signature, link, sealed_in(signature)) if signature else None


def pdf_of(receipt: Receipt) -> bytes:
    """The receipt on paper; raises Unprintable or PressFailed."""
    signature = receipt.signature
    page = render_to_string(
        "pdf/receipt.html",
        {"receipt": receipt, "signature": signature, "link": receipt.link, "letter": receipt.link.invitation.letter},
    )
    files = {"checkpoint.txt": signature.checkpoint.encode(), "roster.txt": receipt.roster.text.encode()}
    return receipt_pdf(page, address=receipt.address, signed_at=signature.signed_at, files=files)
