"""Seals get their whole life. No act could load one before, so the table is empty and no column needs a default."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ground', '0002_tries'),
        ('letters', '0001_initial'),
        ('places', '0003_county_notices'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='seal',
            name='demo',
        ),
        migrations.RemoveField(
            model_name='seal',
            name='in_force_until',
        ),
        migrations.AddField(
            model_name='seal',
            name='begun_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='seal',
            name='certificate',
            field=models.BinaryField(default=None),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='seal',
            name='confirmed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='seal',
            name='end_asked_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='seal',
            name='end_asked_by',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name='seal',
            name='end_why',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='seal',
            name='ended_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='seal',
            name='ended_by',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name='seal',
            name='key_name',
            field=models.CharField(default=None, max_length=64, unique=True),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='seal',
            name='loaded_at',
            field=models.DateTimeField(default=None),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='seal',
            name='refused_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='seal',
            name='refused_by',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name='seal',
            name='refused_why',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='seal',
            name='valid_from',
            field=models.DateTimeField(default=None),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='seal',
            name='valid_until',
            field=models.DateTimeField(default=None),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='seal',
            name='department',
            field=models.ForeignKey(default=None, on_delete=django.db.models.deletion.PROTECT, related_name='seals', to='places.department'),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='seal',
            name='picture',
            field=models.ForeignKey(default=None, on_delete=django.db.models.deletion.PROTECT, to='ground.storedfile'),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name='seal',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by', ''), models.Q(('confirmed_by', models.F('loaded_by')), _negated=True), _connector='OR'), name='seal_confirmed_by_another'),
        ),
        migrations.AddConstraint(
            model_name='seal',
            constraint=models.CheckConstraint(condition=models.Q(('ended_by', ''), models.Q(('ended_by', models.F('end_asked_by')), _negated=True), _connector='OR'), name='seal_ended_by_another'),
        ),
        migrations.AddConstraint(
            model_name='seal',
            constraint=models.CheckConstraint(condition=models.Q(('begun_at__isnull', True), ('confirmed_at__isnull', False), _connector='OR'), name='seal_begins_when_confirmed'),
        ),
        migrations.AddConstraint(
            model_name='seal',
            constraint=models.UniqueConstraint(condition=models.Q(('begun_at__isnull', False), ('ended_at__isnull', True)), fields=('department',), name='seal_in_force_once'),
        ),
        migrations.AddConstraint(
            model_name='seal',
            constraint=models.UniqueConstraint(condition=models.Q(('begun_at__isnull', True), ('ended_at__isnull', True), ('refused_at__isnull', True)), fields=('department',), name='seal_coming_once'),
        ),
    ]
