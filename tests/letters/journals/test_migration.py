"""Journals that were on record before they had pages get a key each."""

import importlib

import pytest
from django.apps import apps

from letters.models import Journal

MIGRATION = importlib.import_module("letters.migrations.0003_journals")


@pytest.mark.django_db
def test_each_journal_that_was_there_gets_a_key_of_its_name():
    for number, name in enumerate(("The Lancet", "The Lancet!", "数学", "New")):
        Journal.objects.create(name=name, key=f"old-{number}")
    MIGRATION.give_keys(apps, None)
    assert list(Journal.objects.order_by("pk").values_list("key", flat=True)) == [
        "the-lancet", "the-lancet-2", "journal", "new-2"
    ]  # fmt: skip
