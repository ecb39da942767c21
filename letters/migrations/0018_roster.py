import codecs
import json
import re
from itertools import islice

import django.db.models.deletion
from django.db import connection, migrations, models

from letters.models.society import name_key
from letters.proof import merkle
from letters.proof.records import canonical_json

BLOCK = 2**18  # bytes read at once
CHUNK = 500  # records read, and written, at once
SOUGHT = ("society", "short_name", "printed_name", "office", "country")
_scan = json.JSONDecoder().raw_decode
_BETWEEN = re.compile(r"[\s,]*")
# Asked without an order, PostgreSQL promises none.
_ONE_BY_ONE = (
    "SELECT held.record::text FROM letters_edition, jsonb_array_elements(roster) WITH ORDINALITY held(record, place) "
    "WHERE id = %s ORDER BY held.place"
)


def drop_own_pictures(apps, schema_editor):
    """A society's own picture is drawn when it is asked for; that for all stays."""
    apps.get_model("letters", "Picture").objects.exclude(invitation=None).delete()


def lay_all(apps, schema_editor):
    """Write a row for each record of each roster, which may be hundreds of megabytes and is read in pieces."""
    for pk in list(apps.get_model("letters", "Edition").objects.order_by("pk").values_list("pk", flat=True)):
        lay(apps, pk, records_of(pk))


def lay(apps, edition, records):
    """Write these records as the roster of the edition with this primary key."""
    rows, signatures = apps.get_model("letters", "RosterRecord"), apps.get_model("letters", "Signature")
    waiting = enumerate(records, start=1)
    while chunk := list(islice(waiting, CHUNK)):
        numbers = [record["receipt"] for _, record in chunk]
        known = dict(signatures.objects.filter(receipt_no__in=numbers).values_list("receipt_no", "pk"))
        rows.objects.bulk_create(
            rows(
                edition_id=edition, position=position, signature_id=known[record["receipt"]], record=record,
                leaf=merkle.leaf(canonical_json(record)), kind=record.get("kind", ""), society=record["society"],
                sought=name_key(" ".join(record[part] for part in SOUGHT)),
            )
            for position, record in chunk
        )  # fmt: skip


def records_of(edition):
    """The records of the edition with this primary key, in their order. Raises ValueError where there is no list."""
    if connection.vendor == "postgresql":
        return _from_server(edition)
    return read(_from_file(edition))


def read(blocks):
    """The records that stand in a text of JSON, which comes piece by piece. Raises ValueError for another text."""
    decoder, text, at = codecs.getincrementaldecoder("utf-8")(), "", 0
    begun = False
    for block in blocks:
        text, at = text[at:] + decoder.decode(block), 0
        if not begun and text:
            if text[0] != "[":
                raise ValueError("A roster is a list of records.")
            begun, at = True, 1
        while True:
            between = _BETWEEN.match(text, at)
            at = between.end() if between else at
            try:
                value, at = _scan(text, at)
            except ValueError:  # the rest of this record comes with the next block
                break
            yield value
    if text[at:] != "]":
        raise ValueError("A roster is a list of records, and this one breaks off.")


def _from_server(edition):
    with connection.chunked_cursor() as cursor:
        cursor.execute(_ONE_BY_ONE, [edition])
        while rows := cursor.fetchmany(CHUNK):
            yield from (json.loads(text) for (text,) in rows)


def _from_file(edition):
    """SQLite gives the text piece by piece, as it lies in its file."""
    connection.ensure_connection()
    with connection.connection.blobopen("letters_edition", "roster", edition, readonly=True) as text:
        while block := text.read(BLOCK):
            yield block


class Migration(migrations.Migration):

    dependencies = [
        ('letters', '0017_spoken_names_and_addresses'),
    ]

    operations = [
        migrations.RunPython(drop_own_pictures, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name='picture',
            name='picture_once_per_edition_and_society',
        ),
        migrations.RemoveConstraint(
            model_name='picture',
            name='picture_for_all_once_per_edition',
        ),
        migrations.RemoveField(
            model_name='picture',
            name='invitation',
        ),
        migrations.AlterField(
            model_name='picture',
            name='edition',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='picture', to='letters.edition'),
        ),
        migrations.CreateModel(
            name='RosterRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('leaf', models.BinaryField(help_text='RFC 6962 leaf hash of the canonical record.', max_length=32)),
                ('kind', models.CharField(blank=True, help_text='As in the record; empty for a society.', max_length=20)),
                ('society', models.CharField(help_text='As in the record.', max_length=300)),
                ('sought', models.TextField(help_text='What the public searches, as name_key writes it.')),
                ('record', models.JSONField()),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrolled', to='letters.edition')),
                ('signature', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrolled', to='letters.signature')),
            ],
            options={
                'ordering': ['edition', 'position'],
                'indexes': [models.Index(fields=['edition', 'position', 'leaf'], name='roster_leaves')],
                'constraints': [models.UniqueConstraint(models.F('edition'), models.F('position'), name='roster_place_once_per_edition'), models.UniqueConstraint(models.F('edition'), models.F('signature'), name='roster_signature_once_per_edition')],
            },
        ),
        migrations.RunPython(lay_all, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name='edition',
            name='roster',
        ),
    ]
