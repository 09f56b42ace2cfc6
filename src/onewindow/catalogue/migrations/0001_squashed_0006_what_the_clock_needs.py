"""All tables of this package at once, for a new database; one of before went through the files that this replaces."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from onewindow.ground.at_once import AtOnce

# A published version is kept from change by the database itself: a case keeps the version that it began with.
FREEZE = """
CREATE FUNCTION catalogue_version_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state NOT IN ('published', 'retired') THEN
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF TG_OP = 'UPDATE' AND OLD.state = 'published' AND NEW.state = 'retired'
     AND to_jsonb(NEW) - 'state' = to_jsonb(OLD) - 'state' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '已发布的事项版本不能修改，请起草新版本' USING ERRCODE = 'check_violation';
END $$;
CREATE FUNCTION catalogue_material_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  touched bigint[] := CASE TG_OP WHEN 'INSERT' THEN ARRAY[NEW.version_id]
                                 WHEN 'DELETE' THEN ARRAY[OLD.version_id]
                                 ELSE ARRAY[OLD.version_id, NEW.version_id] END;
BEGIN
  IF EXISTS (SELECT 1 FROM catalogue_itemversion
              WHERE id = ANY(touched) AND state IN ('published', 'retired')) THEN
    RAISE EXCEPTION '已发布版本的材料不能修改，请起草新版本' USING ERRCODE = 'check_violation';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER version_frozen BEFORE UPDATE OR DELETE ON catalogue_itemversion
  FOR EACH ROW EXECUTE FUNCTION catalogue_version_frozen();
CREATE TRIGGER material_frozen BEFORE INSERT OR UPDATE OR DELETE ON catalogue_material
  FOR EACH ROW EXECUTE FUNCTION catalogue_material_frozen();
"""
THAW = """
DROP TRIGGER IF EXISTS version_frozen ON catalogue_itemversion;
DROP TRIGGER IF EXISTS material_frozen ON catalogue_material;
DROP FUNCTION IF EXISTS catalogue_version_frozen();
DROP FUNCTION IF EXISTS catalogue_material_frozen();
"""
FREEZE_BASE = """
CREATE FUNCTION catalogue_base_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '基本目录的版本不能修改，请导入新的版本' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER base_frozen BEFORE UPDATE OR DELETE ON catalogue_baseversion
  FOR EACH ROW EXECUTE FUNCTION catalogue_base_frozen();
CREATE TRIGGER paper_frozen BEFORE INSERT OR UPDATE OR DELETE ON catalogue_materialpaper
  FOR EACH ROW EXECUTE FUNCTION catalogue_material_frozen();
"""
THAW_BASE = """
DROP TRIGGER IF EXISTS paper_frozen ON catalogue_materialpaper;
DROP TRIGGER IF EXISTS base_frozen ON catalogue_baseversion;
DROP FUNCTION IF EXISTS catalogue_base_frozen();
"""


class Migration(migrations.Migration):

    replaces = [('catalogue', '0001_initial'), ('catalogue', '0002_versions_changes_imports'), ('catalogue', '0003_published_versions_are_frozen'), ('catalogue', '0004_import_columns'), ('catalogue', '0005_base_catalogue_papers_settled'), ('catalogue', '0006_what_the_clock_needs')]

    initial = True

    dependencies = [
        ('ground', '0002_tries'),
        ('journal', '0003_failures'),
        ('people', '0002_first_county'),
        ('places', '0002_first_county'),
    ]

    operations = [
        AtOnce([
            migrations.CreateModel(
                name='BaseItem',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('county', models.CharField(max_length=12)),
                    ('subject', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to='journal.subject')),
                    ('code', models.CharField(max_length=12)),
                    ('current', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.baseversion')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('county', 'code'), name='base_code_once')],
                },
            ),
            migrations.CreateModel(
                name='BaseVersion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('base', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='catalogue.baseitem')),
                    ('number', models.PositiveIntegerField()),
                    ('name', models.CharField(max_length=300)),
                    ('kind', models.CharField(max_length=12)),
                    ('legal_days', models.PositiveIntegerField(blank=True, null=True)),
                    ('legal_unit', models.CharField(default='working', max_length=8)),
                    ('in_use', models.BooleanField(default=True)),
                    ('content', models.JSONField(default=dict)),
                    ('source', models.CharField(blank=True, max_length=200)),
                    ('effective_on', models.DateField()),
                    ('taken_in_by', models.CharField(max_length=40)),
                    ('taken_in_at', models.DateTimeField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('base', 'number'), name='base_version_once')],
                },
            ),
            migrations.CreateModel(
                name='Item',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('county', models.CharField(max_length=12)),
                    ('subject', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to='journal.subject')),
                    ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='places.department')),
                    ('base_code', models.CharField(blank=True, max_length=12)),
                    ('task_code', models.CharField(blank=True, max_length=36)),
                    ('handle_code', models.CharField(blank=True, max_length=50)),
                    ('local_code', models.CharField(blank=True, max_length=64)),
                    ('state', models.CharField(choices=[('listed', '名录'), ('draft', '起草中'), ('published', '已发布'), ('suspended', '暂停'), ('withdrawn', '已取消')], max_length=10)),
                    ('current', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.itemversion')),
                    ('name', models.CharField(max_length=300)),
                    ('kind', models.CharField(max_length=12)),
                    ('audience', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, size=None)),
                    ('themes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, size=None)),
                    ('aliases', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None)),
                    ('online_depth', models.PositiveSmallIntegerField(default=0)),
                    ('level', models.PositiveSmallIntegerField(default=4)),
                    ('immediate', models.BooleanField(default=False)),
                    ('changed_at', models.DateTimeField()),
                    ('main_item', models.CharField(blank=True, max_length=300)),
                    ('phone', models.CharField(blank=True, max_length=60)),
                    ('moved_in', models.BooleanField(default=False)),
                    ('staffed', models.BooleanField(default=False)),
                    ('empowered', models.BooleanField(default=False)),
                ],
                options={
                    'indexes': [models.Index(fields=['county', 'state', 'department'], name='catalogue_i_county_d94b44_idx')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('handle_code', ''), _negated=True), fields=('county', 'handle_code'), name='item_handle_code_once'), models.UniqueConstraint(condition=models.Q(('local_code', ''), _negated=True), fields=('county', 'local_code'), name='item_local_code_once')],
                },
            ),
            migrations.CreateModel(
                name='ItemVersion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('county', models.CharField(max_length=12)),
                    ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='catalogue.item')),
                    ('number', models.PositiveIntegerField()),
                    ('state', models.CharField(choices=[('draft', '草稿'), ('reviewed', '已审核'), ('published', '已发布'), ('retired', '旧版')], max_length=10)),
                    ('name', models.CharField(max_length=300)),
                    ('kind', models.CharField(max_length=12)),
                    ('legal_days', models.PositiveIntegerField(blank=True, null=True)),
                    ('legal_unit', models.CharField(default='working', max_length=8)),
                    ('promised_days', models.PositiveIntegerField(blank=True, null=True)),
                    ('promised_unit', models.CharField(default='working', max_length=8)),
                    ('immediate', models.BooleanField(default=False)),
                    ('content', models.JSONField(default=dict)),
                    ('form', models.JSONField(default=dict)),
                    ('effective_on', models.DateField(blank=True, null=True)),
                    ('published_at', models.DateTimeField(blank=True, null=True)),
                    ('drafted_by', models.CharField(blank=True, max_length=40)),
                    ('drafted_at', models.DateTimeField(blank=True, null=True)),
                    ('reviewed_by', models.CharField(blank=True, max_length=40)),
                    ('clock', models.JSONField(default=dict)),
                    ('index', models.JSONField(default=dict)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('item', 'number'), name='version_number_once'), models.UniqueConstraint(condition=models.Q(('state', 'published')), fields=('item',), name='one_published_version')],
                },
            ),
            migrations.CreateModel(
                name='Material',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='materials', to='catalogue.itemversion')),
                    ('code', models.CharField(max_length=20)),
                    ('order', models.PositiveSmallIntegerField()),
                    ('name', models.CharField(max_length=200)),
                    ('necessity', models.CharField(choices=[('required', '必要'), ('deferrable', '可容缺'), ('exempt', '免提交')], max_length=12)),
                    ('source', models.CharField(max_length=60)),
                    ('forms', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), size=None)),
                    ('copies', models.PositiveSmallIntegerField(default=1)),
                    ('detail', models.JSONField(default=dict)),
                ],
                options={
                    'ordering': ['version', 'order'],
                    'constraints': [models.UniqueConstraint(fields=('version', 'code'), name='material_code_once')],
                },
            ),
            migrations.CreateModel(
                name='MaterialPaper',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='catalogue.itemversion')),
                    ('code', models.CharField(max_length=20)),
                    ('role', models.CharField(choices=[('blank', '空白表格'), ('sample', '样表')], max_length=6)),
                    ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='ground.storedfile')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('version', 'code', 'role'), name='paper_once')],
                },
            ),
            migrations.CreateModel(
                name='StateNotice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('county', models.CharField(max_length=12)),
                    ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='catalogue.item')),
                    ('kind', models.CharField(choices=[('suspend', '暂停'), ('resume', '恢复'), ('withdraw', '取消')], max_length=10)),
                    ('reason', models.CharField(max_length=300)),
                    ('on', models.DateField()),
                    ('by', models.CharField(max_length=40)),
                    ('at', models.DateTimeField()),
                ],
                options={
                    'indexes': [models.Index(fields=['item', '-id'], name='catalogue_s_item_id_a7f8d8_idx')],
                },
            ),
            migrations.CreateModel(
                name='Change',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('county', models.CharField(max_length=12)),
                    ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='places.department')),
                    ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='catalogue.item')),
                    ('version', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='catalogue.itemversion')),
                    ('which', models.CharField(choices=[('base', '基本目录'), ('implementing', '实施清单')], max_length=14)),
                    ('kind', models.CharField(choices=[('new', '新增'), ('alter', '变更要素'), ('suspend', '暂停'), ('resume', '恢复'), ('withdraw', '取消')], max_length=10)),
                    ('ground', models.CharField(choices=[('business', '业务变化'), ('practice', '实施情况')], max_length=10)),
                    ('reason', models.CharField(max_length=500)),
                    ('wanted_on', models.DateField()),
                    ('state', models.CharField(choices=[('asked', '待审核'), ('approved', '已同意'), ('done', '已生效'), ('declined', '未同意')], max_length=10)),
                    ('asked_by', models.CharField(max_length=40)),
                    ('asked_at', models.DateTimeField()),
                    ('opinion', models.CharField(blank=True, max_length=500)),
                    ('decided_by', models.CharField(blank=True, max_length=40)),
                    ('decided_at', models.DateTimeField(blank=True, null=True)),
                    ('effective_on', models.DateField(blank=True, null=True)),
                ],
                options={
                    'indexes': [models.Index(fields=['county', 'state', '-id'], name='catalogue_c_county_12ea64_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('decided_by', ''), models.Q(('decided_by', models.F('asked_by')), _negated=True), _connector='OR'), name='change_decided_by_another'), models.UniqueConstraint(condition=models.Q(('state__in', ['asked', 'approved'])), fields=('item',), name='one_open_change_per_item')],
                },
            ),
            migrations.CreateModel(
                name='ImportRun',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('county', models.CharField(max_length=12)),
                    ('subject', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to='journal.subject')),
                    ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='ground.storedfile')),
                    ('dry', models.BooleanField()),
                    ('of_base', models.BooleanField(default=False)),
                    ('add_departments', models.BooleanField(default=False)),
                    ('state', models.CharField(choices=[('waiting', '等待'), ('reading', '正在读取文件'), ('running', '正在逐项处理'), ('done', '完成'), ('failed', '文件读不了')], max_length=10)),
                    ('total', models.PositiveIntegerField(default=0)),
                    ('done', models.PositiveIntegerField(default=0)),
                    ('added', models.PositiveIntegerField(default=0)),
                    ('changed', models.PositiveIntegerField(default=0)),
                    ('same', models.PositiveIntegerField(default=0)),
                    ('refused', models.PositiveIntegerField(default=0)),
                    ('remarked', models.PositiveIntegerField(default=0)),
                    ('report', models.JSONField(default=list)),
                    ('unread', models.JSONField(default=list)),
                    ('failure', models.CharField(blank=True, max_length=300)),
                    ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='people.officer')),
                    ('begun_at', models.DateTimeField()),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'indexes': [models.Index(fields=['county', '-id'], name='catalogue_i_county_08b166_idx')],
                },
            ),
        ]),
        migrations.RunSQL(FREEZE, THAW),
        migrations.RunSQL(FREEZE_BASE, THAW_BASE),
    ]
