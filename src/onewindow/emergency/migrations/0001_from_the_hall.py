"""The tables of emergencies were the hall's: not a row is touched, they are only known under another name."""

import django.db.models.deletion
import onewindow.ground.fields
from django.db import migrations, models

from onewindow.ground.at_once import AtOnce

TABLES = ["drill", "drillmeasure", "plan", "incident", "round", "safetyitem", "safetycheck", "safetyuse", "stop", "healthnote", "incidententry"]


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('hall', '0008_extended_service'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(f'ALTER TABLE hall_{name} RENAME TO emergency_{name}', f'ALTER TABLE emergency_{name} RENAME TO hall_{name}')
                for name in TABLES
            ],
            state_operations=[AtOnce([
                migrations.CreateModel(
                    name='Drill',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('county', models.CharField(max_length=12)),
                        ('held_on', models.DateField()),
                        ('people', models.CharField(max_length=300)),
                        ('headcount', models.PositiveSmallIntegerField()),
                        ('course', models.CharField(max_length=400)),
                        ('findings', models.CharField(blank=True, default='', max_length=400)),
                        ('recorded_by', models.CharField(max_length=40)),
                        ('recorded_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['-held_on', '-id'],
                    },
                ),
                migrations.CreateModel(
                    name='DrillMeasure',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('what', models.CharField(max_length=200)),
                        ('who', models.CharField(max_length=60)),
                        ('due_on', models.DateField()),
                        ('done_at', models.DateTimeField(blank=True, null=True)),
                        ('done_by', models.CharField(blank=True, default='', max_length=40)),
                        ('outcome', models.CharField(blank=True, default='', max_length=200)),
                        ('drill', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='measures', to='emergency.drill')),
                    ],
                    options={
                        'ordering': ['due_on', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='Plan',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('county', models.CharField(max_length=12)),
                        ('event', models.CharField(choices=[('fire', '火灾'), ('power', '停电停水'), ('system', '系统或者网络中断'), ('crowd', '人员拥挤'), ('medical', '人员突发疾病'), ('conflict', '冲突和群体事件'), ('weather', '极端天气和灾害'), ('epidemic', '疫情防控'), ('other', '其他突发事件')], max_length=12)),
                        ('version', models.PositiveSmallIntegerField()),
                        ('title', models.CharField(max_length=80)),
                        ('parts', models.JSONField(default=list)),
                        ('steps', models.JSONField(default=list)),
                        ('capacity', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('round_hours', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('advice', models.CharField(blank=True, default='', max_length=60)),
                        ('stage', models.CharField(choices=[('draft', '起草中'), ('approved', '执行中'), ('replaced', '已被新版代替')], default='draft', max_length=10)),
                        ('drafted_by', models.CharField(max_length=40)),
                        ('drafted_at', models.DateTimeField()),
                        ('approved_by', models.CharField(blank=True, default='', max_length=40)),
                        ('approved_at', models.DateTimeField(blank=True, null=True)),
                        ('chief', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.officer')),
                        ('hall', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='places.hall')),
                    ],
                ),
                migrations.CreateModel(
                    name='Incident',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('county', models.CharField(max_length=12)),
                        ('number', models.CharField(max_length=24)),
                        ('what', models.CharField(max_length=300)),
                        ('place', models.CharField(blank=True, default='', max_length=60)),
                        ('opened_at', models.DateTimeField()),
                        ('opened_by', models.CharField(max_length=40)),
                        ('closed_at', models.DateTimeField(blank=True, null=True)),
                        ('closed_by', models.CharField(blank=True, default='', max_length=40)),
                        ('summary', models.TextField(blank=True, default='')),
                        ('harm', models.CharField(blank=True, default='', max_length=300)),
                        ('better', models.CharField(blank=True, default='', max_length=300)),
                        ('hall', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='incidents', to='places.hall')),
                        ('subject', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='incident', to='journal.subject')),
                        ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='incidents', to='emergency.plan')),
                    ],
                ),
                migrations.AddField(
                    model_name='drill',
                    name='plan',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drills', to='emergency.plan'),
                ),
                migrations.CreateModel(
                    name='Round',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField()),
                        ('by', models.CharField(max_length=40)),
                        ('where', models.CharField(max_length=120)),
                        ('incident', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rounds', to='emergency.incident')),
                    ],
                    options={
                        'ordering': ['-at', '-id'],
                    },
                ),
                migrations.CreateModel(
                    name='SafetyItem',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('first_aid', '急救箱'), ('aed', '自动体外除颤器'), ('extinguisher', '灭火器'), ('hydrant', '消火栓'), ('alarm', '火灾报警和应急广播'), ('exit', '疏散通道和应急照明'), ('light', '照明'), ('sanitary', '卫生洁具'), ('epidemic', '防疫物资'), ('other', '其他安全设备')], max_length=16)),
                        ('name', models.CharField(max_length=60)),
                        ('place', models.CharField(max_length=60)),
                        ('keeper', models.CharField(max_length=60)),
                        ('every_days', models.PositiveSmallIntegerField()),
                        ('checked_on', models.DateField()),
                        ('expires_on', models.DateField(blank=True, null=True)),
                        ('warned_for', models.DateField(blank=True, null=True)),
                        ('retired_on', models.DateField(blank=True, null=True)),
                        ('hall', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='safety_items', to='places.hall')),
                    ],
                    options={
                        'ordering': ['kind', 'name'],
                    },
                ),
                migrations.CreateModel(
                    name='SafetyCheck',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('on', models.DateField()),
                        ('by', models.CharField(max_length=40)),
                        ('sound', models.BooleanField()),
                        ('note', models.CharField(blank=True, default='', max_length=200)),
                        ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='checks', to='emergency.safetyitem')),
                    ],
                    options={
                        'ordering': ['-on', '-id'],
                    },
                ),
                migrations.CreateModel(
                    name='SafetyUse',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField()),
                        ('person', models.CharField(max_length=60)),
                        ('why', models.CharField(max_length=200)),
                        ('action', models.CharField(max_length=200)),
                        ('noted_by', models.CharField(max_length=40)),
                        ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uses', to='emergency.safetyitem')),
                    ],
                    options={
                        'ordering': ['-at', '-id'],
                    },
                ),
                migrations.CreateModel(
                    name='Stop',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('county', models.CharField(max_length=12)),
                        ('began_at', models.DateTimeField()),
                        ('until', models.DateTimeField()),
                        ('reason', models.CharField(max_length=60)),
                        ('stopped_by', models.CharField(max_length=40)),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('resumed_by', models.CharField(blank=True, default='', max_length=40)),
                        ('hall', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stops', to='places.hall')),
                    ],
                ),
                migrations.CreateModel(
                    name='HealthNote',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('day', models.DateField()),
                        ('fit', models.BooleanField()),
                        ('note', onewindow.ground.fields.EncryptedText(blank=True, default='')),
                        ('by', models.CharField(max_length=40)),
                        ('at', models.DateTimeField()),
                        ('officer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.officer')),
                        ('incident', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='health', to='emergency.incident')),
                    ],
                    options={
                        'ordering': ['-day', 'officer'],
                        'constraints': [models.UniqueConstraint(fields=('incident', 'officer', 'day'), name='health_once')],
                    },
                ),
                migrations.CreateModel(
                    name='IncidentEntry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('order', models.PositiveSmallIntegerField()),
                        ('planned', models.BooleanField(default=True)),
                        ('what', models.CharField(max_length=200)),
                        ('who', models.CharField(blank=True, default='', max_length=60)),
                        ('done_at', models.DateTimeField(blank=True, null=True)),
                        ('done_by', models.CharField(blank=True, default='', max_length=40)),
                        ('note', models.CharField(blank=True, default='', max_length=200)),
                        ('incident', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='emergency.incident')),
                    ],
                    options={
                        'ordering': ['order', 'id'],
                        'constraints': [models.UniqueConstraint(fields=('incident', 'order'), name='incident_entry_once')],
                    },
                ),
                migrations.AddConstraint(
                    model_name='plan',
                    constraint=models.UniqueConstraint(fields=('hall', 'event', 'version'), name='plan_version_once'),
                ),
                migrations.AddConstraint(
                    model_name='plan',
                    constraint=models.UniqueConstraint(condition=models.Q(('stage', 'approved')), fields=('hall', 'event'), name='plan_in_force_once'),
                ),
                migrations.AddConstraint(
                    model_name='plan',
                    constraint=models.UniqueConstraint(condition=models.Q(('stage', 'draft')), fields=('hall', 'event'), name='plan_draft_once'),
                ),
                migrations.AddIndex(
                    model_name='incident',
                    index=models.Index(fields=['hall', '-opened_at'], name='incident_of_hall'),
                ),
                migrations.AddConstraint(
                    model_name='incident',
                    constraint=models.UniqueConstraint(fields=('county', 'number'), name='incident_number_once'),
                ),
                migrations.AddConstraint(
                    model_name='incident',
                    constraint=models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('plan',), name='incident_open_once'),
                ),
                migrations.AddConstraint(
                    model_name='safetyitem',
                    constraint=models.UniqueConstraint(condition=models.Q(('retired_on__isnull', True)), fields=('hall', 'name'), name='safety_name_once'),
                ),
                migrations.AddIndex(
                    model_name='stop',
                    index=models.Index(fields=['hall', '-began_at'], name='stop_of_hall'),
                ),
                migrations.AddConstraint(
                    model_name='stop',
                    constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('hall',), name='stop_open_once'),
                ),
            ])],
        ),
    ]
