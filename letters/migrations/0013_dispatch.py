
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('letters', '0012_summaries'),
    ]

    operations = [
        migrations.AddField(
            model_name='submission',
            name='asks_permission',
            field=models.BooleanField(default=False, help_text='The covering letter asks for the permission.'),
        ),
        migrations.AddField(
            model_name='submission',
            name='despite',
            field=models.CharField(blank=True, help_text='Why it goes although preflight says no.', max_length=300),
        ),
        migrations.AddField(
            model_name='submission',
            name='doubtful',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='submission',
            name='words',
            field=models.TextField(blank=True, help_text='The covering letter as it goes, from when it was asked for.'),
        ),
        migrations.AlterField(
            model_name='submission',
            name='covering_letter',
            field=models.TextField(help_text='As it was written, with its fields in braces.'),
        ),
        migrations.AlterField(
            model_name='submission',
            name='state',
            field=models.CharField(choices=[('preparing', 'Being prepared'), ('waiting', 'Waits for a second person'), ('queued', 'Waiting to be sent'), ('sending', 'Being sent'), ('sent', 'Sent'), ('failed', 'Not sent'), ('unknown', 'Cannot tell')], default='preparing', max_length=10),
        ),
    ]
