"""Bundles: the same input gives the same bytes, a wrong shape is named, and the README's commands work."""

import hashlib
import io
import re
import shutil
import subprocess
import zipfile

import pytest

from letters.proof import archive, bundle


def test_build_gives_the_files_of_the_form(honest):
    files = honest.files()
    assert tuple(sorted(files)) == tuple(sorted(bundle.NAMES))
    assert files["letter.txt"] == honest.text.encode()
    assert files == honest.files()


def test_manifest_states_letter_and_hashes(honest):
    files = honest.files()
    manifest = bundle.manifest(honest.letter, honest.roster, files)
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


def test_readme_commands_work_and_show_the_stated_values(honest, tmp_path):
    for tool in ("bash", "openssl", "sha256sum", "python3"):
        if shutil.which(tool) is None:
            pytest.skip(f"no {tool} on this machine")
    files = honest.files()
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    shell = [
        subprocess.run(["bash", "-ec", block], cwd=tmp_path, capture_output=True, text=True)
        for block in commands(files["README.txt"].decode())[:5]
    ]
    assert [(done.returncode, done.stderr) for done in shell] == [(0, "")] * 5
    hashes, content, root, note, keys = [done.stdout for done in shell]
    manifest = bundle.manifest(honest.letter, honest.roster, files)
    stated = dict(reversed(line.split()) for line in hashes.splitlines())
    assert stated == manifest["files"]
    assert content.split()[0] == honest.letter["content_hash"]
    assert root.strip() == manifest["merkle_root"]
    assert note.strip() == "Signature Verified Successfully"
    assert len(keys.splitlines()) == 2
