"""The commands as a person calls them: rehearse, sweep, coordinator, and the demo's data."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from letters.desk.overview import cards
from letters.management import seed
from letters.models import Job, Letter, Mail, Signature, Society, User, database_now
from tests import factories

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "letters" / "management" / "demo"


def rehearse(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command as a program, with nothing of this test's environment that points to a database."""
    env = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "REDIS_URL")}
    command = [sys.executable, str(ROOT / "manage.py"), "rehearse", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, env=env, check=False, timeout=120)


@pytest.mark.slow
def test_rehearse_plays_the_whole_life_of_the_demo_letter(tmp_path):
    out = tmp_path / "out"
    done = rehearse(
        DEMO / "letter-v1.md", "--then", DEMO / "letter-v2.md", "--societies", DEMO / "societies.csv", "--out", out
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert {path.name for path in out.iterdir()} == {"letter.pdf", "evidence.zip", "journal.eml", "mail", "report.txt"}
    report = (out / "report.txt").read_text()
    assert "societies: 34" in report
    assert report.rstrip().endswith("It holds.")
    check = [sys.executable, "-m", "letters.proof", str(out / "letter.pdf"), "--json"]
    assert json.loads(subprocess.run(check, capture_output=True, cwd=ROOT, check=True).stdout)["ok"] is True


@pytest.mark.slow
def test_rehearse_with_the_real_letters_and_names_in_seven_scripts(inputs, tmp_path):
    done = rehearse(
        inputs / "multisociety-letter-v1.docx", "--then", inputs / "multisociety-letter-v2.docx",
        "--societies", inputs / "societies-34.csv", "--out", tmp_path / "out", "--json",
    )  # fmt: skip
    assert done.returncode == 0
    said = json.loads(done.stdout)
    assert (said["holds"], said["facts"]["societies"], said["facts"]["version"]) == (True, 34, 2)
    assert len(done.stderr.strip().splitlines()) == len(said["stages"])


@pytest.mark.slow
def test_rehearse_writes_what_each_journal_is_given(tmp_path):
    out = tmp_path / "out"
    done = rehearse(
        DEMO / "letter-v1.md", "--societies", DEMO / "societies.csv", "--out", out,
        "--journal", "interventional-pain-medicine", "--journal", "nejm-letter", "--target", "10.1136/bmj.r179",
    )  # fmt: skip
    assert done.stderr == ""
    folders = sorted((out / "submission").iterdir())
    assert [folder.name for folder in folders] == ["interventional-pain-medicine", "nejm-letter"]
    for folder in folders:
        assert len(list(folder.iterdir())) == len((folder / "README.txt").read_text().split("\n\n")[1].splitlines()) + 1
        assert (folder / "signed-letter.pdf").read_bytes() == (out / "letter.pdf").read_bytes()
    assert "I write on behalf of 34 societies." in (folders[0] / "covering-letter.txt").read_text()
    assert "On behalf of: 34 societies\nHanded in by: " in (folders[1] / "README.txt").read_text()
    assert "doi:10.1136/bmj.r179" in (folders[1] / "covering-letter.txt").read_text()


@pytest.mark.slow
def test_rehearse_with_three_officers_of_one_society(inputs, tmp_path):
    signers = (inputs / "presidents-statement-signers.csv").read_text().splitlines()
    rows = [f"{signers[0]},email", *(f"{line},officer{n}@society.example" for n, line in enumerate(signers[1:]))]
    people = tmp_path / "signers.csv"
    people.write_text("\n".join(rows))
    done = rehearse(
        inputs / "presidents-statement.docx",
        "--societies",
        people,
        "--each-officer",
        "--out",
        tmp_path / "out",
        "--json",
    )
    assert done.returncode == 0
    facts = json.loads(done.stdout)["facts"]
    assert (facts["societies"], facts["signatures"]) == (1, 3)


@pytest.mark.parametrize(
    ("letter", "societies", "sentence"),
    [
        (None, "society,contact_name,office,email\nS,T,U,t@s.example\n", "cannot be read"),
        (b"", "society,contact_name,office,email\nS,T,U,t@s.example\n", "letter.docx"),
        (b"PK broken", "society,contact_name,office,email\nS,T,U,t@s.example\n", "letter.docx"),
        (b"# T\n\nText.\n", "", "list.csv is empty"),
        (b"# T\n\nText.\n", "society,contact_name,office\nS,T,U\n", "list.csv, row 1: the column “email” is missing"),
        (b"# T\n\nText.\n", "society,contact_name,office,email\nS,T,U,nowhere\n", "list.csv: Row 2: “nowhere”"),
    ],
)
def test_rehearse_refuses_bad_input_in_one_sentence_and_writes_nothing(tmp_path, letter, societies, sentence):
    source = tmp_path / ("letter.md" if letter and letter.startswith(b"#") else "letter.docx")
    if letter is not None:
        source.write_bytes(letter)
    (tmp_path / "list.csv").write_text(societies)
    with pytest.raises(CommandError, match=r".") as caught:
        call_command("rehearse", str(source), societies=tmp_path / "list.csv", out=tmp_path / "out")
    assert caught.value.returncode == 2
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "out").exists()


def test_rehearse_replaces_no_folder_of_other_files(tmp_path):
    precious = tmp_path / "thesis.txt"
    precious.write_text("chapter 1")
    with pytest.raises(CommandError, match="holds other files"):
        call_command("rehearse", "letter.md", societies=tmp_path / "list.csv", out=tmp_path)
    assert precious.read_text() == "chapter 1"


@pytest.mark.slow
@pytest.mark.django_db
def test_the_demo_has_34_societies_at_mixed_stages():
    letter = seed.seed()
    assert letter.invitations.count() == Society.objects.count() == 34
    live = Signature.objects.live()
    assert (live.filter(version=letter.current).count(), live.exclude(version=letter.current).count()) == (16, 4)
    assert letter.invitations.filter(response="declined").count() == 2
    assert Signature.objects.exclude(withdrawn_at=None).count() == 1
    (card,) = cards(User.objects.known_as(seed.COORDINATOR), database_now())
    assert (card.signed, card.societies) == (16, 34)
    assert "/i/" in seed.officer_link(letter)


@pytest.mark.django_db
def test_sweep_does_all_that_is_due_without_a_broker(capsys):
    factories.signing_open()
    call_command("sweep")
    assert capsys.readouterr().out == "4 jobs done.\n"
    assert set(Mail.objects.values_list("state", flat=True)) == {"sent"}
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}


@pytest.mark.django_db
def test_coordinator_lets_a_person_start_letters():
    call_command("coordinator", "Jo@Desk.example", name="Jo Doe")
    user = User.objects.get(email="jo@desk.example")
    assert (user.name, user.may_convene, user.is_staff) == ("Jo Doe", True, False)
    call_command("coordinator", "jo@desk.example", operator=True)
    assert User.objects.get().is_superuser is True
    with pytest.raises(CommandError, match="not an e-mail address"):
        call_command("coordinator", "jo")
    assert Letter.objects.count() == 0
