"""All tables of this package at once, for a new database; one of before went through the files that this replaces."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from onewindow.ground.at_once import AtOnce


class Migration(migrations.Migration):

    replaces = [('feedback', '0001_initial'), ('feedback', '0002_services_at_windows')]

    initial = True

    dependencies = [
        ('journal', '0001_initial'),
        ('places', '0007_notices_and_calls_for_help'),
    ]

    operations = [
        AtOnce([
            migrations.CreateModel(
                name='Rating',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('county', models.CharField(max_length=12)),
                    ('subject', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='rating', to='journal.subject')),
                    ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='places.department')),
                    ('grade', models.PositiveSmallIntegerField(choices=[(5, '非常满意'), (4, '满意'), (3, '基本满意'), (2, '不满意'), (1, '非常不满意')])),
                    ('reasons', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), default=list, size=None)),
                    ('text', models.CharField(blank=True, max_length=500)),
                    ('channel', models.CharField(max_length=10)),
                    ('given_at', models.DateTimeField()),
                    ('item_name', models.CharField(max_length=300)),
                    ('case_number', models.CharField(blank=True, default='', max_length=40)),
                ],
                options={
                    'indexes': [models.Index(fields=['county', 'grade', '-given_at'], name='feedback_ra_county_e87ee8_idx')],
                },
            ),
        ]),
    ]
