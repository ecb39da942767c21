"""What a coordinator does at the desk, step by step as the pages offer it."""

import datetime

from tests.factories import ZONE
from tests.journeys.site import Site
from tests.journeys.visitor import Visitor


def today() -> datetime.date:
    """The day it is for the convener of the staged letters; in the first hours of the day in UTC the day before."""
    return datetime.datetime.now(ZONE).date()


def sign_in(visitor: Visitor, site: Site, address: str, at: str | None = "/signin") -> None:
    """With the mailed code, at that page or at the one that is open."""
    if at:
        visitor.open(at)
    visitor.fill("E-mail address", address)
    visitor.press("Continue")
    visitor.fill("Code from the mail", site.mail.code(address))
    visitor.press("Continue")


def open_desk(visitor: Visitor, site: Site, address: str, slug: str) -> None:
    """Sign in and go to the overview of one letter."""
    sign_in(visitor, site, address)
    visitor.open(f"/manage/{slug}")


def row(visitor: Visitor, society: str) -> str:
    """What the grid says about one society."""
    return " ".join(visitor.page.get_by_role("row").filter(has_text=society).inner_text().split())


def upload_version(visitor: Visitor, slug: str, name: str, data: bytes) -> None:
    """Bring in the next text; the page then shows what changed."""
    visitor.open(f"/manage/{slug}/text")
    visitor.attach("The letter", name, data)
    visitor.press("Read the file")
