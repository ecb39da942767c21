from collections import Counter

from django.db import migrations, models

KINDS = ("", "organisation", "person")


def numbers(signers):
    found = Counter(kind for kind, _ in set(signers))
    return {kind: found[kind] for kind in KINDS if found[kind]}


def count(apps, schema_editor):
    """Count what stands in each roster, one roster at a time: each may be tens of megabytes."""
    editions = apps.get_model("letters", "Edition").objects.order_by()
    for pk in list(editions.values_list("pk", flat=True)):
        roster = editions.values_list("roster", flat=True).get(pk=pk)
        signers = [(record.get("kind", ""), record["society"]) for record in roster]
        spoken = {record["society"] for record in roster if record.get("interests")}
        silent = [(kind, name) for kind, name in signers if name not in spoken]
        editions.filter(pk=pk).update(counts={"signed": numbers(signers), "silent": numbers(silent)})


class Migration(migrations.Migration):

    dependencies = [
        ('letters', '0015_letterhead_logo'),
    ]

    operations = [
        migrations.AddField(
            model_name='edition',
            name='counts',
            field=models.JSONField(default=dict, help_text='How many signed, and how many of them declared no interests, by kind.'),
            preserve_default=False,
        ),
        migrations.RunPython(count, migrations.RunPython.noop),
        migrations.AddField(
            model_name='job',
            name='told_at',
            field=models.DateTimeField(blank=True, help_text='When it last came further.', null=True),
        ),
    ]
