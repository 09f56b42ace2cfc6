"""A tidal window that was open when the machine of its hall took over is closed for that reason."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('hall', '0012_forms_in_order'),
    ]

    operations = [
        migrations.AlterField(
            model_name='tidalrun',
            name='why_closed',
            field=models.CharField(blank=True, choices=[('over', '安排的时间已过'), ('calm', '排队恢复正常'), ('hand', '大厅主任决定'), ('staff', '没有人手'), ('machine', '大厅本机接管')], max_length=8),
        ),
    ]
