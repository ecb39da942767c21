import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('letters', '0014_correspondence'),
    ]

    operations = [
        migrations.AddField(
            model_name='letter',
            name='letterhead_logo',
            field=models.ForeignKey(editable=False, help_text='Printed at the head of page 1.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='letters.document'),
        ),
    ]
