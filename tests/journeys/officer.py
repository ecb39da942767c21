"""What an officer does on the pages of a letter, step by step as the mail and the buttons say."""

from tests.journeys.site import Site
from tests.journeys.visitor import Visitor

CODE = "6-digit code"


def come_in(visitor: Visitor, site: Site, address: str) -> None:
    """Open the link of the invitation."""
    visitor.open(site.mail.link(address))


def sign(visitor: Visitor, site: Site, address: str, button: str = "Sign for") -> str:
    """From the letter to the receipt, with a code where the page asks for one; returns the receipt number."""
    visitor.press(button)
    if visitor.page.get_by_label(CODE).count():
        visitor.fill(CODE, site.mail.code(address))
    visitor.press("Sign the letter")
    return receipt_number(visitor)


def receipt_number(visitor: Visitor) -> str:
    """The number on the receipt page."""
    return visitor.text(".panel-done strong")
