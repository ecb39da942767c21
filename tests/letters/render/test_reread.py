"""A PDF is read object by object, and nothing of it is left out or read twice, whatever form its tables have."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from letters.render import conformance, loose
from letters.render.pdf import LONG, paper
from letters.render.reread import Reread
from letters.render.seal import seal
from letters.render.tables import Tables
from tests.letters.render.conftest import WHEN
from tests.letters.render.lasting import made
from tests.letters.render.sheets import sheet, signatory

TAGS = ("/Table", "/TR", "/TH", "/TD")


def tagged(rows: int = 30) -> bytes:
    """A file with a table of so many rows, a script in its last object, and a link that stands inside its cell."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    table = pdf.make_indirect(Dictionary(S=Name.Table, P=root))
    lines = []
    for number in range(rows):
        line = pdf.make_indirect(Dictionary(S=Name.TR, P=table))
        head = pdf.make_indirect(Dictionary(S=Name.TH, P=line, K=number))
        cell = pdf.make_indirect(Dictionary(S=Name.TD, P=line, K=Array([0, Dictionary(S=Name.Link, K=1)])))
        line.K = Array([head, cell])
        lines.append(line)
    table.K = pdf.make_indirect(Array(lines))
    root.K = table
    pdf.Root.StructTreeRoot = root
    pdf.Root.Script = pdf.make_indirect(Dictionary(Next=Dictionary(S=Name.JavaScript, JS="app.alert(1)")))
    out = io.BytesIO()
    pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def walked(data: bytes) -> list[str]:
    file = Reread(data)
    return [element.kind for element in file.elements(file.kids(file.part(file.root, "/StructTreeRoot")))]


def by_qpdf(data: bytes) -> tuple[list[str], int, list[bytes]]:
    """The tree of structure, the number of pages and all that is no element, as qpdf finds them."""

    def below(element: pikepdf.Object) -> list[str]:
        held = element.get("/K", [])
        kids = list(held) if isinstance(held, pikepdf.Array) else [held]
        found = [kind for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/S" in kid for kind in below(kid)]
        return [str(element.S), *found] if "/S" in element else found

    with pikepdf.open(io.BytesIO(data)) as pdf:
        kinds, pages = below(pdf.Root.StructTreeRoot), len(pdf.pages)
        left = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/S" not in item]
        return kinds, pages, sorted(b" ".join(sorted(str(key).encode() for key in item)) for item in left)


@pytest.fixture(scope="module")
def long(keys) -> bytes:
    """A sealed letter with an annex: two revisions, streams of objects, a stream for each page."""
    many = [signatory(f"Gesellschaft {at}", printed_name=f"Zoë {at}") for at in range(2 * LONG)]
    many += [signatory("Crowded", printed_name=f"Officer {at}") for at in range(3)]
    evidence = {"letter.txt": b"text", "roster.json": b"[]" * 9_000}
    return seal(paper(sheet(signatories=tuple(many)), evidence), keys, reason="Seal", when=WHEN)


@pytest.fixture(scope="module")
def archived(letter, keys) -> bytes:
    """A sealed letter with three revisions, the last two of them ours."""
    return made(letter, keys)[0]


@pytest.mark.parametrize(
    "form", [*(pytest.param(form, marks=pytest.mark.slow) for form in ("sealed", "archived")), "long", "tagged"]
)
def test_it_finds_what_qpdf_finds(form, request):
    data = tagged() if form == "tagged" else request.getfixturevalue(form)
    assert (Tables.of(io.BytesIO(data)) is None) == (form == "tagged")
    file = Reread(data)
    kinds = [element.kind for element in file.elements(file.kids(file.part(file.root, "/StructTreeRoot")))]
    pages = len(list(file.pages(file.kids(file.root, "/Pages"))))
    left = [item for item in file.rest() if isinstance(item, pikepdf.Dictionary) and "/S" not in item]
    left = [item for item in left if item.get("/Type") not in ("/ObjStm", "/XRef") and "/Length" not in item]
    found = sorted(b" ".join(sorted(str(key).encode() for key in item)) for item in left)
    assert (kinds, pages, found) == by_qpdf(data)
    assert len(kinds) > 30


def test_elements_come_in_reading_order():
    assert walked(tagged()) == ["/Table", *["/TR", "/TH", "/TD", "/Link"] * 30]


def test_few_streams_of_objects_are_held(monkeypatch, long):
    monkeypatch.setattr(loose, "STREAMS", 1)
    file = Reread(long)
    assert len(list(file.rest())) == file._loose.size - 1
    assert len(file._loose._streams) == 1


def test_what_streams_hold_is_that_of_qpdf(long):
    found = loose.loose(long)
    with pikepdf.open(io.BytesIO(long)) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Stream) and item.get("/Type") not in ("/ObjStm", "/XRef"):
                assert found.data(item.objgen[0]) == item.read_bytes()
        assert found.root == pdf.Root.objgen[0]


def test_references_become_names_and_nothing_else_changes():
    text = b"<</A 12 0 R/B[1 0 R 2 3 0 R/C 4 0 R]/D(5 0 R)/E<</F 1 0 /G 7 0 R>>/H -1 0 R1>>".replace(b"1 0 /G", b"1/G")
    item = loose.parsed(text.replace(b"/H -1 0 R1", b""))
    assert item.A == "/@12.0"
    assert [str(part) for part in item.B] == ["/@1.0", "2", "/@3.0", "/C", "/@4.0"]
    assert item.E.G == "/@7.0"


def test_faults_are_found():
    assert conformance.problems(tagged())[-2:] == [
        "A link in the structure leads nowhere.",
        "The file carries a script.",
    ]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (b"/S/TH/A", b"/S/TD/A", "A table has no header cells."),
        (b"/S/H2/P", b"/S/H5/P", "A heading of level 5 follows one of level 2."),
        (b"/StructParents", b"/StructParentz", "is not joined to the structure."),
        (b"/Tabs/S", b"/Tabs/S/AA<</O<</S/JavaScript>>>>", "The file carries a script."),
        (b"/FontFile", b"/FontFilf", "is not embedded."),
    ],
)
def test_a_fault_deep_in_an_annex_is_found(monkeypatch, long, old, new, sentence):
    """The change is made in what is read, since a byte of a packed file cannot be changed; only the annex has it."""
    assert conformance.problems(long) == []
    text, changed = loose._ByTables.text, []

    def altered(self, number):
        found = text(self, number)
        if old in found:
            changed.append(number)
            return found.replace(old, new)
        return found

    monkeypatch.setattr(loose._ByTables, "text", altered)
    found = conformance.problems(long)
    assert changed
    assert [problem for problem in found if sentence in problem] == found != []
