"""All tables of this package at once, for a new database; one of before went through the files that this replaces."""

import django.db.models.deletion
import onewindow.ground.fields
from django.db import migrations, models

from onewindow.ground.at_once import AtOnce


class Migration(migrations.Migration):

    replaces = [('notices', '0001_initial'), ('notices', '0002_messages_of_officers'), ('notices', '0003_messages_about_no_case')]

    initial = True

    dependencies = [
        ('journal', '0006_light_turned_once'),
        ('people', '0007_deaths'),
    ]

    operations = [
        AtOnce([
            migrations.CreateModel(
                name='Message',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('county', models.CharField(max_length=12)),
                    ('party', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='people.party')),
                    ('subject', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='journal.subject')),
                    ('cause', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='journal.entry')),
                    ('kind', models.CharField(max_length=40)),
                    ('title', models.CharField(max_length=100)),
                    ('text', onewindow.ground.fields.EncryptedText()),
                    ('case_number', models.CharField(blank=True, max_length=40)),
                    ('created_at', models.DateTimeField()),
                    ('read_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'indexes': [models.Index(fields=['party', '-id'], name='notices_mes_party_i_f95d09_idx'), models.Index(condition=models.Q(('read_at__isnull', True)), fields=['party'], name='message_unread')],
                    'constraints': [models.UniqueConstraint(fields=('cause', 'kind'), name='message_once_per_cause')],
                },
            ),
            migrations.CreateModel(
                name='OfficerMessage',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('county', models.CharField(max_length=12)),
                    ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='told', to='people.officer')),
                    ('cause', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='journal.entry')),
                    ('kind', models.CharField(max_length=40)),
                    ('title', models.CharField(max_length=120)),
                    ('text', models.CharField(blank=True, max_length=400)),
                    ('case_number', models.CharField(blank=True, max_length=40)),
                    ('overdue', models.PositiveBigIntegerField(blank=True, null=True)),
                    ('page', models.CharField(blank=True, max_length=60)),
                    ('created_at', models.DateTimeField()),
                    ('read_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'indexes': [models.Index(fields=['officer', '-id'], name='officer_message_latest'), models.Index(condition=models.Q(('read_at__isnull', True)), fields=['officer', '-id'], name='officer_message_unread')],
                    'constraints': [models.UniqueConstraint(fields=('cause', 'officer'), name='officer_told_once')],
                },
            ),
            migrations.CreateModel(
                name='Sending',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('county', models.CharField(max_length=12)),
                    ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sendings', to='notices.message')),
                    ('channel', models.CharField(choices=[('sms', '短信'), ('email', '电子邮件')], max_length=8)),
                    ('target', onewindow.ground.fields.EncryptedText()),
                    ('text', onewindow.ground.fields.EncryptedText()),
                    ('state', models.CharField(choices=[('waiting', '等待发送'), ('sent', '已发出'), ('delivered', '已送到'), ('failed', '没有送到'), ('outbox', '只进演示发件箱'), ('nowhere', '没有配置网关')], default='waiting', max_length=10)),
                    ('tries', models.PositiveSmallIntegerField(default=0)),
                    ('key', models.UUIDField(unique=True)),
                    ('gateway_id', models.CharField(blank=True, max_length=80)),
                    ('last_error', models.CharField(blank=True, max_length=200)),
                    ('queued_at', models.DateTimeField()),
                    ('sent_at', models.DateTimeField(blank=True, null=True)),
                    ('settled_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'indexes': [models.Index(fields=['county', '-id'], name='notices_sen_county_203a96_idx'), models.Index(fields=['gateway_id'], name='notices_sen_gateway_4ee28f_idx')],
                    'constraints': [models.UniqueConstraint(fields=('message', 'channel'), name='sending_once_per_channel')],
                },
            ),
            migrations.CreateModel(
                name='Code',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('county', models.CharField(max_length=12)),
                    ('purpose', models.CharField(max_length=20)),
                    ('phone', onewindow.ground.fields.LookupHash(max_length=32)),
                    ('code', onewindow.ground.fields.LookupHash(max_length=32)),
                    ('tries', models.PositiveSmallIntegerField(default=0)),
                    ('sent_at', models.DateTimeField()),
                    ('expires_at', models.DateTimeField()),
                    ('used_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'indexes': [models.Index(fields=['purpose', 'phone', '-id'], name='notices_cod_purpose_450381_idx'), models.Index(fields=['expires_at'], name='notices_cod_expires_c0c6d9_idx')],
                },
            ),
        ]),
    ]
