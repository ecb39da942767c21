"""Bundles: the same input gives the same bytes, a wrong shape is named, and the README's commands work."""

import hashlib
import io
import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from letters.proof import archive, bundle, taken
from tests.letters.proof import world


def test_build_gives_the_files_of_the_form(honest):
    files = honest.files()
    assert sorted(files) == sorted([*bundle.NAMES, *bundle.MAY_LACK])
    assert files["letter.txt"] == honest.text.encode()
    assert files == honest.files()


def test_manifest_states_letter_and_hashes(honest):
    files = honest.files()
    manifest = json.loads(files[bundle.MANIFEST])
    assert (manifest["format"], manifest["edition"], manifest["version"]) == ("signon/evidence/v1", 1, 2)
    assert manifest["merkle_root"] == bundle.root(honest.roster).hex()
    assert manifest["files"] == {
        name: hashlib.sha256(data).hexdigest() for name, data in files.items() if name != "manifest.json"
    }


@pytest.mark.parametrize(
    ("alter", "problem"),
    [
        (lambda w: w.letter.pop("title"), 'The letter\'s facts lacks "title".'),
        (lambda w: w.roster[1].pop("office"), 'Roster record 2 lacks "office".'),
        (lambda w: w.roster[1].update(email="x"), 'Roster record 2 has an unknown part "email".'),
        (lambda w: w.roster[1]["mandate"].pop("date"), 'Roster record 2 has a "mandate" that lacks "date".'),
        (lambda w: w.roster[1].update(version="2"), 'Roster record 2 has a "version" of the wrong kind.'),
        (lambda w: w.events[3].pop("hash"), 'Event 4 lacks "hash".'),
    ],
)
def test_build_names_a_record_of_another_shape(honest, alter, problem):
    files, wrong = honest.files(), honest.copy()
    alter(wrong)
    with pytest.raises(ValueError, match=r".") as raised:
        bundle.build(
            letter=wrong.letter,
            text=wrong.text,
            roster=wrong.roster,
            events=wrong.events,
            checkpoint=files["checkpoint.txt"].decode(),
            vkey=files["checkpoint-key.txt"].decode(),
            certificate=files["certificate.pem"],
        )
    assert str(raised.value) == problem


def test_to_zip_is_the_same_for_the_same_files_and_read_back(honest):
    files = honest.files()
    assert bundle.to_zip(files) == bundle.to_zip(dict(reversed(files.items())))
    assert bundle.from_zip(bundle.to_zip(files)) == files


def test_files_laid_into_a_folder_are_those_of_build(honest, tmp_path):
    files = honest.files()
    with (tmp_path / "roster.json").open("wb") as file:
        enrolled = bundle.enrol(file, iter(honest.roster))
    with (tmp_path / "events.json").open("wb") as file:
        recorded = bundle.record(file, iter(honest.events))
    assert enrolled == (len(honest.roster), bundle.root(honest.roster))
    assert recorded == (len(honest.events), honest.events[-1]["hash"])
    laid = bundle.lay(
        tmp_path, letter=honest.letter, text=honest.text, enrolled=enrolled, certificate=files["certificate.pem"],
        checkpoint=files["checkpoint.txt"].decode(), vkey=files["checkpoint-key.txt"].decode(),
        proven=files["proofs.json"],
    )  # fmt: skip
    assert {name: path.read_bytes() for name, path in laid.items()} == files
    with (tmp_path / "zip").open("wb") as file:
        archive.write_zip(file, laid)
    assert (tmp_path / "zip").read_bytes() == bundle.to_zip(files)


def packed(entries, packing=zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", packing) as made:
        for name, data in entries:
            made.writestr(name, data)
    return buffer.getvalue()


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "damaged"),
        (b"PK\x03\x04 nothing", "damaged"),
        (packed([("a", b""), ("a", b"")]), "twice"),
        (packed([("../a", b"")]), "plain file name"),
        (packed([("/a", b"")]), "plain file name"),
        (packed([("d/", b"")]), "plain file name"),
        (packed([(".a", b"")]), "plain file name"),
        (packed([(f"f{n}", b"") for n in range(65)]), "at most 64"),
    ],
)
def test_from_zip_refuses_what_may_not_be_opened(data, problem):
    with pytest.raises(archive.BadArchive, match=problem):
        bundle.from_zip(data)


def test_from_zip_stops_a_bomb_at_its_limit(monkeypatch):
    monkeypatch.setattr(archive, "MAX_BYTES", 1_000_000)
    with pytest.raises(archive.BadArchive, match="more than"):
        bundle.from_zip(packed([("bomb", bytes(50_000_000))]))


def commands(readme: str) -> list[str]:
    blocks = re.findall(r"(?:^    .*\n)+", readme, re.MULTILINE)
    return [re.sub(r"^    ", "", block, flags=re.MULTILINE) for block in blocks]


def by_hand(block: str, folder: Path) -> str:
    """What a block of commands prints, run as it stands in the README."""
    for tool in ("bash", "openssl", "sha256sum", "python3"):
        if shutil.which(tool) is None:
            pytest.skip(f"no {tool} on this machine")
    done = subprocess.run(["bash", "-ec", block], cwd=folder, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.fixture(params=[True, False], ids=["with proofs", "without"])
def unpacked(request, honest, tmp_path):
    """The files of evidence with and without a file of proofs, in a folder."""
    made = honest.copy()
    made.proven = request.param
    files = made.files()
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    return files


def test_readme_commands_work_and_show_the_stated_values(honest, unpacked, tmp_path):
    blocks = commands(unpacked["README.txt"].decode())
    hashes, content, root, note, keys = [by_hand(block, tmp_path) for block in blocks[:5]]
    manifest = json.loads(unpacked[bundle.MANIFEST])
    stated = dict(reversed(line.split()) for line in hashes.splitlines())
    assert stated == manifest["files"]
    assert content.split()[0] == honest.letter["content_hash"]
    assert root.strip() == manifest["merkle_root"]
    assert note.strip() == "Signature Verified Successfully"
    assert len(keys.splitlines()) == 2


def test_readme_commands_make_one_proof_and_check_it_alone(honest, unpacked, tmp_path):
    blocks = commands(unpacked["README.txt"].decode())
    root = bundle.root(honest.roster).hex()
    for place, society in enumerate(world.NAMES, start=1):
        assert blocks[6].startswith("place=1\n")
        by_hand(blocks[6].replace("place=1", f"place={place}"), tmp_path)
        made = (tmp_path / "proof.json").read_bytes()
        assert made == taken.proof_of(bundle.to_zip(unpacked), society)
        alone = tmp_path / f"alone-{place}"
        alone.mkdir()
        (alone / "proof.json").write_bytes(made)
        assert by_hand(blocks[7], alone) == f"{society} {root}\n"
        assert by_hand(blocks[3], alone).strip() == "Signature Verified Successfully"


@pytest.mark.parametrize(
    "alter",
    [
        lambda proof: proof["record"].update(office="Treasurer"),
        lambda proof: proof["path"].reverse(),
        lambda proof: proof["path"].pop(),
        lambda proof: proof["path"].append("0" * 64),
        lambda proof: proof.update(index=1),
        lambda proof: proof.update(index=-1),
        lambda proof: proof.update(size=4),
        lambda proof: proof.update(root="0" * 64),
        lambda proof: proof.update(checkpoint=proof["checkpoint"].replace("\n3\n", "\n4\n", 1)),
    ],
)
def test_readme_commands_stop_at_a_proof_that_was_changed(honest, tmp_path, alter):
    proof = json.loads(taken.proof_of(honest.zip(), "Society of Spine & Pain"))
    alter(proof)
    (tmp_path / "proof.json").write_text(json.dumps(proof))
    check = commands(honest.files()["README.txt"].decode())[7]
    done = subprocess.run(["bash", "-ec", check], cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (1, "") and "AssertionError" in done.stderr
