"""All tables of this package at once, for a new database; one of before went through the files that this replaces."""

import django.contrib.postgres.fields
import django.db.models.deletion
import onewindow.ground.fields
from django.conf import settings
from django.db import migrations, models

from onewindow.ground.at_once import AtOnce

# The shared cache: a one-time code used at one worker must be known as used to all others.
CREATE = """
CREATE TABLE people_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX people_cache_expires ON people_cache (expires);
"""


class Migration(migrations.Migration):

    replaces = [('people', '0001_initial'), ('people', '0002_first_county'), ('people', '0003_used_codes'), ('people', '0004_tokens'), ('people', '0005_claims'), ('people', '0006_sign_in_by_telephone'), ('people', '0007_deaths'), ('people', '0008_numbers_of_an_answer'), ('people', '0009_fewer_indexes'), ('people', '0010_warned_and_barred'), ('people', '0011_leaves_and_deputies'), ('people', '0012_chief_representatives'), ('people', '0013_breaches_of_promises'), ('people', '0014_a_breach_falls_with_its_fact'), ('people', '0015_duties')]

    initial = True

    dependencies = [
        ('journal', '0009_done_in_whose_place'),
        ('places', '0006_sessions_before_office_hours'),
    ]

    operations = [
        AtOnce([
            migrations.CreateModel(
                name='Account',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('password', models.CharField(max_length=128, verbose_name='password')),
                    ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                    ('username', models.CharField(max_length=60, unique=True)),
                    ('email', models.EmailField(blank=True, max_length=254)),
                    ('is_active', models.BooleanField(default=True)),
                    ('joined_at', models.DateTimeField()),
                    ('password_changed_at', models.DateTimeField(blank=True, null=True)),
                    ('phone_hash', onewindow.ground.fields.LookupHash(blank=True, db_index=True, max_length=32, null=True)),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Party',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('person', '自然人'), ('org', '法人或其他组织')], max_length=8)),
                    ('name', models.CharField(max_length=100)),
                    ('paper_kind', models.CharField(choices=[('resident', '居民身份证'), ('household', '户口簿'), ('passport', '护照'), ('hmt_residence', '港澳台居民居住证'), ('hk_macao_pass', '港澳居民来往内地通行证'), ('taiwan_pass', '台湾居民来往大陆通行证'), ('foreign_residence', '外国人永久居留身份证'), ('officer_card', '军官证'), ('uscc', '统一社会信用代码'), ('other_org', '其他组织证明文件')], max_length=20)),
                    ('paper_number', onewindow.ground.fields.EncryptedText()),
                    ('paper_hash', onewindow.ground.fields.LookupHash(max_length=32, unique=True)),
                    ('nation', models.CharField(blank=True, max_length=3)),
                    ('phone', onewindow.ground.fields.EncryptedText(blank=True, default='')),
                    ('address', onewindow.ground.fields.EncryptedText(blank=True, default='')),
                    ('born', models.DateField(blank=True, null=True)),
                    ('sex', models.CharField(blank=True, max_length=1)),
                    ('died_on', models.DateField(blank=True, null=True)),
                    ('barred_until', models.DateField(blank=True, null=True)),
                    ('legal_representative', models.CharField(blank=True, max_length=60)),
                    ('representative', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='represents', to='people.party')),
                    ('guardian', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='wards', to='people.party')),
                    ('guardian_relation', models.CharField(blank=True, max_length=20)),
                    ('account', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='party', to=settings.AUTH_USER_MODEL)),
                    ('e_service_agreed_at', models.DateTimeField(blank=True, null=True)),
                    ('filed_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('guardian', models.F('id')), _negated=True), name='nobody_guards_himself'), models.CheckConstraint(condition=models.Q(('representative', models.F('id')), _negated=True), name='no_party_represents_itself')],
                },
            ),
            migrations.CreateModel(
                name='Death',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deaths', to='people.party')),
                    ('died_on', models.DateField()),
                    ('paper', models.CharField(choices=[('medical', '死亡医学证明（推断）书'), ('household', '户口注销证明'), ('cremation', '火化证明'), ('court', '人民法院宣告死亡的判决书')], max_length=12)),
                    ('by', models.CharField(max_length=40)),
                    ('at', models.DateTimeField()),
                    ('ended_account', models.BooleanField(default=False)),
                    ('undone_at', models.DateTimeField(blank=True, null=True)),
                    ('undone_by', models.CharField(blank=True, max_length=40)),
                    ('why_undone', models.CharField(blank=True, max_length=200)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('party',), name='nobody_dies_twice')],
                },
            ),
            migrations.CreateModel(
                name='Claim',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('county', models.CharField(max_length=12)),
                    ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='people.party')),
                    ('claimant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claimed', to='people.party')),
                    ('relation', models.CharField(blank=True, max_length=20)),
                    ('phone', onewindow.ground.fields.EncryptedText(blank=True, default='')),
                    ('made_at', models.DateTimeField()),
                    ('state', models.CharField(choices=[('open', '待窗口核实'), ('proved', '已核实'), ('ended', '已终止')], default='open', max_length=8)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('party',), name='one_open_claim_per_party')],
                },
            ),
            migrations.CreateModel(
                name='Officer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('county', models.CharField(max_length=12)),
                    ('account', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='officer', to=settings.AUTH_USER_MODEL)),
                    ('name', models.CharField(max_length=60)),
                    ('staff_no', models.CharField(max_length=20)),
                    ('left_on', models.DateField(blank=True, null=True)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('county', 'staff_no'), name='officer_number_once')],
                },
            ),
            migrations.CreateModel(
                name='Post',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('county', models.CharField(max_length=12)),
                    ('name', models.CharField(max_length=60)),
                    ('scope', models.CharField(choices=[('department', '本部门'), ('hall', '本大厅'), ('county', '本县')], max_length=12)),
                    ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='places.department')),
                    ('hall', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='places.hall')),
                    ('window', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='places.window')),
                    ('grants', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None)),
                    ('head', models.BooleanField(default=False)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('department__isnull', False), ('scope', 'department')), models.Q(('hall__isnull', False), ('scope', 'hall')), ('scope', 'county'), _connector='OR'), name='post_scope_has_its_office'), models.UniqueConstraint(fields=('county', 'department', 'hall', 'name'), name='post_name_once', nulls_distinct=False)],
                },
            ),
            migrations.CreateModel(
                name='Holding',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='held', to='people.officer')),
                    ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='held', to='people.post')),
                    ('kind', models.CharField(choices=[('own', '本岗'), ('stand_in', 'B角'), ('chief', '首席事务代表')], default='own', max_length=10)),
                    ('since', models.DateField()),
                    ('until', models.DateField(blank=True, null=True)),
                    ('instead_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='stood_in_for', to='people.officer')),
                    ('absence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='covers', to='people.absence')),
                    ('reason', models.CharField(blank=True, max_length=200)),
                    ('given_by', models.CharField(blank=True, max_length=40)),
                    ('given_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'indexes': [models.Index(fields=['post', 'since'], name='people_hold_post_id_203a32_idx')],
                },
            ),
            migrations.CreateModel(
                name='Absence',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('county', models.CharField(max_length=12)),
                    ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='absences', to='people.officer')),
                    ('kind', models.CharField(choices=[('leave', '休假'), ('sick', '病假'), ('out', '外出'), ('training', '培训')], max_length=10)),
                    ('since', models.DateField()),
                    ('until', models.DateField()),
                    ('from_noon', models.BooleanField(default=False)),
                    ('to_noon', models.BooleanField(default=False)),
                    ('reason', models.CharField(blank=True, max_length=200)),
                    ('entered_by', models.CharField(max_length=40)),
                    ('entered_at', models.DateTimeField()),
                    ('began_at', models.DateTimeField(blank=True, null=True)),
                    ('back_on', models.DateField(blank=True, null=True)),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'indexes': [models.Index(fields=['officer', 'until'], name='absence_of_officer'), models.Index(condition=models.Q(('ended_at__isnull', True)), fields=['since'], name='absence_running')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('until__gte', models.F('since'))), name='absence_has_days')],
                },
            ),
            migrations.CreateModel(
                name='Deputy',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deputies', to='people.post')),
                    ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deputy_of', to='people.officer')),
                    ('named_by', models.CharField(max_length=40)),
                    ('named_at', models.DateTimeField()),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('post',), name='deputy_once_per_post')],
                },
            ),
            migrations.CreateModel(
                name='Block',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('county', models.CharField(max_length=12)),
                    ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='blocks', to='people.party')),
                    ('item', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='journal.subject')),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='blocks', to='journal.subject')),
                    ('item_name', models.CharField(max_length=300)),
                    ('ground', models.CharField(choices=[('false_papers', '隐瞒有关情况或者提供虚假材料申请'), ('fraud', '以欺骗、贿赂等不正当手段取得')], max_length=12)),
                    ('facts', models.CharField(max_length=1000)),
                    ('decision', models.CharField(max_length=200)),
                    ('decided_on', models.DateField()),
                    ('until', models.DateField(blank=True, null=True)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.officer')),
                    ('at', models.DateTimeField()),
                    ('lift_why', models.CharField(blank=True, max_length=500)),
                    ('lift_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.officer')),
                    ('lift_at', models.DateTimeField(blank=True, null=True)),
                    ('lifted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.officer')),
                    ('lifted_at', models.DateTimeField(blank=True, null=True)),
                    ('remark', models.CharField(blank=True, max_length=300)),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('lifted_at__isnull', True)), fields=['party', 'item'], name='block_in_force')],
                    'constraints': [models.UniqueConstraint(fields=('case',), name='barred_once_per_case'), models.CheckConstraint(condition=models.Q(('lifted_by__isnull', True), models.Q(('lifted_by', models.F('lift_by')), _negated=True), _connector='OR'), name='bar_lifted_by_another')],
                },
            ),
            migrations.CreateModel(
                name='Breach',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('county', models.CharField(max_length=12)),
                    ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='breaches', to='people.party')),
                    ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.department')),
                    ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='breaches', to='journal.subject')),
                    ('kind', models.CharField(choices=[('rongque', '容缺材料逾期未补齐'), ('promise', '告知承诺不实')], max_length=8)),
                    ('on', models.DateField()),
                    ('at', models.DateTimeField()),
                    ('why', models.CharField(blank=True, max_length=500)),
                    ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.officer')),
                    ('asked_at', models.DateTimeField(blank=True, null=True)),
                    ('repaired_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.officer')),
                    ('repaired_on', models.DateField(blank=True, null=True)),
                    ('remark', models.CharField(blank=True, max_length=300)),
                    ('voided_on', models.DateField(blank=True, null=True)),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('repaired_on__isnull', True)), fields=['department', '-id'], name='breach_open')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('voided_on__isnull', True)), fields=('subject', 'kind'), name='breach_once_per_case'), models.CheckConstraint(condition=models.Q(('repaired_by__isnull', True), models.Q(('repaired_by', models.F('asked_by')), _negated=True), _connector='OR'), name='breach_repaired_by_another')],
                },
            ),
            migrations.CreateModel(
                name='Delegation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('county', models.CharField(max_length=12)),
                    ('department', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='delegations', to='places.department')),
                    ('holding', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='delegation', to='people.holding')),
                    ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations', to='people.officer')),
                    ('number', models.CharField(max_length=50)),
                    ('title', models.CharField(max_length=60)),
                    ('powers', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None)),
                    ('since', models.DateField()),
                    ('until', models.DateField()),
                    ('given_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.officer')),
                    ('given_at', models.DateTimeField()),
                    ('revoked_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.officer')),
                    ('revoked_at', models.DateTimeField(blank=True, null=True)),
                    ('last_day', models.DateField(blank=True, null=True)),
                    ('why_revoked', models.CharField(blank=True, max_length=200)),
                ],
                options={
                    'indexes': [models.Index(fields=['department', '-until'], name='delegation_of_department')],
                },
            ),
            migrations.CreateModel(
                name='Duty',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('county', models.CharField(max_length=12)),
                    ('hall', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='places.hall')),
                    ('on', models.DateField()),
                    ('kind', models.CharField(choices=[('regular', '工作时间'), ('early', '班前'), ('noon', '午间'), ('evening', '晚间'), ('weekend', '双休日'), ('holiday', '节假日')], max_length=8)),
                    ('role', models.CharField(choices=[('leader', '带班领导'), ('section', '值班股室'), ('window', '窗口'), ('logistics', '后勤保障'), ('technical', '技术保障')], max_length=10)),
                    ('window', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='places.window')),
                    ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='people.officer')),
                    ('section', models.CharField(blank=True, max_length=40)),
                    ('phone', models.CharField(blank=True, max_length=30)),
                    ('named_by', models.CharField(max_length=40)),
                    ('named_at', models.DateTimeField()),
                    ('signed_on_at', models.DateTimeField(blank=True, null=True)),
                    ('dropped_at', models.DateTimeField(blank=True, null=True)),
                    ('unmet_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'indexes': [models.Index(fields=['hall', 'on'], name='duty_of_day')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('dropped_at__isnull', True)), fields=('hall', 'on', 'kind', 'role', 'window', 'officer'), name='duty_once', nulls_distinct=False)],
                },
            ),
            migrations.CreateModel(
                name='ApiToken',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('place', models.ForeignKey(db_column='county', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.county')),
                    ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tokens', to=settings.AUTH_USER_MODEL)),
                    ('name', models.CharField(max_length=60)),
                    ('secret_hash', onewindow.ground.fields.LookupHash(max_length=32, unique=True)),
                    ('scopes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('read', '查询办件'), ('apply', '提交申请'), ('step', '办理办件')], max_length=10), size=None)),
                    ('made_by', models.CharField(max_length=40)),
                    ('made_at', models.DateTimeField()),
                    ('expires_on', models.DateField()),
                    ('withdrawn_by', models.CharField(blank=True, max_length=40)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('used_on', models.DateField(blank=True, null=True)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('account', 'name'), name='token_name_once')],
                },
            ),
            migrations.CreateModel(
                name='ApiAnswer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('token', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='people.apitoken')),
                    ('key', models.CharField(max_length=100)),
                    ('asked', models.BinaryField(max_length=32)),
                    ('status', models.PositiveSmallIntegerField()),
                    ('body', onewindow.ground.fields.EncryptedText()),
                    ('numbers', models.CharField(blank=True, default='', max_length=200)),
                    ('at', models.DateTimeField()),
                ],
                options={
                    'indexes': [models.Index(fields=['at'], name='people_apia_at_2a0d80_idx')],
                    'constraints': [models.UniqueConstraint(fields=('token', 'key'), name='answer_once_per_key')],
                },
            ),
        ]),
        migrations.RunSQL(CREATE, "DROP TABLE people_cache"),
    ]
