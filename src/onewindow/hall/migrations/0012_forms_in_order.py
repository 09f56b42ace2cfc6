"""The forms that wait for filing are read in their order by an index, also where two were served at one moment."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('hall', '0011_terms_of_keeping')]

    operations = [
        migrations.RemoveIndex(model_name='booking', name='booking_to_file'),
        migrations.AddIndex(
            model_name='booking',
            index=models.Index(condition=models.Q(('stage', 'served')), fields=['county', 'served_at', 'id'], name='booking_to_file'),
        ),
        migrations.RemoveIndex(model_name='extension', name='extension_to_file'),
        migrations.AddIndex(
            model_name='extension',
            index=models.Index(condition=models.Q(('stage', 'served')), fields=['county', 'served_at', 'id'], name='extension_to_file'),
        ),
    ]
