"""The convener's logo stands at the head of page 1, of the sealed letter and of a draft, tagged and described."""

import base64
import dataclasses
import io

import pikepdf
import pytest
from PIL import Image, ImageDraw

from letters.render import conformance
from letters.render.draft import draft_paper
from letters.render.logo import reencoded
from letters.render.pdf import paper
from letters.render.pictures import AT_THE_HEAD, flat
from letters.render.reread import Reread
from letters.render.seal import check_sealed, seal
from tests.letters.render.conftest import WHEN
from tests.letters.render.sheets import site
from tests.letters.render.test_draft import DRAFT

pytestmark = pytest.mark.slow


def logo() -> str:
    """A wide mark on a transparent ground, as it goes on paper."""
    picture = Image.new("RGBA", (1600, 400))
    pen = ImageDraw.Draw(picture)
    pen.ellipse((10, 10, 390, 390), fill="#0b5860")
    pen.rectangle((440, 150, 1590, 250), fill="#0b5860")
    out = io.BytesIO()
    picture.save(out, "PNG")
    return flat(reencoded(out.getvalue()), AT_THE_HEAD)


def figures(pdf: bytes) -> list[str]:
    """The words in the place of each picture, in reading order."""
    file = Reread(pdf)
    elements = file.elements(file.kids(file.part(file.root, "/StructTreeRoot")))
    return [str(element.whole.Alt) for element in elements if element.kind == "/Figure"]


def pictures(pdf: bytes) -> list[tuple[int, int]]:
    """The sizes in pixels of the pictures on page 1."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return [(int(one.Width), int(one.Height)) for one in opened.pages[0].get_images().values()]


@pytest.mark.parametrize("size", ["a4", "letter"])
def test_logo_stands_first_on_the_sealed_letter_with_words_in_its_place(keys, size):
    world = site(keys)
    made = dataclasses.replace(world.sheet(), logo=logo(), paper=size, language="fr", letterhead="1 Main Street\nTown")
    sealed = seal(paper(made, world.files()), keys, reason="Seal", when=WHEN)
    check_sealed(sealed)
    assert figures(sealed)[0] == f"Logo : {made.convener}"
    assert pictures(sealed) == [(600, 150)]


@pytest.mark.parametrize(("size", "width"), [("a4", 595), ("letter", 612)])
def test_logo_and_address_stand_on_a_draft_of_the_same_size(size, width):
    made = draft_paper(dataclasses.replace(DRAFT, logo=logo(), letterhead="1 Main Street\nTown", paper=size))
    assert conformance.problems(made) == []
    assert figures(made) == [f"Logo of {DRAFT.convener}"]
    with pikepdf.open(io.BytesIO(made)) as opened:
        assert {round(float(page.MediaBox[2])) for page in opened.pages} == {width}


def test_letter_without_a_logo_shows_none(keys):
    world = site(keys)
    assert pictures(paper(world.sheet(), {})) == []
    assert base64.b64decode(logo()).startswith(b"\x89PNG")
