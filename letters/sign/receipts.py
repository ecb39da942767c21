"""The receipt of a signature: what its page and its PDF show, and the PDF itself."""

import dataclasses

from django.template.loader import render_to_string

from letters.models import Edition, Link, Signature
from letters.render.receipt import receipt_pdf
from letters.sign.actions import sealed_in
from signon.site import absolute


@dataclasses.dataclass(frozen=True, slots=True)
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
    return receipt_pdf(
        page, address=receipt.address, signed_at=signature.signed_at, checkpoint=signature.checkpoint
    )  # fmt: skip
