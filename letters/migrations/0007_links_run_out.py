from django.db import migrations


def count_from_the_seal(apps, schema_editor):
    """The days after which links end are counted from the last seal or release also where that was before."""
    letters = apps.get_model("letters", "Letter").objects.filter(settled_at=None)
    for letter in letters.filter(state__in=["sealed", "delivered", "published"]):
        sealed = letter.editions.exclude(sealed_at=None).order_by("sealed_at").last()
        letter.settled_at = letter.published_at or (sealed and sealed.sealed_at)
        letter.save(update_fields=["settled_at"])


class Migration(migrations.Migration):

    dependencies = [
        ("letters", "0006_mailing"),
    ]

    operations = [migrations.RunPython(count_from_the_seal, migrations.RunPython.noop)]
