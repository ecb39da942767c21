"""Our own check of the two standards passes our papers, and finds each thing it looks for."""

import io

import pikepdf
import pytest

from letters.render import conformance

pytestmark = pytest.mark.slow


def changed(pdf: bytes, change) -> list[str]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        change(opened)
        buffer = io.BytesIO()
        opened.save(buffer)
    return conformance.problems(buffer.getvalue())


def first(pdf: pikepdf.Pdf, **wanted: str) -> pikepdf.Object:
    return next(
        item
        for item in pdf.objects
        if isinstance(item, pikepdf.Dictionary) and all(item.get(f"/{key}") == value for key, value in wanted.items())
    )


def test_paper_has_no_problems_before_and_after_its_seal(letter, sealed):
    assert conformance.problems(letter) == []
    assert conformance.problems(sealed) == []


def _metadata(old: bytes, new: bytes):
    def change(pdf):
        pdf.Root.Metadata.write(pdf.Root.Metadata.read_bytes().replace(old, new))

    return change


def _without(*path):
    def change(pdf):
        item = pdf.Root
        for name in path[:-1]:
            item = item[name]
        del item[path[-1]]

    return change


def _run_on_open(pdf):
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def _associate_again(pdf):
    pdf.Root.AF.append(pdf.Root.AF[0])


def _no_headers(pdf):
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/TH":
            item.S = pikepdf.Name.TD


def _skip_heading(pdf):
    first(pdf, S="/H2").S = pikepdf.Name.H4


def _untie_link(pdf):
    del first(pdf, Subtype="/Link")["/StructParent"]


def _empty_link(pdf):
    first(pdf, S="/Link").K = pikepdf.Array()


@pytest.mark.parametrize(
    ("change", "sentences"),
    [
        (_without("/MarkInfo"), ["The file is not marked as tagged."]),
        (_without("/Lang"), ["The file states no language."]),
        (_without("/ViewerPreferences"), ["The file does not ask to show its title."]),
        (_without("/OutputIntents"), ["The file has no output intent for its colours."]),
        (_without("/StructTreeRoot"), ["The file has no structure."]),
        (_run_on_open, ["The file does something when it is opened.", "The file carries a script."]),
        (_metadata(b'conformance="A"', b'conformance="B"'), ["The file does not call itself PDF/A-3a."]),
        (_metadata(b'pdfuaid:part="1"', b'pdfuaid:part="2"'), ["The file does not call itself PDF/UA-1."]),
        (_metadata(b"dc:identifier", b"dc:source"), ["The file's description lacks its identifier."]),
        (_associate_again, ["A file is associated twice."]),
        (_no_headers, ["A table has no header cells."]),
        (_skip_heading, ["A heading of level 4 follows one of level 1."]),
        (_untie_link, ["A link on page 1 is not described."]),
        (_empty_link, ["A link in the structure leads nowhere."]),
        (lambda pdf: first(pdf, S="/Figure").__delitem__("/Alt"), ["A picture has no words in its place."]),
        (lambda pdf: pdf.pages[0].obj.__delitem__("/StructParents"), ["Page 1 is not joined to the structure."]),
    ],
)
def test_problem_is_found(letter, change, sentences):
    # A table on two pages is two tables in the structure.
    assert list(dict.fromkeys(changed(letter, change))) == sentences


def test_font_that_is_not_embedded_is_found(letter):
    def change(pdf):
        del first(pdf, Type="/FontDescriptor")["/FontFile2"]

    assert [problem.split(" ", 3)[3] for problem in changed(letter, change)] == ["is not embedded."]


def test_glyph_without_meaning_is_found(letter):
    def change(pdf):
        table = next(
            item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/ToUnicode" in item
        ).ToUnicode
        table.write(table.read_bytes() + b"\n<0001> <>")

    assert [problem.split(" ", 3)[3] for problem in changed(letter, change)] == ["has a glyph without a meaning."]


def test_attached_file_must_say_how_it_belongs(letter):
    def change(pdf):
        pdf.attachments["letter.txt"].obj.AFRelationship = pikepdf.Name.Unspecified

    assert changed(letter, change) == ["The attached file letter.txt does not say how it belongs to the letter."]


def test_a_picture_that_asks_to_be_smoothed_is_found(letter):
    def change(pdf):
        asked = pdf.make_stream(b"\0", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Interpolate=True)
        pdf.pages[0].obj.Resources.XObject = pikepdf.Dictionary(I1=asked)

    assert changed(letter, change) == ["A picture asks to be smoothed, which PDF/A forbids."]
