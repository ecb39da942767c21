"""The command: exit status 0, 1 or 2, plain lines or JSON, without Django."""

import json
import subprocess
import sys

import pytest

from letters.proof import bundle
from tests.conftest import ROOT

pytestmark = pytest.mark.slow


def run(*arguments, code=None):
    start = ["-c", code] if code else ["-m", "letters.proof"]
    return subprocess.run([sys.executable, *start, *map(str, arguments)], cwd=ROOT, capture_output=True, text=True)


@pytest.fixture
def files(tmp_path, honest_pdf, honest_zip):
    (tmp_path / "letter.pdf").write_bytes(honest_pdf)
    (tmp_path / "evidence.zip").write_bytes(honest_zip)
    (tmp_path / "changed.pdf").write_bytes(honest_pdf.replace(b"/Author", b"/author").replace(b"obj", b"Obj", 1))
    return tmp_path


def test_main_says_that_it_holds_without_loading_django_or_pyhanko(files):
    code = (
        "import sys; from letters.proof.__main__ import main; status = main(sys.argv[1:]); "
        "print(sorted({'django', 'pyhanko', 'weasyprint'} & set(sys.modules))); sys.exit(status)"
    )
    done = run(files / "letter.pdf", code=code)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("This sealed letter holds: version 2, 3 signatures.")
    assert done.stdout.splitlines()[-1] == "[]"


def test_main_prints_json(files):
    done = run("--json", files / "evidence.zip")
    verdict = json.loads(done.stdout)
    assert (done.returncode, verdict["ok"], verdict["problems"]) == (0, True, [])


def test_main_says_that_it_does_not_hold(files):
    done = run(files / "changed.pdf")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("This file does not hold")


def test_main_trusts_the_key_it_is_given(files, honest):
    (files / "site.pem").write_bytes(honest.files()["certificate.pem"])
    (files / "site.key").write_bytes(honest.files()["checkpoint-key.txt"])
    assert run(files / "letter.pdf", "--trust", files / "site.pem").returncode == 0
    assert run(files / "letter.pdf", "--trust", files / "site.key").returncode == 1
    assert run(files / "evidence.zip", "--trust", files / "site.key").returncode == 0
    assert run(files / "evidence.zip", "--trust", files / "site.pem").returncode == 1


def test_main_takes_one_proof_out_and_checks_it_alone(files, honest):
    proof, root = files / "proof.json", bundle.root(honest.roster).hex()
    done = run(files / "letter.pdf", "--society", "s2", "--out", proof)
    assert (done.returncode, done.stderr) == (0, "")
    assert (
        done.stdout.splitlines()[-1] == f"{proof} can be handed on; ./run verify checks that file without the others."
    )
    assert run(files / "evidence.zip", "--society", "R-0002", "--json").stdout.encode() == proof.read_bytes()
    for more in ([], ["--root", root], ["--against", files / "letter.pdf"]):
        assert run(proof, *more).stdout.startswith("This proof holds: Société de la Douleur")
    verdict = json.loads(run(proof, "--json").stdout)
    assert (verdict["ok"], dict(verdict["facts"])["Place"]) == (True, "2 of 3")
    assert run(proof, "--root", "0" * 64).returncode == 1
    assert run(files / "changed.pdf", "--society", "s2").returncode == 1
    for wrong, said in (
        ([files / "letter.pdf", "--society", "Nobody"], "No society “Nobody” stands in this roster"),
        ([files / "letter.pdf", "--society", "s1", "--out", proof], f"{proof} is there already"),
        ([files / "letter.pdf", "--out", proof], "--out writes the proof of one society"),
        ([files / "letter.pdf", "--root", root], "--root and --against are for the proof of one society"),
        ([proof, "--root", "12"], "“12” is not a Merkle root: that has 64 hexadecimal digits."),
        ([proof, "--society", "s2"], "This file is the proof of one society"),
    ):
        done = run(*wrong)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
        assert done.stderr.startswith(said)


def test_main_says_in_one_sentence_why_it_could_not_try(files):
    for arguments in ([files / "none.pdf"], [files], [files / "letter.pdf", "--trust", files / "letter.pdf"]):
        done = run(*arguments)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
