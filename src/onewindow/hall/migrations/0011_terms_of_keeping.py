"""Bookings, registers, numbers and bans name nobody any more once their term of keeping is over; what is due is found by an index."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0001_squashed_0006_what_the_clock_needs'),
        ('ground', '0001_squashed_0002_tries'),
        ('hall', '0010_lists_by_key'),
        ('journal', '0001_squashed_0009_done_in_whose_place'),
        ('people', '0016_second_factor_reset'),
        ('places', '0001_squashed_0010_venue_sheet'),
    ]

    operations = [
        migrations.AddField(
            model_name='booking',
            name='cleared_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='extension',
            name='cleared_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='ban',
            name='party',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bans', to='people.party'),
        ),
        migrations.AlterField(
            model_name='booking',
            name='party',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='people.party'),
        ),
        migrations.AddIndex(
            model_name='ban',
            index=models.Index(condition=models.Q(('lifted_on__isnull', False), ('party__isnull', False)), fields=['county', 'lifted_on'], name='ban_to_clear'),
        ),
        migrations.AddIndex(
            model_name='booking',
            index=models.Index(condition=models.Q(('cleared_at__isnull', True)), fields=['county', 'on'], name='booking_to_clear'),
        ),
        migrations.AddIndex(
            model_name='booking',
            index=models.Index(condition=models.Q(('agent__isnull', False)), fields=['agent'], name='booking_of_agent'),
        ),
        migrations.AddIndex(
            model_name='extension',
            index=models.Index(condition=models.Q(('cleared_at__isnull', True)), fields=['county', 'day'], name='extension_to_clear'),
        ),
        migrations.AddIndex(
            model_name='extension',
            index=models.Index(condition=models.Q(('party__isnull', False)), fields=['party'], name='extension_of_party'),
        ),
        migrations.AddIndex(
            model_name='visit',
            index=models.Index(condition=models.Q(('party__isnull', False)), fields=['county', 'day'], name='visit_to_clear'),
        ),
    ]
