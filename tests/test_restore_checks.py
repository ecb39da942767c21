"""After a restore all that can be checked is checked; what did not hold before is put back and named."""

import json

import pytest
from django.core.management import call_command
from django.db import connection

from letters.models import Signature
from letters.render.site_keys import site_keys
from tests import factories
from tests.letters.dispatch import stage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.mark.parametrize("what", ["event", "head", "text", "roster", "paper"])
def test_what_did_not_hold_before_is_put_back_and_named(tmp_path, settings, capsys, what):
    site_keys()  # made where all tests have them
    settings.DATA = tmp_path / "old"
    letter = stage.sealed() if what == "paper" else factories.closed("bob", "carol")
    query = "UPDATE letters_{} SET {}"
    change = {
        "event": query.format("event", "kind = 'other' WHERE seq = 2"),
        "head": query.format("letter", "events_count = 99"),
        "text": query.format("version", "text = 'Other words.\n'"),
        "roster": query.format("edition", "root = 'abc'"),
        "paper": "SELECT 1",
    }[what]
    with connection.cursor() as cursor:
        cursor.execute(change)
    file = tmp_path / "all.signon"
    call_command("backup", str(file))
    settings.DATA = tmp_path / "new"
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        call_command("restore", str(file), "--replace", "--json")
    assert ended.value.code == 1
    said = json.loads(capsys.readouterr().out)["problems"]
    expected = {
        "event": "Event 2 of the record does not have the hash it states",
        "head": "carries the number 100",
        "text": "the text is not the one its hash names.",
        "roster": "The roster does not lead to its Merkle root.",
        "paper": "edition 1: ",
    }[what]
    assert expected in said[0]
    assert all(one.startswith(letter.slug) for one in said)
    assert Signature.objects.count() == 2
