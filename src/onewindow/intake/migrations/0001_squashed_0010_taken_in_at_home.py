"""All tables of this package at once, for a new database; one of before went through the files that this replaces."""

import django.db.models.deletion
import onewindow.ground.fields
from django.db import migrations, models

from onewindow.ground.at_once import AtOnce


class Migration(migrations.Migration):

    replaces = [('intake', '0001_initial'), ('intake', '0002_drafts'), ('intake', '0003_originals'), ('intake', '0004_filled_in_online'), ('intake', '0005_finished_at_the_window'), ('intake', '0006_fewer_indexes'), ('intake', '0007_a_paper_may_be_voided'), ('intake', '0008_way_of_handling'), ('intake', '0009_in_which_stay'), ('intake', '0010_taken_in_at_home')]

    initial = True

    dependencies = [
        ('catalogue', '0006_what_the_clock_needs'),
        ('ground', '0002_tries'),
        ('hall', '0001_numbers'),
        ('people', '0013_breaches_of_promises'),
        ('places', '0005_zones_lines_and_devices'),
    ]

    operations = [
        AtOnce([
            migrations.CreateModel(
                name='Application',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('county', models.CharField(max_length=12)),
                    ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='catalogue.itemversion')),
                    ('department', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='places.department')),
                    ('applicant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='people.party')),
                    ('agent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='acted_for', to='people.party')),
                    ('channel', models.CharField(choices=[('counter', '窗口'), ('web', '电脑端'), ('phone', '移动端'), ('post', '快递'), ('visit', '上门')], max_length=8)),
                    ('begun_as', models.CharField(blank=True, choices=[('counter', '窗口'), ('web', '电脑端'), ('phone', '移动端'), ('post', '快递'), ('visit', '上门')], default='', max_length=8)),
                    ('mode', models.CharField(choices=[('direct', '直接办理'), ('entrusted', '委托全程代办')], default='direct', max_length=10)),
                    ('window', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to='places.window')),
                    ('taken_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to='people.officer')),
                    ('form', onewindow.ground.fields.EncryptedJSON(default=dict)),
                    ('phone', onewindow.ground.fields.EncryptedText(blank=True, default='')),
                    ('e_service', models.BooleanField(default=False)),
                    ('delivery_way', models.CharField(default='counter', max_length=10)),
                    ('delivery_address', onewindow.ground.fields.EncryptedText(blank=True, default='')),
                    ('begun_at', models.DateTimeField()),
                    ('saved_at', models.DateTimeField()),
                    ('sealed_at', models.DateTimeField(blank=True, null=True)),
                    ('visit', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='hall.visit')),
                    ('once', models.UUIDField()),
                    ('draft', onewindow.ground.fields.EncryptedJSON(default=dict)),
                ],
                options={
                    'indexes': [models.Index(fields=['applicant', 'sealed_at'], name='intake_appl_applica_405431_idx'), models.Index(condition=models.Q(('sealed_at__isnull', True)), fields=['taken_by', '-saved_at'], name='application_drafts'), models.Index(condition=models.Q(('visit__isnull', False)), fields=['visit'], name='application_of_visit')],
                    'constraints': [models.UniqueConstraint(fields=('county', 'once'), name='application_sent_once')],
                },
            ),
            migrations.CreateModel(
                name='Submitted',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('voided', models.BooleanField(default=False)),
                    ('application', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='submitted', to='intake.application')),
                    ('material', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='catalogue.material')),
                    ('how', models.CharField(choices=[('paper', '纸质'), ('scan', '扫描件'), ('upload', '网上上传'), ('form', '网上填写'), ('reused', '以前提交过')], max_length=8)),
                    ('original', models.BooleanField(default=False)),
                    ('copies', models.PositiveSmallIntegerField(default=1)),
                    ('file', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to='ground.storedfile')),
                    ('reused_from', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to='intake.submitted')),
                    ('valid_until', models.DateField(blank=True, null=True)),
                    ('returned_on', models.DateField(blank=True, null=True)),
                    ('added_at', models.DateTimeField()),
                ],
                options={
                    'indexes': [models.Index(fields=['application', 'material'], name='intake_subm_applica_6644e4_idx'), models.Index(condition=models.Q(('file__isnull', False)), fields=['file'], name='submitted_file'), models.Index(condition=models.Q(('reused_from__isnull', False)), fields=['reused_from'], name='submitted_reused'), models.Index(condition=models.Q(('original', True), ('returned_on__isnull', True)), fields=['application'], name='submitted_originals_here')],
                },
            ),
        ]),
    ]
