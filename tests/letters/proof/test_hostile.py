"""Files from strangers: a plain verdict in bounded time, never an exception."""

import io
import random
import time
import zlib

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.proof import bundle
from letters.proof.apart import verify_apart
from letters.proof.verify import verify_bundle, verify_file, verify_pdf
from tests.examples import examples
from tests.letters.proof import world
from tests.letters.proof.stamp import seal, with_files


def problems(data: bytes) -> list[str]:
    verdict = verify_file(data)
    assert not verdict.ok and verdict.headline and not verdict.proven
    return verdict.problems


@given(st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"PK\x05\x06"]), st.binary(max_size=2_000))
@examples(150)
def test_verify_file_refuses_random_bytes(head, tail):
    assert len(problems(head + tail)) == 1


def test_verify_refuses_the_wrong_kind_of_file(honest_pdf, honest_zip):
    assert not verify_pdf(honest_zip).ok
    assert not verify_bundle(honest_pdf).ok
    assert problems(b"GIF89a") == ["The file is neither a PDF nor a zip of evidence."]
    assert problems(b"") == ["The file is neither a PDF nor a zip of evidence."]


def test_verify_pdf_refuses_an_encrypted_file(honest_pdf):
    with pikepdf.open(io.BytesIO(honest_pdf)) as pdf:
        open_to_all = world.saved(pdf, encryption=pikepdf.Encryption(owner="o", user=""))
        locked = world.saved(pdf, encryption=pikepdf.Encryption(owner="o", user="u"))
    assert problems(open_to_all) == ["The PDF is encrypted; a sealed letter never is."]
    assert problems(locked) == ["The PDF is locked with a password; a sealed letter never is."]


def test_verify_pdf_refuses_another_letter_sealed_without_evidence(honest):
    stranger = seal(with_files([["Some contract"]], {}), world.SEAL_KEY, honest.certificate())
    assert problems(stranger) == ["The evidence is not complete: README.txt is missing."]


@pytest.mark.parametrize("extra", [{"more.txt": b"x"}, {"letter (1).txt": b"x"}])
def test_verify_pdf_refuses_further_attached_files(honest, extra):
    assert problems(honest.pdf(files=honest.files() | extra)) == [
        f'The evidence holds a file that does not belong to it: "{next(iter(extra))}".'
    ]


def test_verify_pdf_refuses_a_missing_attached_file(honest):
    files = honest.files()
    del files["events.json"]
    assert problems(honest.pdf(files=files)) == ["The evidence is not complete: events.json is missing."]


def resealed(honest, alter) -> bytes:
    with pikepdf.open(io.BytesIO(with_files(honest.pages(), honest.files()))) as pdf:
        alter(pdf)
        kept = world.saved(pdf, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
        return seal(kept, world.SEAL_KEY, honest.certificate())


def attached_twice(pdf):
    names = pdf.Root.Names.EmbeddedFiles
    leaf = names if "/Names" in names else names.Kids[0]
    leaf.Names.extend([leaf.Names[0], leaf.Names[1]])


def two_names(pdf):
    pdf.attachments["letter.txt"].obj.F = "other.txt"


def other_packing(pdf):
    stream = pdf.attachments["letter.txt"].obj.EF.F
    pdf.attachments["letter.txt"].obj.EF.UF = stream
    stream.write(zlib.compress(stream.read_bytes()), filter=pikepdf.Name.FlateDecode)
    stream.DecodeParms = pikepdf.Dictionary(Predictor=1)


def loose_file(pdf):
    spec = pikepdf.AttachedFileSpec(pdf, b"x", filename="loose.txt")
    pdf.Root.AF = pikepdf.Array([pdf.make_indirect(spec.obj)])


def attachments_bomb(pdf):
    pdf.attachments["letter.txt"].obj.EF.F.write(zlib.compress(bytes(300 * 2**20), 1), filter=pikepdf.Name.FlateDecode)


def no_list(pdf):
    del pdf.Root["/Names"]


def nothing_attached(pdf):
    del pdf.Root["/AF"]
    pdf.Root.Names = pikepdf.Array([])


def own_parent(pdf):
    names = pdf.Root.Names.EmbeddedFiles
    del names["/Names"]
    names.Kids = pikepdf.Array([pdf.make_indirect(names)] * 3)


@pytest.mark.parametrize(
    ("alter", "problem"),
    [
        (attached_twice, "is attached twice"),
        (two_names, "two names"),
        (other_packing, "is packed in a way"),
        (loose_file, "associated with the PDF"),
        pytest.param(attachments_bomb, "unpacks to far more", marks=pytest.mark.slow),
        (own_parent, "leads back to itself"),
        (no_list, "associated with the PDF"),
        (nothing_attached, "not complete"),
    ],
)
def test_verify_pdf_refuses_a_misleading_list_of_files(honest, alter, problem):
    began = time.process_time()
    assert problem in problems(resealed(honest, alter))[0]
    assert time.process_time() - began < 5


def test_verify_pdf_refuses_pages_that_do_not_show_what_was_signed(honest):
    (title, printed), names = honest.pages()
    assert verify_pdf(honest.pdf(pages=[[title, printed], names])).problems == []
    for pages, problem in (
        ([[title], names], "The pages do not show the content hash of the letter."),
        ([[title, printed], names[:2]], f"The evidence names {names[2]}, but the pages do not show"),
        ([[title, printed], names[::-1]], f"The evidence names {names[1]}, but the pages do not show"),
    ):
        assert problems(honest.pdf(pages=pages))[0].startswith(problem)


def bomb(megabytes: int) -> bytes:
    """A PDF whose cross-reference stream unpacks to very much."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(2**20)) for _ in range(megabytes)) + packer.flush()
    head = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\n"
    head += b"endobj\n"
    table = b"<</Type/XRef/Size %d/W[1 2 1]/Root 1 0 R/Filter/FlateDecode/Length %d>>"
    table %= megabytes * 2**18, len(packed)
    tail = b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(head)
    return head + b"3 0 obj\n" + table + b"\nstream\n" + packed + tail


@pytest.mark.slow
def test_verify_apart_bounds_memory_and_time():
    began = time.perf_counter()
    verdict = verify_apart(bomb(300), seconds=10, megabytes=400)
    assert not verdict.ok and len(verdict.problems) == 1
    assert time.perf_counter() - began < 40


@pytest.mark.slow
def test_verify_apart_says_so_when_a_limit_is_reached(honest_pdf):
    large = b"%PDF-1.7\n" + bytes(100_000_000)
    assert verify_apart(large, megabytes=90).problems == [
        "The file needs more memory to be checked than is allowed here."
    ]
    assert verify_apart(bomb(300), seconds=1).problems[0].startswith("The ")


@pytest.mark.slow
def test_verify_apart_refuses_a_key_that_is_none(honest_pdf):
    with pytest.raises(ValueError, match="neither a PEM certificate"):
        verify_apart(honest_pdf, trusted=[b"nonsense"])


@pytest.mark.slow
def test_verify_apart_gives_the_same_verdict(honest, honest_pdf, honest_zip):
    pem = honest.files()["certificate.pem"]
    assert verify_apart(honest_pdf) == verify_file(honest_pdf)
    assert verify_apart(honest_pdf, trusted=[pem]) == verify_file(honest_pdf, trusted=[pem])
    assert verify_apart(honest_zip[:-1]) == verify_file(honest_zip[:-1])


def test_verify_bundle_refuses_a_bomb_in_bounded_time(honest):
    began = time.process_time()
    chance = random.Random(3).randbytes(100)
    data = bundle.to_zip({f"{n}.txt": chance * 10_000 for n in range(60)})
    assert not verify_bundle(data).ok
    assert time.process_time() - began < 3
