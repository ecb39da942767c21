"""Tests of the commands: exit status, sentences and files."""

import json

from letters.text.__main__ import main
from letters.text.reading import read
from tests.letters.text.files import docx, p


def test_check_command_prints_lines_and_returns_0(tmp_path, capsys):
    file = tmp_path / "letter.md"
    file.write_text("# T\n\nText.", encoding="utf-8")
    assert main(["check", str(file)]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "ok    The title is “T”."
    assert main(["check", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["words"] == 2


def test_check_command_returns_1_for_undecided_changes(tmp_path):
    file = tmp_path / "letter.docx"
    file.write_bytes(docx(p("a", inner='<w:ins w:author="A"><w:r><w:t>b</w:t></w:r></w:ins>')))
    assert main(["check", str(file)]) == 1
    assert main(["check", str(file), "--tracked", "accept"]) == 0


def test_check_command_takes_bold_lines_as_headings(tmp_path, capsys):
    file = tmp_path / "letter.md"
    file.write_text("# T\n\n**Aims**\n\nText.", encoding="utf-8")
    assert main(["check", str(file), "--bold", "take"]) == 0
    assert "1 heading: Aims." in capsys.readouterr().out
    assert main(["check", str(file)]) == 0
    assert "1 bold line looks like a heading, “Aims”" in capsys.readouterr().out


def test_commands_return_2_with_one_sentence(tmp_path, capsys):
    bad = tmp_path / "bad.docx"
    bad.write_bytes(b"nonsense")
    assert main(["check", str(bad)]) == 2
    assert capsys.readouterr().err.startswith("bad.docx is not a Word document")
    assert main(["check", str(tmp_path / "none.docx")]) == 2
    assert capsys.readouterr().err.strip().endswith("none.docx: No such file or directory.")
    assert main(["check", str(tmp_path)]) == 2


def test_redline_command_writes_a_page(tmp_path, capsys):
    old, new, out = (tmp_path / name for name in ("old.md", "new.md", "out.html"))
    old.write_text("We must ask.", encoding="utf-8")
    new.write_text("We may ask.", encoding="utf-8")
    assert main(["redline", str(old), str(new), "--out", str(out)]) == 0
    assert capsys.readouterr().out == "1 sentence changed; nothing else.\n"
    assert "must</del><ins>" in out.read_text(encoding="utf-8")


def test_redline_command_writes_tracked_changes(tmp_path, capsys):
    old, new, out = (tmp_path / name for name in ("old.md", "new.md", "out.docx"))
    old.write_text("We must ask.", encoding="utf-8")
    new.write_text("We may ask.", encoding="utf-8")
    assert main(["redline", str(old), str(new), "--out", str(out), "--author", "Ann"]) == 0
    assert capsys.readouterr().out == "1 sentence changed; nothing else.\n"
    tracked = read(out.read_bytes(), name="out.docx").tracked
    assert [(c.kind, c.author, c.text) for c in tracked] == [("deleted", "Ann", "must"), ("inserted", "Ann", "may")]
