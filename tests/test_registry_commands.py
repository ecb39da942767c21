"""The operator's commands for the registry: societies from ROR's published file, and two rows that are one."""

import io
import itertools
import json
import tracemalloc
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from letters.lists.listing import read_listing
from letters.lists.plan import plan
from letters.management.ror_dump import BadDump, organisation, records
from letters.models import Society
from tests import factories

pytestmark = pytest.mark.django_db
FIXTURES = Path(__file__).resolve().parent / "fixtures" / "ror"


def ror(*words: str, file: str = "schema-2.json") -> None:
    call_command("ror", str(FIXTURES / file), *words)


def facts(name: str) -> tuple:
    society = Society.objects.get(official_name=name)
    return (
        society.ror_id, society.country, society.short_name, society.languages,
        [domain.name for domain in society.domains.all()], sorted((n.kind, n.name) for n in society.other_names.all()),
    )  # fmt: skip


def test_ror_takes_active_societies_of_the_second_schema(capsys):
    ror("--type", "nonprofit")
    assert capsys.readouterr().out == "3 new, 0 known, 0 left for a person to decide.\n"
    assert facts("Foundation for Rehabilitation Example") == (
        "https://ror.org/05zz0aa11", "US", "ARI", "en", ["foundation.example"],
        [("acronym", "ARI"), ("alias", "Academy of Rehabilitation Example")],
    )  # fmt: skip
    assert facts("Example Society of Anesthesiologists") == (
        "https://ror.org/02zz0aa22", "KR", "ESA", "en", ["anesthesia.example.kr"],
        [("acronym", "ESA"), ("label", "大韓痲醉例示學會")],
    )  # fmt: skip
    assert facts("Society on a Borrowed Page")[4] == []


def test_ror_takes_the_first_schema():
    ror("--country", "us", file="schema-1.json")
    assert facts("Foundation for Rehabilitation Example") == (
        "https://ror.org/05zz0aa11", "US", "ARI", "", ["foundation.example"],
        [("acronym", "ARI"), ("alias", "Academy of Rehabilitation Example"),
         ("label", "Fondation pour la réhabilitation")],
    )  # fmt: skip


def test_ror_twice_changes_nothing_and_a_dry_run_writes_nothing(capsys):
    ror("--country", "KR", "--dry-run")
    assert Society.objects.count() == 0
    ror("--country", "KR")
    before = facts("Example Society of Anesthesiologists")
    ror("--country", "KR")
    assert capsys.readouterr().out.splitlines() == [
        f"{counts} known, 0 left for a person to decide." for counts in ("1 new, 0", "1 new, 0", "0 new, 1")
    ]
    assert facts("Example Society of Anesthesiologists") == before


def test_ror_fills_what_is_empty_and_overwrites_nothing():
    Society.objects.create(official_name="Example Society of Anesthesiologists", short_name="Own", country="KR")
    ror("--id", "https://ror.org/02zz0aa22")
    (society,) = Society.objects.all()
    assert (society.short_name, society.ror_id) == ("Own", "https://ror.org/02zz0aa22")


def test_ror_never_takes_a_society_for_another_by_alias_or_acronym():
    Society.objects.create(official_name="Academy of Rehabilitation Example", short_name="ARI", country="US")
    ror("--id", "05zz0aa11")
    assert Society.objects.count() == 2
    text = "society,short_name,country,contact_name,office,email\nRehabilitation Academy,ARI,US,A,Chair,a@b.example\n"
    (entry,) = plan(factories.drafted(), read_listing(text.encode(), name="x.csv")).entries
    assert (entry.state, len(entry.likely)) == ("ambiguous", 2)


def test_ror_leaves_a_name_with_another_id_to_a_person(capsys):
    Society.objects.create(
        official_name="Example Society of Anesthesiologists", country="KR", ror_id="https://ror.org/00zz0aa99"
    )
    ror("--country", "KR")
    assert (
        "is in the registry as Example Society of Anesthesiologists, https://ror.org/00zz0aa99."
        in capsys.readouterr().out
    )
    assert Society.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{}", "does not begin with a JSON array"),
        ("", "does not begin with a JSON array"),
        ('[{"id": "https://ror.org/05zz0aa11"', "breaks off or is damaged behind record 0"),
        ('[{"id": "https://ror.org/05zz0aa11", "names": []}]', "https://ror.org/05zz0aa11 has another shape"),
        ('[{"id": "12", "name": "X"}]', "The record 12 has another shape"),
        ("[3]", "Record 1 is not an object"),
    ],
)
def test_ror_refuses_what_is_no_dump_in_one_sentence(tmp_path, text, sentence):
    (tmp_path / "dump.json").write_text(text)
    with pytest.raises(CommandError, match=sentence) as caught:
        call_command("ror", str(tmp_path / "dump.json"), "--country", "US")
    assert caught.value.returncode == 2
    assert Society.objects.count() == 0


def test_ror_asks_for_a_choice_and_for_a_file_that_is_there(tmp_path):
    with pytest.raises(CommandError, match="choose by --country, --type or --id"):
        ror()
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("ror", str(tmp_path / "none.json"), "--country", "US")


class Endless(io.TextIOBase):
    """A dump of many records that is never whole in memory."""

    def __init__(self, record: str, times: int) -> None:
        self.parts = itertools.chain(["["], itertools.repeat(record + ",\n", times - 1), [record, "]"])
        self.held = ""

    def read(self, size: int = -1) -> str:
        while len(self.held) < size and (part := next(self.parts, None)):
            self.held += part
        given, self.held = self.held[:size], self.held[size:]
        return given


@pytest.mark.slow
def test_a_dump_of_any_length_is_read_in_little_memory():
    record = json.dumps(json.loads((FIXTURES / "schema-2.json").read_text())[0])
    times = 40_000_000 // len(record)
    tracemalloc.start()
    count = sum(organisation(one).country == "US" for one in records(Endless(record, times)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (count, peak < 12_000_000) == (times, True)


def test_a_record_without_end_is_refused_before_memory_runs_out():
    with pytest.raises(BadDump, match="breaks off or is damaged behind record 0"):
        list(records(Endless('{"a": "' + "x" * 1000, 20_000)))


def test_merge_by_the_operator(capsys):
    keep, drop = (Society.objects.create(official_name=name) for name in ("Society of Counting", "Counting Society"))
    call_command("merge", str(keep.pk), str(drop.pk))
    assert capsys.readouterr().out == "The two are one society now: Society of Counting.\n"
    drop.refresh_from_db()
    assert (drop.merged_into, [name.name for name in keep.other_names.all()]) == (keep, ["Counting Society"])
    with pytest.raises(CommandError, match="Choose two different societies"):
        call_command("merge", str(keep.pk), str(drop.pk))
    with pytest.raises(CommandError, match="No society has the number 0"):
        call_command("merge", "0", str(keep.pk))
