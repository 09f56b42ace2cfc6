"""The tables of a hall's own machine were the hall's: not a row is touched, they are only known under another name."""

import django.db.models.deletion
import onewindow.hall.models.tickets
import uuid
from django.db import migrations, models

from onewindow.ground.at_once import AtOnce

TABLES = ["boxbooking", "outgoing", "box", "wish"]


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0022_offline_receipts'),  # its keys point to the table under its old name
        ('hall', '0008_extended_service'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(f'ALTER TABLE hall_{name} RENAME TO box_{name}', f'ALTER TABLE box_{name} RENAME TO hall_{name}')
                for name in TABLES
            ],
            state_operations=[AtOnce([
                migrations.CreateModel(
                    name='BoxBooking',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('digest', models.CharField(max_length=64)),
                        ('answer', models.CharField(choices=[('kept', '已记下'), ('dropped', '已取消'), ('came', '早已到场')], max_length=8)),
                        ('answered_at', models.DateTimeField()),
                        ('booking', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='at_box', to='hall.booking')),
                    ],
                ),
                migrations.CreateModel(
                    name='Outgoing',
                    fields=[
                        ('number', models.BigIntegerField(primary_key=True, serialize=False)),
                        ('kind', models.CharField(choices=[('entry', '记载'), ('wish', '取号答复'), ('answered', '预约答复')], max_length=8)),
                        ('body', models.JSONField(default=dict)),
                        ('at', models.DateTimeField()),
                        ('entry', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='outgoing', to='journal.entry')),
                    ],
                ),
                migrations.CreateModel(
                    name='Box',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('county', models.CharField(max_length=12)),
                        ('key', models.CharField(max_length=40, unique=True)),
                        ('name', models.CharField(max_length=60)),
                        ('address', models.CharField(blank=True, max_length=120)),
                        ('key_hash', models.BinaryField(default=b'', max_length=32)),
                        ('registered_by', models.CharField(blank=True, max_length=40)),
                        ('registered_at', models.DateTimeField(blank=True, null=True)),
                        ('took_over_at', models.DateTimeField(blank=True, null=True)),
                        ('retired_at', models.DateTimeField(blank=True, null=True)),
                        ('why_retired', models.CharField(blank=True, max_length=200)),
                        ('heard_at', models.DateTimeField(blank=True, null=True)),
                        ('whole_at', models.DateTimeField(blank=True, null=True)),
                        ('held', models.BigIntegerField(default=0)),
                        ('behind', models.PositiveIntegerField(default=0)),
                        ('venue', models.CharField(blank=True, max_length=64)),
                        ('said_open', models.JSONField(default=dict)),
                        ('hall', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='boxes', to='places.hall')),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('key_hash', b''), _negated=True), fields=['key_hash'], name='box_by_key')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('retired_at__isnull', True)), fields=('hall',), name='box_of_hall_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Wish',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('county', models.CharField(max_length=12)),
                        ('once', models.UUIDField(default=uuid.uuid4, unique=True)),
                        ('code', models.CharField(default=onewindow.hall.models.tickets.new_code, max_length=24, unique=True)),
                        ('priority', models.CharField(choices=[('ordinary', '普通'), ('booked', '预约'), ('elderly', '老年人'), ('disabled', '残疾人'), ('pregnant', '孕妇和带婴幼儿的'), ('soldier', '现役军人、军属和退役军人'), ('helped', '需要帮助'), ('green', '绿色通道')], default='ordinary', max_length=10)),
                        ('asked_at', models.DateTimeField()),
                        ('answer', models.CharField(blank=True, choices=[('given', '已取号'), ('refused', '没有取到')], default='', max_length=8)),
                        ('why', models.CharField(blank=True, max_length=200)),
                        ('answered_at', models.DateTimeField(blank=True, null=True)),
                        ('hall', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wishes', to='places.hall')),
                        ('line', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.line')),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('answered_at__isnull', True)), fields=['hall'], name='wish_unanswered')],
                    },
                ),
            ])],
        ),
    ]
