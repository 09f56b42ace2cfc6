"""The lists of bookings and of the register of extended service are read in their order by an index."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('hall', '0009_what_left_the_hall')]

    operations = [
        migrations.AddIndex(
            model_name='booking',
            index=models.Index(fields=['county', 'on', 'begins', 'id'], name='booking_in_order'),
        ),
        migrations.AddIndex(
            model_name='booking',
            index=models.Index(condition=models.Q(('stage', 'asked')), fields=['county', 'answer_due', 'id'], name='booking_to_answer'),
        ),
        migrations.AddIndex(
            model_name='booking',
            index=models.Index(condition=models.Q(('stage', 'filed')), fields=['county', 'filed_at', 'id'], name='booking_filed'),
        ),
        migrations.AddIndex(
            model_name='extension',
            index=models.Index(condition=models.Q(('stage', 'filed')), fields=['county', 'filed_at', 'id'], name='extension_filed'),
        ),
    ]
