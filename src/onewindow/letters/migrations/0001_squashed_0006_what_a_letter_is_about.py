"""All tables of this package at once, for a new database; one of before went through the files that this replaces."""

import django.db.models.deletion
import onewindow.ground.fields
from django.db import migrations, models

from onewindow.ground.at_once import AtOnce


class Migration(migrations.Migration):

    replaces = [('letters', '0001_initial'), ('letters', '0002_seals_by_two_persons'), ('letters', '0003_serving'), ('letters', '0004_corrections'), ('letters', '0005_fewer_indexes'), ('letters', '0006_what_a_letter_is_about')]

    initial = True

    dependencies = [
        ('ground', '0002_tries'),
        ('journal', '0007_fewer_indexes'),
        ('places', '0003_county_notices'),
    ]

    operations = [
        AtOnce([
            migrations.CreateModel(
                name='Seal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('county', models.CharField(max_length=12)),
                    ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seals', to='places.department')),
                    ('name', models.CharField(max_length=100)),
                    ('picture', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='ground.storedfile')),
                    ('certificate', models.BinaryField()),
                    ('key_name', models.CharField(max_length=64, unique=True)),
                    ('valid_from', models.DateTimeField()),
                    ('valid_until', models.DateTimeField()),
                    ('in_force_from', models.DateField()),
                    ('loaded_by', models.CharField(max_length=40)),
                    ('loaded_at', models.DateTimeField()),
                    ('refused_by', models.CharField(blank=True, max_length=40)),
                    ('refused_at', models.DateTimeField(blank=True, null=True)),
                    ('refused_why', models.CharField(blank=True, max_length=200)),
                    ('confirmed_by', models.CharField(blank=True, max_length=40)),
                    ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                    ('begun_at', models.DateTimeField(blank=True, null=True)),
                    ('end_asked_by', models.CharField(blank=True, max_length=40)),
                    ('end_asked_at', models.DateTimeField(blank=True, null=True)),
                    ('end_why', models.CharField(blank=True, max_length=200)),
                    ('ended_by', models.CharField(blank=True, max_length=40)),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('confirmed_by', ''), models.Q(('confirmed_by', models.F('loaded_by')), _negated=True), _connector='OR'), name='seal_confirmed_by_another'), models.CheckConstraint(condition=models.Q(('ended_by', ''), models.Q(('ended_by', models.F('end_asked_by')), _negated=True), _connector='OR'), name='seal_ended_by_another'), models.CheckConstraint(condition=models.Q(('begun_at__isnull', True), ('confirmed_at__isnull', False), _connector='OR'), name='seal_begins_when_confirmed'), models.UniqueConstraint(condition=models.Q(('begun_at__isnull', False), ('ended_at__isnull', True)), fields=('department',), name='seal_in_force_once'), models.UniqueConstraint(condition=models.Q(('begun_at__isnull', True), ('ended_at__isnull', True), ('refused_at__isnull', True)), fields=('department',), name='seal_coming_once')],
                },
            ),
            migrations.CreateModel(
                name='Letter',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('county', models.CharField(max_length=12)),
                    ('subject', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='journal.subject')),
                    ('cause', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='journal.entry')),
                    ('department', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='places.department')),
                    ('kind', models.CharField(max_length=30)),
                    ('title', models.CharField(max_length=100)),
                    ('number', models.CharField(max_length=60)),
                    ('issued_on', models.DateField()),
                    ('issued_at', models.DateTimeField()),
                    ('data', onewindow.ground.fields.EncryptedJSON()),
                    ('seal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='letters.seal')),
                    ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='ground.storedfile')),
                    ('digest', models.BinaryField(max_length=32)),
                    ('code', models.CharField(max_length=24, unique=True)),
                    ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='letters.letter')),
                    ('about', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='journal.entry')),
                    ('demo', models.BooleanField(default=False)),
                ],
                options={
                    'indexes': [models.Index(fields=['subject', 'id'], name='letters_let_subject_8cdcaa_idx')],
                    'constraints': [models.UniqueConstraint(fields=('cause', 'kind'), name='letter_once_per_cause'), models.UniqueConstraint(fields=('county', 'number'), name='letter_number_once')],
                },
            ),
            migrations.CreateModel(
                name='Reissue',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('county', models.CharField(max_length=12)),
                    ('letter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reissues', to='letters.letter')),
                    ('why', models.CharField(max_length=200)),
                    ('wording', onewindow.ground.fields.EncryptedJSON(default=dict)),
                    ('asked_by', models.CharField(max_length=40)),
                    ('asked_at', models.DateTimeField()),
                    ('settled_by', models.CharField(blank=True, max_length=40)),
                    ('settled_at', models.DateTimeField(blank=True, null=True)),
                    ('confirmed', models.BooleanField(blank=True, null=True)),
                    ('remark', models.CharField(blank=True, max_length=200)),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('confirmed__isnull', True)), fields=['county', 'id'], name='reissue_waits')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('confirmed__isnull', True), ('confirmed', True), _connector='OR'), fields=('letter',), name='letter_corrected_once')],
                },
            ),
            migrations.CreateModel(
                name='Service',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('county', models.CharField(max_length=12)),
                    ('letter', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='service', to='letters.letter')),
                    ('way', models.CharField(blank=True, choices=[('counter', '直接送达'), ('left', '留置送达'), ('post', '邮寄送达'), ('online', '电子送达')], max_length=12)),
                    ('served_at', models.DateTimeField(blank=True, null=True)),
                    ('taker', models.CharField(blank=True, max_length=60)),
                    ('taker_paper_kind', models.CharField(blank=True, max_length=20)),
                    ('taker_paper', onewindow.ground.fields.EncryptedText(blank=True, default='')),
                    ('taker_relation', models.CharField(blank=True, max_length=40)),
                    ('signature', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ground.storedfile')),
                    ('window', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='places.window')),
                    ('place', models.CharField(blank=True, max_length=200)),
                    ('why_left', models.CharField(blank=True, max_length=200)),
                    ('witness', models.CharField(blank=True, max_length=100)),
                    ('photo', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ground.storedfile')),
                    ('tracking', models.CharField(blank=True, max_length=40)),
                    ('sent_on', models.DateField(blank=True, null=True)),
                    ('came_back_on', models.DateField(blank=True, null=True)),
                    ('why_back', models.CharField(blank=True, max_length=200)),
                    ('by', models.CharField(blank=True, max_length=40)),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('served_at__isnull', True)), fields=['county', 'id'], name='letter_to_serve')],
                },
            ),
        ]),
    ]
