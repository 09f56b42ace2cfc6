"""What was said in a hall is read in its order by an index."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('helping', '0001_from_the_hall')]

    operations = [
        migrations.AddIndex(
            model_name='remark',
            index=models.Index(condition=models.Q(('decided_at__isnull', True)), fields=['hall', 'at', 'id'], name='remark_to_answer'),
        ),
        migrations.AddIndex(
            model_name='remark',
            index=models.Index(condition=models.Q(('decided_at__isnull', False)), fields=['hall', 'decided_at', 'id'], name='remark_settled'),
        ),
    ]
