"""All tables of this package at once, for a new database; one of before went through the files that this replaces."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.text
import onewindow.ground.fields
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

from onewindow.ground.at_once import AtOnce


class Migration(migrations.Migration):

    replaces = [('guidance', '0001_initial'), ('guidance', '0002_listing_short_first'), ('guidance', '0003_best_rows_of_common_words'), ('guidance', '0004_found_by_how_it_is_handled'), ('guidance', '0005_first_asked')]

    initial = True

    dependencies = [
        ('catalogue', '0005_base_catalogue_papers_settled'),
        ('journal', '0009_done_in_whose_place'),
        ('people', '0011_leaves_and_deputies'),
        ('places', '0003_county_notices'),
    ]

    operations = [
        TrigramExtension(),
        AtOnce([
            migrations.CreateModel(
                name='Listing',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('county', models.CharField(max_length=12)),
                    ('item', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='listing', to='catalogue.item')),
                    ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.department')),
                    ('kind', models.CharField(max_length=12)),
                    ('audience', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, size=None)),
                    ('themes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, size=None)),
                    ('handling', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, size=None)),
                    ('online_depth', models.PositiveSmallIntegerField(default=0)),
                    ('level', models.PositiveSmallIntegerField(default=4)),
                    ('is_open', models.BooleanField()),
                    ('title', models.CharField(max_length=300)),
                    ('also', models.TextField(blank=True)),
                    ('brief', models.TextField(blank=True)),
                    ('letters', models.TextField(blank=True)),
                    ('initials', models.TextField(blank=True)),
                    ('heard', models.TextField(blank=True)),
                    ('body', models.TextField()),
                    ('named_to', models.PositiveIntegerField(default=0)),
                    ('also_to', models.PositiveIntegerField(default=0)),
                    ('brief_to', models.PositiveIntegerField(default=0)),
                    ('tag', models.TextField(default='')),
                    ('near', django.contrib.postgres.search.SearchVectorField()),
                    ('whole', django.contrib.postgres.search.SearchVectorField()),
                ],
                options={
                    'indexes': [models.Index(fields=['county', 'department'], name='guidance_li_county_1798bc_idx'), models.Index(models.F('county'), models.OrderBy(models.F('is_open'), descending=True), django.db.models.functions.text.Length('title'), models.F('item'), name='listing_short_first'), django.contrib.postgres.indexes.GinIndex(fields=['near'], name='listing_near'), django.contrib.postgres.indexes.GinIndex(fields=['whole'], name='listing_whole'), django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('letters', name='gin_trgm_ops'), name='listing_letters')],
                },
            ),
            migrations.CreateModel(
                name='Gram',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('county', models.CharField(max_length=12)),
                    ('gram', models.CharField(max_length=24)),
                    ('items', models.PositiveIntegerField()),
                    ('anywhere', models.PositiveIntegerField(default=0)),
                    ('best', models.JSONField(null=True)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('county', 'gram'), name='gram_once')],
                },
            ),
            migrations.CreateModel(
                name='Missed',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('county', models.CharField(max_length=12)),
                    ('typed', models.CharField(max_length=40)),
                    ('times', models.PositiveIntegerField()),
                    ('last_at', models.DateTimeField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('county', 'typed'), name='missed_once')],
                },
            ),
            migrations.CreateModel(
                name='Asked',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('county', models.CharField(max_length=12)),
                    ('subject', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='asked', to='journal.subject')),
                    ('about', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='asked_about', to='journal.subject')),
                    ('party', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.party')),
                    ('number', models.CharField(max_length=40)),
                    ('channel', models.CharField(choices=[('counter', '窗口'), ('phone', '电话'), ('online', '网上留言')], max_length=8)),
                    ('who', onewindow.ground.fields.EncryptedText(blank=True, default='')),
                    ('phone', onewindow.ground.fields.EncryptedText(blank=True, default='')),
                    ('what', onewindow.ground.fields.EncryptedText()),
                    ('answer', onewindow.ground.fields.EncryptedText(blank=True, default='')),
                    ('first', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='first_asked', to='people.officer')),
                    ('keeper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='asked', to='people.officer')),
                    ('offered_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='asked_offers', to='people.officer')),
                    ('asked_at', models.DateTimeField()),
                    ('due_on', models.DateField()),
                    ('reminded_on', models.DateField(blank=True, null=True)),
                    ('late_told_on', models.DateField(blank=True, null=True)),
                    ('answered_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('answered_at__isnull', True)), fields=['keeper', 'due_on', 'id'], name='asked_open'), models.Index(condition=models.Q(('answered_at__isnull', True)), fields=['county', 'due_on', 'id'], name='asked_late'), models.Index(condition=models.Q(('offered_to__isnull', False)), fields=['offered_to'], name='asked_offered'), models.Index(fields=['first', '-id'], name='asked_of_first')],
                    'constraints': [models.UniqueConstraint(fields=('county', 'number'), name='asked_number_once')],
                },
            ),
        ]),
    ]
