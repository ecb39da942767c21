from django.db import migrations, models

from letters.models.society_slug import free, readable


def give_slugs(apps, schema_editor):
    """An address for each society that was there before their pages had names, the oldest first."""
    societies = apps.get_model("letters", "Society").objects.order_by("pk")
    taken = set()
    for society in societies.only("official_name", "short_name", "country").iterator():
        stem = readable(society.official_name, society.short_name)
        society.slug = free(stem, society.country, taken)
        taken.add(society.slug)
        societies.filter(pk=society.pk).update(slug=society.slug)


class Migration(migrations.Migration):

    dependencies = [
        ('letters', '0016_edition_counts'),
    ]

    operations = [
        migrations.AddField(
            model_name='society',
            name='slug',
            field=models.CharField(max_length=100, null=True),
        ),
        migrations.RunPython(give_slugs, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='society',
            name='slug',
            field=models.SlugField(allow_unicode=True, editable=False, help_text='Stands in the address of its public page, for good.', max_length=100, unique=True),
        ),
        migrations.AddField(
            model_name='journal',
            name='spoken',
            field=models.CharField(blank=True, default='', help_text='In a sentence, where the name is that of a form.', max_length=200),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='correspondence',
            name='forwarded_by',
            field=models.CharField(blank=True, default='', help_text="In whose mail it came, if another's.", max_length=200),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='submission',
            name='language',
            field=models.CharField(choices=[('en', 'English'), ('de', 'German'), ('es', 'Spanish'), ('fr', 'French')], default='en', help_text='Of the covering letter.', max_length=2),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.CheckConstraint(condition=models.Q(('language__in', ['en', 'de', 'es', 'fr'])), name='submission_language_is_known'),
        ),
        migrations.RemoveConstraint(
            model_name='journalrule',
            name='journal_rule_kind_is_known',
        ),
        migrations.AlterField(
            model_name='journalrule',
            name='kind',
            field=models.CharField(choices=[('submitted', 'Letters can be submitted'), ('words', 'Words at most'), ('excludes', 'Not counted as words'), ('references', 'References at most'), ('style', 'Style of references'), ('target_first', 'First reference is the paper answered'), ('authors', 'Named authors at most'), ('group', 'A group may stand as author'), ('window', 'Window after publication'), ('declarations', 'Declarations asked for'), ('unpublished', 'Only text that is not public yet'), ('article', 'What appears is a journal article'), ('acknowledges', 'Acknowledges a letter within'), ('posts', 'Posts a web response within'), ('answers', 'Decides on a letter within'), ('complaint_receipt', 'Acknowledges a complaint within'), ('complaint_answer', 'Answers a complaint within')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='journalrule',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['submitted', 'words', 'excludes', 'references', 'style', 'target_first', 'authors', 'group', 'window', 'declarations', 'unpublished', 'article', 'acknowledges', 'posts', 'answers', 'complaint_receipt', 'complaint_answer'])), name='journal_rule_kind_is_known'),
        ),
    ]
