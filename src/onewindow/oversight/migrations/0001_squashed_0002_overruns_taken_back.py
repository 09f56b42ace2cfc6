"""All tables of this package at once, for a new database; one of before went through the files that this replaces."""

import django.db.models.deletion
from django.db import migrations, models

from onewindow.ground.at_once import AtOnce


class Migration(migrations.Migration):

    replaces = [('oversight', '0001_initial'), ('oversight', '0002_overruns_taken_back')]

    initial = True

    dependencies = [
        ('cases', '0015_handovers_and_longer_procedures'),
        ('journal', '0009_done_in_whose_place'),
        ('people', '0011_leaves_and_deputies'),
        ('places', '0003_county_notices'),
    ]

    operations = [
        AtOnce([
            migrations.CreateModel(
                name='Overdue',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('county', models.CharField(max_length=12)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='overruns', to='cases.case')),
                    ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.department')),
                    ('cause', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='journal.entry')),
                    ('term', models.CharField(max_length=40)),
                    ('term_title', models.CharField(max_length=60)),
                    ('since', models.DateField()),
                    ('due_on', models.DateField()),
                    ('legal', models.BooleanField()),
                    ('opened_at', models.DateTimeField()),
                    ('state', models.CharField(choices=[('called', '待说明'), ('answered', '待审核'), ('sent_back', '退回重新说明'), ('settled', '已采纳'), ('void', '不成立')], default='called', max_length=10)),
                    ('void_why', models.CharField(blank=True, max_length=500)),
                    ('void_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.officer')),
                    ('void_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'indexes': [models.Index(fields=['county', '-id'], name='overdue_county'), models.Index(fields=['department', '-id'], name='overdue_department'), models.Index(condition=models.Q(('state__in', ['settled', 'void']), _negated=True), fields=['county', 'department', '-id'], name='overdue_open')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'void'), _negated=True), fields=('case', 'term', 'since'), name='overdue_once_per_term')],
                },
            ),
            migrations.CreateModel(
                name='Answer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('overdue', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='oversight.overdue')),
                    ('place', models.PositiveSmallIntegerField()),
                    ('responsible', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.officer')),
                    ('cause', models.CharField(choices=[('load', '办件集中，人手不够'), ('absent', '承办岗位缺人，没有及时接办'), ('others', '等其他部门的意见或者数据'), ('site', '现场核查、检验等环节超出计划'), ('complex', '情况复杂，需要进一步核实'), ('system', '系统或者网络故障'), ('omitted', '疏忽，没有按时办理')], max_length=12)),
                    ('why', models.TextField()),
                    ('done', models.TextField()),
                    ('expected', models.DateField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.officer')),
                    ('at', models.DateTimeField()),
                    ('accepted', models.BooleanField(blank=True, null=True)),
                    ('finding', models.CharField(blank=True, choices=[('reasoned', '有正当理由'), ('unreasoned', '无故延时'), ('deliberate', '故意拖延')], max_length=12)),
                    ('remark', models.CharField(blank=True, max_length=500)),
                    ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.officer')),
                    ('settled_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'ordering': ['overdue', 'place'],
                    'constraints': [models.UniqueConstraint(fields=('overdue', 'place'), name='overdue_answer_once'), models.CheckConstraint(condition=models.Q(('place__in', (1, 2))), name='overdue_answered_twice_at_most')],
                },
            ),
        ]),
    ]
