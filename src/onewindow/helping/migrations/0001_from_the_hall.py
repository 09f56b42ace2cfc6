"""The tables of 便民服务 and of the guides were the hall's: not a row is touched, they are only known under another name."""

import django.db.models.deletion
import onewindow.ground.fields
import onewindow.hall.models.bookings
import onewindow.helping.models.remarks
import uuid
from django.db import migrations, models

from onewindow.ground.at_once import AtOnce

TABLES = ["aid", "aid_items", "aidrequest", "announcement", "consultation", "guided", "remark", "summary", "training"]


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('hall', '0008_extended_service'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(f'ALTER TABLE hall_{name} RENAME TO helping_{name}', f'ALTER TABLE helping_{name} RENAME TO hall_{name}')
                for name in TABLES
            ],
            state_operations=[AtOnce([
                migrations.CreateModel(
                    name='Aid',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('way', models.CharField(choices=[('home', '上门服务'), ('green', '绿色通道'), ('escort', '帮办陪同'), ('agency', '代办服务'), ('extended', '延时服务'), ('booking', '预约服务'), ('own', '其他便民服务')], max_length=10)),
                        ('name', models.CharField(max_length=30)),
                        ('about', models.CharField(blank=True, default='', max_length=200)),
                        ('grounds', models.JSONField(default=list)),
                        ('fields', models.JSONField(default=list)),
                        ('order', models.PositiveSmallIntegerField(default=0)),
                        ('closed_on', models.DateField(blank=True, null=True)),
                        ('hall', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='aids', to='places.hall')),
                        ('items', models.ManyToManyField(blank=True, related_name='aids', to='catalogue.item')),
                    ],
                    options={
                        'ordering': ['hall', 'order', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='AidRequest',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('county', models.CharField(max_length=12)),
                        ('number', models.CharField(max_length=24)),
                        ('code', models.CharField(default=onewindow.hall.models.bookings.new_code, max_length=12, unique=True)),
                        ('once', models.UUIDField(default=uuid.uuid4, unique=True)),
                        ('stage', models.CharField(choices=[('new', '未提交'), ('asked', '等安排'), ('arranged', '已安排'), ('set_out', '已出发'), ('begun', '正在办'), ('done', '已办结'), ('declined', '不能提供'), ('withdrawn', '已取消')], max_length=10)),
                        ('channel', models.CharField(choices=[('counter', '现场预约'), ('phone', '电话预约'), ('web', '网上预约')], max_length=8)),
                        ('phone', onewindow.ground.fields.EncryptedText(default='')),
                        ('address', onewindow.ground.fields.EncryptedText(blank=True, default='')),
                        ('note', onewindow.ground.fields.EncryptedText(blank=True, default='')),
                        ('ground', models.CharField(blank=True, default='', max_length=40)),
                        ('told', onewindow.ground.fields.EncryptedJSON(default=dict)),
                        ('asked_at', models.DateTimeField()),
                        ('on', models.DateField()),
                        ('begins', models.TimeField()),
                        ('answer_due', models.DateTimeField()),
                        ('answered_at', models.DateTimeField(blank=True, null=True)),
                        ('reason', onewindow.ground.fields.EncryptedText(blank=True, default='')),
                        ('set_out_at', models.DateTimeField(blank=True, null=True)),
                        ('begun_at', models.DateTimeField(blank=True, null=True)),
                        ('done_at', models.DateTimeField(blank=True, null=True)),
                        ('handler_signed_at', models.DateTimeField(blank=True, null=True)),
                        ('applicant_signed_at', models.DateTimeField(blank=True, null=True)),
                        ('on_paper', models.BooleanField(default=False)),
                        ('outcome', models.CharField(blank=True, default='', max_length=200)),
                        ('agent', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.party')),
                        ('aid', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='helping.aid')),
                        ('arranged_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.officer')),
                        ('hall', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='aid_requests', to='places.hall')),
                        ('handler_signed_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.officer')),
                        ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.item')),
                        ('officer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='aid_requests', to='people.officer')),
                        ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='aid_requests', to='people.party')),
                        ('recorder', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.officer')),
                        ('signature', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ground.storedfile')),
                        ('subject', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='aid_request', to='journal.subject')),
                        ('ticket', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='aid_requests', to='hall.ticket')),
                        ('visit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='aid_requests', to='hall.visit')),
                    ],
                ),
                migrations.CreateModel(
                    name='Announcement',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('county', models.CharField(max_length=12)),
                        ('text', models.CharField(max_length=60)),
                        ('at', models.DateTimeField()),
                        ('by', models.CharField(max_length=40)),
                        ('hall', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='announcements', to='places.hall')),
                        ('zone', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='announcements', to='places.zone')),
                    ],
                ),
                migrations.CreateModel(
                    name='Consultation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('county', models.CharField(max_length=12)),
                        ('question', models.CharField(max_length=200)),
                        ('asked_by', models.CharField(max_length=40)),
                        ('asked_at', models.DateTimeField()),
                        ('answer', models.CharField(blank=True, max_length=400)),
                        ('answered_by', models.CharField(blank=True, max_length=40)),
                        ('answered_at', models.DateTimeField(blank=True, null=True)),
                        ('hall', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='consultations', to='places.hall')),
                        ('ticket', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='consultation', to='hall.ticket')),
                        ('window', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='consultations', to='places.window')),
                    ],
                ),
                migrations.CreateModel(
                    name='Guided',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('county', models.CharField(max_length=12)),
                        ('day', models.DateField()),
                        ('at', models.DateTimeField()),
                        ('by', models.CharField(max_length=40)),
                        ('need', models.CharField(choices=[('apply', '办事'), ('ask', '咨询'), ('collect', '取件'), ('progress', '查进度'), ('print', '打印复印'), ('complain', '反映问题'), ('other', '别的')], max_length=10)),
                        ('way', models.CharField(choices=[('number', '取号到窗口'), ('self', '到自助区办'), ('window', '可自助，仍到窗口'), ('question', '转窗口解答'), ('answered', '当场答复'), ('device', '帮助用设备')], max_length=10)),
                        ('worked', models.BooleanField(blank=True, null=True)),
                        ('device', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='guided', to='places.device')),
                        ('hall', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='guided', to='places.hall')),
                        ('item', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='guided', to='catalogue.item')),
                        ('line', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='guided', to='places.line')),
                        ('ticket', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='guided', to='hall.ticket')),
                    ],
                ),
                migrations.CreateModel(
                    name='Remark',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('county', models.CharField(max_length=12)),
                        ('code', models.CharField(default=onewindow.helping.models.remarks.new_code, max_length=16, unique=True)),
                        ('day', models.DateField()),
                        ('at', models.DateTimeField()),
                        ('kind', models.CharField(choices=[('problem', '群众反映的问题'), ('suggestion', '改进建议'), ('facility', '便民设施')], max_length=12)),
                        ('source', models.CharField(choices=[('guide', '导办员登记'), ('visitor', '群众自己提的')], max_length=8)),
                        ('by', models.CharField(max_length=40)),
                        ('text', models.CharField(max_length=300)),
                        ('phone', onewindow.ground.fields.EncryptedText(blank=True, default='')),
                        ('adopted', models.BooleanField(blank=True, null=True)),
                        ('answer', models.CharField(blank=True, max_length=300)),
                        ('decided_by', models.CharField(blank=True, max_length=40)),
                        ('decided_at', models.DateTimeField(blank=True, null=True)),
                        ('due', models.DateField(blank=True, null=True)),
                        ('outcome', models.CharField(blank=True, max_length=300)),
                        ('done_at', models.DateTimeField(blank=True, null=True)),
                        ('hall', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='remarks', to='places.hall')),
                        ('owner', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.officer')),
                        ('party', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='remarks', to='people.party')),
                    ],
                    options={
                        'ordering': ['at', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='Summary',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('county', models.CharField(max_length=12)),
                        ('day', models.DateField()),
                        ('note', models.CharField(blank=True, max_length=300)),
                        ('sent_by', models.CharField(max_length=40)),
                        ('sent_at', models.DateTimeField()),
                        ('hall', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='summaries', to='places.hall')),
                    ],
                    options={
                        'ordering': ['-day'],
                    },
                ),
                migrations.CreateModel(
                    name='Training',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('county', models.CharField(max_length=12)),
                        ('kind', models.CharField(choices=[('kiosk', '取号机'), ('display', '大厅显示屏'), ('window_display', '窗口显示屏'), ('pad', '评价器'), ('terminal', '自助办理一体机'), ('enquiry', '查询终端'), ('filing', '网上自助申报设备'), ('computer', '计算机'), ('printer', '打印机'), ('scanner', '扫描仪'), ('camera', '高拍仪'), ('id_reader', '身份证读卡器'), ('monitor', '音视频监控设备'), ('broadcast', '大厅广播设备'), ('led', 'LED显示屏'), ('television', '多媒体电视'), ('board', '实体公示牌'), ('wifi', '免费WIFI'), ('copier', '打印复印'), ('seats', '休息等候椅'), ('water', '饮水'), ('charging', '充电'), ('ems', 'EMS寄递箱'), ('wheelchair', '轮椅'), ('first_aid', '急救箱'), ('supplies', '便民用品'), ('lighting', '照明'), ('sanitary', '卫生洁具'), ('fire', '消防器具'), ('other', '其他设备')], max_length=16)),
                        ('on', models.DateField()),
                        ('noted_by', models.CharField(max_length=40)),
                        ('noted_at', models.DateTimeField()),
                        ('officer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='trainings', to='people.officer')),
                    ],
                ),
                migrations.AddConstraint(
                    model_name='aid',
                    constraint=models.UniqueConstraint(fields=('hall', 'name'), name='aid_name_once'),
                ),
                migrations.AddIndex(
                    model_name='aidrequest',
                    index=models.Index(fields=['hall', '-id'], name='aid_request_of_hall'),
                ),
                migrations.AddIndex(
                    model_name='aidrequest',
                    index=models.Index(fields=['party', '-id'], name='aid_request_of_party'),
                ),
                migrations.AddIndex(
                    model_name='aidrequest',
                    index=models.Index(condition=models.Q(('stage__in', ['arranged', 'asked', 'begun', 'set_out'])), fields=['hall', 'on'], name='aid_request_open'),
                ),
                migrations.AddConstraint(
                    model_name='aidrequest',
                    constraint=models.UniqueConstraint(fields=('county', 'number'), name='aid_request_number_once'),
                ),
                migrations.AddIndex(
                    model_name='announcement',
                    index=models.Index(fields=['hall', '-at'], name='announcement_of_hall'),
                ),
                migrations.AddIndex(
                    model_name='consultation',
                    index=models.Index(fields=['hall', '-asked_at'], name='consultation_of_hall'),
                ),
                migrations.AddIndex(
                    model_name='guided',
                    index=models.Index(fields=['hall', 'day'], name='guided_of_day'),
                ),
                migrations.AddIndex(
                    model_name='remark',
                    index=models.Index(fields=['hall', 'day'], name='remark_of_day'),
                ),
                migrations.AddIndex(
                    model_name='remark',
                    index=models.Index(condition=models.Q(('adopted', True), ('done_at__isnull', True)), fields=['owner'], name='remark_task'),
                ),
                migrations.AddConstraint(
                    model_name='summary',
                    constraint=models.UniqueConstraint(fields=('hall', 'day'), name='summary_once'),
                ),
                migrations.AddConstraint(
                    model_name='training',
                    constraint=models.UniqueConstraint(fields=('officer', 'kind', 'on'), name='training_once'),
                ),
            ])],
        ),
    ]
