"""A complaint names nobody and tells no words once its term of keeping is over; what is due is found by an index."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('feedback', '0003_complaints'),
        ('journal', '0001_squashed_0009_done_in_whose_place'),
        ('people', '0016_second_factor_reset'),
        ('places', '0001_squashed_0010_venue_sheet'),
    ]

    operations = [
        migrations.AddField(
            model_name='complaint',
            name='cleared_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name='complaint',
            index=models.Index(condition=models.Q(('cleared_at__isnull', True), ('settled_at__isnull', False)), fields=['county', 'settled_at'], name='complaint_to_clear'),
        ),
        migrations.AddIndex(
            model_name='complaint',
            index=models.Index(condition=models.Q(('party__isnull', False)), fields=['party'], name='complaint_of_party'),
        ),
    ]
