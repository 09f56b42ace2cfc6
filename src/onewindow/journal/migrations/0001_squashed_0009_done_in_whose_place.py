"""All tables of this package at once, for a new database; one of before went through the files that this replaces."""

import django.db.models.deletion
import django.db.models.fields.json
from django.db import migrations, models

from onewindow.ground.at_once import AtOnce

# What was written once stays: the database refuses UPDATE and DELETE of an entry and of a line of the access log.
FORBID = """
CREATE FUNCTION journal_entry_is_for_ever() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'journal entries are for ever' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER journal_entry_for_ever BEFORE UPDATE OR DELETE ON journal_entry
  FOR EACH ROW EXECUTE FUNCTION journal_entry_is_for_ever();
"""
ALLOW = """
DROP TRIGGER journal_entry_for_ever ON journal_entry;
DROP FUNCTION journal_entry_is_for_ever();
"""
FORBID_ACCESS = """
CREATE FUNCTION journal_access_is_for_ever() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'lines of the access log are for ever' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER journal_access_for_ever BEFORE UPDATE OR DELETE ON journal_access
  FOR EACH ROW EXECUTE FUNCTION journal_access_is_for_ever();
"""
ALLOW_ACCESS = """
DROP TRIGGER journal_access_for_ever ON journal_access;
DROP FUNCTION journal_access_is_for_ever();
"""
# The next errand is found without reading all that wait.
FETCH = "procrastinate_fetch_job_v2(varchar[], bigint)"


class Migration(migrations.Migration):

    replaces = [('journal', '0001_initial'), ('journal', '0002_entries_are_for_ever'), ('journal', '0003_failures'), ('journal', '0004_accesses_are_for_ever'), ('journal', '0005_overreach_list'), ('journal', '0006_light_turned_once'), ('journal', '0007_fewer_indexes'), ('journal', '0008_errand_found_by_lock'), ('journal', '0009_done_in_whose_place')]

    initial = True

    dependencies = [
        ('procrastinate', '0041_post_retry_failed_job'),
    ]

    operations = [
        AtOnce([
            migrations.CreateModel(
                name='Subject',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('county', models.CharField(max_length=12)),
                    ('kind', models.CharField(max_length=20)),
                    ('number', models.CharField(max_length=40)),
                    ('head', models.BinaryField(default=b'', max_length=32)),
                    ('length', models.PositiveIntegerField(default=0)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('county', 'kind', 'number'), name='subject_number_once')],
                },
            ),
            migrations.CreateModel(
                name='Entry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('county', models.CharField(max_length=12)),
                    ('subject', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='journal.subject')),
                    ('place', models.PositiveIntegerField()),
                    ('fact', models.CharField(max_length=40)),
                    ('on', models.DateField()),
                    ('at', models.DateTimeField()),
                    ('by', models.CharField(max_length=40)),
                    ('body', models.JSONField(default=dict)),
                    ('before', models.BinaryField(max_length=32)),
                    ('hash', models.BinaryField(max_length=32)),
                ],
                options={
                    'ordering': ['subject', 'place'],
                    'indexes': [models.Index(fields=['county', 'at'], name='journal_ent_county_256ad5_idx'), models.Index(fields=['county', 'fact', 'on'], name='journal_ent_county_55bc8a_idx'), models.Index(django.db.models.fields.json.KeyTextTransform('instead', 'body'), models.F('id'), condition=models.Q(('body__has_key', 'instead')), name='entry_instead')],
                    'constraints': [models.UniqueConstraint(fields=('subject', 'place'), name='entry_place_once'), models.UniqueConstraint(models.F('subject'), django.db.models.fields.json.KeyTextTransform('term', 'body'), django.db.models.fields.json.KeyTextTransform('due', 'body'), django.db.models.fields.json.KeyTextTransform('light', 'body'), condition=models.Q(('fact', 'LightTurned')), name='light_turned_once')],
                },
            ),
            migrations.CreateModel(
                name='Access',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('county', models.CharField(max_length=12)),
                    ('at', models.DateTimeField()),
                    ('by', models.CharField(max_length=40)),
                    ('what', models.CharField(max_length=40)),
                    ('about', models.CharField(blank=True, max_length=80)),
                    ('reason', models.CharField(blank=True, max_length=200)),
                    ('origin', models.CharField(blank=True, max_length=45)),
                ],
                options={
                    'indexes': [models.Index(fields=['county', 'at'], name='journal_acc_county_e27864_idx'), models.Index(fields=['by', 'at'], name='journal_acc_by_80f142_idx'), models.Index(condition=models.Q(('about', ''), _negated=True), fields=['about'], name='access_about'), models.Index(condition=models.Q(('what', 'overreach')), fields=['county', '-id'], name='access_overreach')],
                },
            ),
            migrations.CreateModel(
                name='Head',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('county', models.CharField(max_length=12)),
                    ('at', models.DateTimeField()),
                    ('last_entry', models.PositiveBigIntegerField()),
                    ('seen_entry', models.PositiveBigIntegerField()),
                    ('entries', models.PositiveIntegerField()),
                    ('before', models.BinaryField(max_length=32)),
                    ('hash', models.BinaryField(max_length=32)),
                ],
                options={
                    'indexes': [models.Index(fields=['county', 'last_entry'], name='journal_hea_county_d63722_idx')],
                },
            ),
            migrations.CreateModel(
                name='Failure',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('county', models.CharField(max_length=12)),
                    ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='failures', to='journal.entry')),
                    ('follower', models.CharField(max_length=120)),
                    ('at', models.DateTimeField()),
                    ('times', models.PositiveIntegerField(default=1)),
                    ('error', models.CharField(max_length=300)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('entry', 'follower'), name='failure_once_per_duty')],
                },
            ),
        ]),
        migrations.RunSQL(FORBID, ALLOW),
        migrations.RunSQL(FORBID_ACCESS, ALLOW_ACCESS),
        migrations.RunSQL(
            "CREATE INDEX journal_errand_lock ON procrastinate_jobs (lock, id) WHERE status IN ('todo', 'doing')",
            "DROP INDEX journal_errand_lock",
        ),
        *(
            migrations.RunSQL(f"ALTER FUNCTION {FETCH} SET {name} = off", f"ALTER FUNCTION {FETCH} RESET {name}")
            for name in ("enable_sort", "enable_seqscan", "enable_bitmapscan")
        ),
    ]
