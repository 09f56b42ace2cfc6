"""All tables of this package at once, for a new database; one of before went through the files that this replaces."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from onewindow.ground.at_once import AtOnce


class Migration(migrations.Migration):

    replaces = [('places', '0001_initial'), ('places', '0002_first_county'), ('places', '0003_county_notices'), ('places', '0004_windows_may_decide'), ('places', '0005_zones_lines_and_devices'), ('places', '0006_sessions_before_office_hours'), ('places', '0007_notices_and_calls_for_help'), ('places', '0008_limits_on_numbers'), ('places', '0009_stopped_halls'), ('places', '0010_venue_sheet')]

    initial = True

    dependencies = [
        ('journal', '0009_done_in_whose_place'),
    ]

    operations = [
        AtOnce([
            migrations.CreateModel(
                name='Region',
                fields=[
                    ('code', models.CharField(max_length=12, primary_key=True, serialize=False)),
                    ('name', models.CharField(max_length=60)),
                    ('level', models.PositiveSmallIntegerField(choices=[(1, '国家级'), (2, '省级'), (3, '市级'), (4, '县级'), (5, '镇（乡、街道）级'), (6, '村（社区）级')])),
                    ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='places.region')),
                ],
            ),
            migrations.CreateModel(
                name='County',
                fields=[
                    ('code', models.CharField(max_length=12, primary_key=True, serialize=False)),
                    ('name', models.CharField(max_length=40)),
                    ('pack', models.CharField(max_length=40)),
                    ('demo', models.BooleanField(default=False)),
                    ('address', models.CharField(blank=True, max_length=120)),
                    ('hours', models.CharField(blank=True, max_length=120)),
                    ('phone', models.CharField(blank=True, max_length=20)),
                    ('supervision_phone', models.CharField(blank=True, max_length=20)),
                    ('settings', models.JSONField(default=dict)),
                    ('notices', models.JSONField(default=dict)),
                ],
            ),
            migrations.CreateModel(
                name='SettingChange',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('county', models.CharField(max_length=12)),
                    ('name', models.CharField(max_length=80)),
                    ('value', models.JSONField()),
                    ('by', models.CharField(max_length=40)),
                    ('at', models.DateTimeField()),
                    ('since', models.DateField()),
                    ('reason', models.CharField(max_length=200)),
                ],
                options={
                    'indexes': [models.Index(fields=['county', 'name', 'since'], name='places_sett_county_cc349c_idx')],
                },
            ),
            migrations.CreateModel(
                name='Department',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('county', models.CharField(max_length=12)),
                    ('key', models.CharField(max_length=30)),
                    ('name', models.CharField(max_length=100)),
                    ('short', models.CharField(max_length=20)),
                    ('uscc', models.CharField(max_length=18)),
                    ('level', models.PositiveSmallIntegerField(choices=[(1, '国家级'), (2, '省级'), (3, '市级'), (4, '县级'), (5, '镇（乡、街道）级'), (6, '村（社区）级')], default=4)),
                    ('phone', models.CharField(blank=True, max_length=20)),
                    ('window_accepts', models.BooleanField(default=True)),
                    ('window_decides', models.BooleanField(default=False)),
                    ('vertical', models.BooleanField(default=False)),
                    ('closed_on', models.DateField(blank=True, null=True)),
                    ('successor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='places.department')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('county', 'key'), name='department_key_once')],
                },
            ),
            migrations.CreateModel(
                name='Hall',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('county', models.CharField(max_length=12)),
                    ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='places.region')),
                    ('kind', models.CharField(choices=[('centre', '政务服务中心'), ('functional', '功能区政务服务大厅'), ('branch', '分厅'), ('township', '便民服务中心'), ('village', '便民服务站'), ('outpost', '驿站')], max_length=12)),
                    ('name', models.CharField(max_length=100)),
                    ('address', models.CharField(max_length=120)),
                    ('hours', models.CharField(max_length=120)),
                    ('phone', models.CharField(max_length=20)),
                    ('box', models.CharField(blank=True, default='', max_length=40)),
                    ('stopped_at', models.DateTimeField(blank=True, null=True)),
                    ('stopped_until', models.DateTimeField(blank=True, null=True)),
                    ('why_stopped', models.CharField(blank=True, default='', max_length=60)),
                    ('capacity', models.PositiveSmallIntegerField(blank=True, null=True)),
                    ('advice', models.CharField(blank=True, default='', max_length=60)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('county', 'name'), name='hall_name_once')],
                },
            ),
            migrations.CreateModel(
                name='Window',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('hall', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='windows', to='places.hall')),
                    ('number', models.CharField(max_length=10)),
                    ('name', models.CharField(max_length=60)),
                    ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('comprehensive', '综合受理'), ('issue', '统一出件'), ('advice', '咨询帮办'), ('cross', '跨省通办'), ('stuck', '办不成事反映'), ('province', '全省通办'), ('city', '同城通办'), ('complaint', '投诉代办'), ('single', '部门单设')], max_length=20), size=None)),
                    ('zone', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='windows', to='places.zone')),
                    ('is_open', models.BooleanField(default=True)),
                    ('why_closed', models.CharField(blank=True, max_length=200)),
                    ('paused_at', models.DateTimeField(blank=True, null=True)),
                    ('why_paused', models.CharField(blank=True, default='', max_length=60)),
                    ('low', models.BooleanField(default=False)),
                    ('tidal', models.BooleanField(default=False)),
                    ('lines', models.ManyToManyField(related_name='windows', through='places.Service', to='places.line')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('hall', 'number'), name='window_number_once')],
                },
            ),
            migrations.CreateModel(
                name='Zone',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('hall', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='zones', to='places.hall')),
                    ('kind', models.CharField(choices=[('guide', '导询服务区'), ('self_service', '自助查询办理区'), ('windows', '窗口服务区'), ('online', '网办区'), ('openness', '政务公开区'), ('special', '特殊群体帮办区'), ('round_the_clock', '24小时政务服务区'), ('enterprise', '企业服务区'), ('issue', '统一出证区'), ('waiting', '等候区'), ('advice', '咨询帮办区'), ('reserve', '预留机动服务区'), ('business', '商务服务区'), ('back_office', '后台审批区'), ('staff', '行政办公区'), ('startup', '企业开办自助区'), ('toilet', '洗手间'), ('nursing', '母婴室'), ('door', '出入口')], max_length=20)),
                    ('name', models.CharField(max_length=40)),
                    ('internal', models.BooleanField(default=False)),
                    ('floor', models.SmallIntegerField(default=1)),
                    ('place', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), blank=True, default=list, size=4)),
                    ('area', models.PositiveIntegerField(blank=True, null=True)),
                    ('keeper', models.CharField(blank=True, default='', max_length=60)),
                    ('closed_on', models.DateField(blank=True, null=True)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('hall', 'name'), name='zone_name_once')],
                },
            ),
            migrations.CreateModel(
                name='Line',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('hall', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='places.hall')),
                    ('letter', models.CharField(max_length=1)),
                    ('name', models.CharField(max_length=40)),
                    ('about', models.CharField(blank=True, max_length=120)),
                    ('minutes', models.PositiveSmallIntegerField(default=10)),
                    ('order', models.PositiveSmallIntegerField(default=0)),
                    ('closed_on', models.DateField(blank=True, null=True)),
                    ('capped_until', models.DateField(blank=True, null=True)),
                    ('departments', models.ManyToManyField(blank=True, related_name='lines', to='places.department')),
                    ('items', models.ManyToManyField(blank=True, related_name='+', to='journal.subject')),
                ],
                options={
                    'ordering': ['hall', 'order', 'letter'],
                    'constraints': [models.UniqueConstraint(fields=('hall', 'letter'), name='line_letter_once'), models.UniqueConstraint(fields=('hall', 'name'), name='line_name_once')],
                },
            ),
            migrations.CreateModel(
                name='Service',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('window', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='services', to='places.window')),
                    ('line', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='services', to='places.line')),
                    ('first', models.BooleanField(default=False)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('window', 'line'), name='service_once')],
                },
            ),
            migrations.CreateModel(
                name='Opening',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('hall', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='openings', to='places.hall')),
                    ('kind', models.CharField(choices=[('regular', '工作时间'), ('early', '班前'), ('noon', '午间'), ('evening', '晚间'), ('weekend', '双休日'), ('holiday', '节假日')], max_length=10)),
                    ('weekdays', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), blank=True, default=list, size=None)),
                    ('begins', models.TimeField()),
                    ('ends', models.TimeField()),
                    ('since', models.DateField()),
                    ('until', models.DateField(blank=True, null=True)),
                ],
                options={
                    'ordering': ['hall', 'begins'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('ends__gt', models.F('begins'))), name='opening_has_time')],
                },
            ),
            migrations.CreateModel(
                name='Device',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('hall', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='devices', to='places.hall')),
                    ('kind', models.CharField(choices=[('kiosk', '取号机'), ('display', '大厅显示屏'), ('window_display', '窗口显示屏'), ('pad', '评价器'), ('terminal', '自助办理一体机'), ('enquiry', '查询终端'), ('filing', '网上自助申报设备'), ('computer', '计算机'), ('printer', '打印机'), ('scanner', '扫描仪'), ('camera', '高拍仪'), ('id_reader', '身份证读卡器'), ('monitor', '音视频监控设备'), ('broadcast', '大厅广播设备'), ('led', 'LED显示屏'), ('television', '多媒体电视'), ('board', '实体公示牌'), ('wifi', '免费WIFI'), ('copier', '打印复印'), ('seats', '休息等候椅'), ('water', '饮水'), ('charging', '充电'), ('ems', 'EMS寄递箱'), ('wheelchair', '轮椅'), ('first_aid', '急救箱'), ('supplies', '便民用品'), ('lighting', '照明'), ('sanitary', '卫生洁具'), ('fire', '消防器具'), ('other', '其他设备')], max_length=16)),
                    ('name', models.CharField(max_length=60)),
                    ('zone', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='devices', to='places.zone')),
                    ('window', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='devices', to='places.window')),
                    ('keeper', models.CharField(blank=True, max_length=60)),
                    ('count', models.PositiveSmallIntegerField(default=1)),
                    ('care', models.CharField(blank=True, default='', max_length=120)),
                    ('printer', models.CharField(blank=True, default='', max_length=80)),
                    ('key_hash', models.BinaryField(default=b'', max_length=32)),
                    ('registered_by', models.CharField(blank=True, max_length=40)),
                    ('registered_at', models.DateTimeField(blank=True, null=True)),
                    ('retired_on', models.DateField(blank=True, null=True)),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('key_hash', b''), _negated=True), fields=['key_hash'], name='device_by_key')],
                    'constraints': [models.UniqueConstraint(fields=('hall', 'name'), name='device_name_once')],
                },
            ),
            migrations.CreateModel(
                name='DeviceFault',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('device', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='faults', to='places.device')),
                    ('what', models.CharField(max_length=200)),
                    ('told_by', models.CharField(max_length=40)),
                    ('told_at', models.DateTimeField()),
                    ('how', models.CharField(blank=True, max_length=200)),
                    ('mended_by', models.CharField(blank=True, max_length=40)),
                    ('mended_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('mended_at__isnull', True)), fields=['device'], name='device_fault_open')],
                },
            ),
            migrations.CreateModel(
                name='Notice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('hall', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='places.hall')),
                    ('text', models.CharField(max_length=40)),
                    ('since', models.DateTimeField()),
                    ('until', models.DateTimeField()),
                    ('posted_by', models.CharField(max_length=40)),
                    ('posted_at', models.DateTimeField()),
                    ('down_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('down_at__isnull', True)), fields=['hall'], name='notice_hanging')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('until__gt', models.F('since'))), name='notice_hangs_some_time')],
                },
            ),
            migrations.CreateModel(
                name='HelpCall',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('hall', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='help_calls', to='places.hall')),
                    ('device', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='help_calls', to='places.device')),
                    ('called_at', models.DateTimeField()),
                    ('answered_by', models.CharField(blank=True, max_length=40)),
                    ('answered_at', models.DateTimeField(blank=True, null=True)),
                    ('what', models.CharField(blank=True, max_length=120)),
                    ('helped', models.BooleanField(blank=True, null=True)),
                ],
                options={
                    'indexes': [models.Index(fields=['hall', '-called_at'], name='help_call_of_hall')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('answered_at__isnull', True)), fields=('device',), name='help_call_open_once')],
                },
            ),
            migrations.CreateModel(
                name='Sheet',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('hall', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='sheet', to='places.hall')),
                    ('area', models.PositiveIntegerField(blank=True, null=True)),
                    ('new', models.BooleanField(blank=True, null=True)),
                    ('year', models.PositiveSmallIntegerField(blank=True, null=True)),
                    ('latitude', models.DecimalField(blank=True, decimal_places=5, max_digits=8, null=True)),
                    ('longitude', models.DecimalField(blank=True, decimal_places=5, max_digits=8, null=True)),
                    ('bus', models.CharField(blank=True, max_length=200)),
                    ('parking', models.CharField(blank=True, max_length=120)),
                    ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='branch_sheets', to='places.hall')),
                    ('why_apart', models.CharField(blank=True, max_length=200)),
                    ('place_class', models.CharField(blank=True, max_length=20)),
                    ('key_station', models.BooleanField(default=False)),
                    ('staff_planned', models.PositiveSmallIntegerField(blank=True, null=True)),
                    ('marked', models.BooleanField(blank=True, null=True)),
                    ('network', models.BooleanField(blank=True, null=True)),
                    ('upgrade', models.CharField(choices=[('none', '没有计划'), ('planned', '已列入计划'), ('running', '进行中'), ('done', '已完成')], default='none', max_length=10)),
                    ('upgrade_plan', models.CharField(blank=True, max_length=200)),
                    ('guides_place', models.CharField(blank=True, max_length=120)),
                    ('guides_on', models.DateField(blank=True, null=True)),
                    ('ticks', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=100), blank=True, default=list, size=None)),
                    ('set_by', models.CharField(max_length=40)),
                    ('set_at', models.DateTimeField()),
                    ('items', models.ManyToManyField(blank=True, related_name='+', to='journal.subject')),
                ],
            ),
            migrations.CreateModel(
                name='Profile',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('county', models.CharField(max_length=12)),
                    ('kind', models.CharField(choices=[('centre', '政务服务中心'), ('functional', '功能区政务服务大厅'), ('branch', '分厅'), ('township', '便民服务中心'), ('village', '便民服务站'), ('outpost', '驿站')], max_length=12)),
                    ('version', models.PositiveSmallIntegerField()),
                    ('business', models.TextField(max_length=2000)),
                    ('service', models.TextField(max_length=2000)),
                    ('internal', models.TextField(max_length=2000)),
                    ('set_by', models.CharField(max_length=40)),
                    ('set_at', models.DateTimeField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('county', 'kind', 'version'), name='profile_version_once')],
                },
            ),
            migrations.CreateModel(
                name='Deviation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('hall', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deviations', to='places.hall')),
                    ('line', models.CharField(max_length=60)),
                    ('reason', models.CharField(max_length=200)),
                    ('noted_by', models.CharField(max_length=40)),
                    ('noted_at', models.DateTimeField()),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('hall', 'line'), name='deviation_open_once')],
                },
            ),
            migrations.CreateModel(
                name='Round',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('hall', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rounds', to='places.hall')),
                    ('day', models.DateField()),
                    ('made_by', models.CharField(max_length=40)),
                    ('made_at', models.DateTimeField()),
                ],
                options={
                    'indexes': [models.Index(fields=['hall', '-made_at'], name='round_of_hall')],
                },
            ),
            migrations.CreateModel(
                name='RoundLine',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='places.round')),
                    ('key', models.CharField(max_length=40)),
                    ('what', models.CharField(max_length=120)),
                    ('good', models.BooleanField()),
                    ('note', models.CharField(blank=True, max_length=200)),
                ],
            ),
            migrations.CreateModel(
                name='Task',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('hall', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='places.hall')),
                    ('key', models.CharField(max_length=60)),
                    ('what', models.CharField(max_length=300)),
                    ('owner', models.CharField(max_length=60)),
                    ('due_on', models.DateField()),
                    ('line', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='places.roundline')),
                    ('fault', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='places.devicefault')),
                    ('opened_by', models.CharField(max_length=40)),
                    ('opened_at', models.DateTimeField()),
                    ('note', models.CharField(blank=True, max_length=200)),
                    ('closed_by', models.CharField(blank=True, max_length=40)),
                    ('closed_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('hall', 'key'), name='task_open_once')],
                },
            ),
        ]),
    ]
