"""A sealed paper is checked as a whole, in this process or in one of its own, with the same outcome."""

import io

import pikepdf
import pytest

from letters.render import reopened
from letters.render.child import PressFailed

pytestmark = pytest.mark.slow


def untagged(pdf: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        del opened.Root.MarkInfo
        out = io.BytesIO()
        opened.save(out)
    return out.getvalue()


@pytest.mark.parametrize("large", [0, 10**9])
def test_sealed_paper_has_no_problems(monkeypatch, sealed, large):
    monkeypatch.setattr(reopened, "LARGE", large)
    assert reopened.problems(sealed) == []


@pytest.mark.parametrize("large", [0, 10**9])
def test_byte_more_is_found(monkeypatch, sealed, large):
    monkeypatch.setattr(reopened, "LARGE", large)
    assert reopened.problems(sealed + b"\n") == ["1 bytes were added to the file after it was sealed."]


@pytest.mark.parametrize("large", [0, 10**9])
def test_both_checks_are_made_and_that_of_the_seal_is_told_first(monkeypatch, tmp_path, letter, sealed, large):
    monkeypatch.setattr(reopened, "LARGE", large)
    file = tmp_path / "paper.pdf"
    file.write_bytes(sealed.replace(b"/StructParents", b"/StructParentz"))
    assert reopened.problems(file)[0].startswith("The file was changed after it was sealed")
    monkeypatch.setattr(reopened, "CHECKS", {"build": reopened.CHECKS["build"]})
    file.write_bytes(untagged(letter))
    assert reopened.problems(file) == ["The file is not marked as tagged."]


def test_check_that_breaks_down_is_told_apart_from_a_bad_paper(monkeypatch, tmp_path, sealed):
    monkeypatch.setattr(reopened, "LARGE", 0)
    monkeypatch.setattr(reopened, "ROOT", tmp_path)
    monkeypatch.setattr(reopened, "environment", lambda folder: {"PYTHONPATH": folder})
    with pytest.raises(PressFailed, match="could not be checked"):
        reopened.problems(sealed)
