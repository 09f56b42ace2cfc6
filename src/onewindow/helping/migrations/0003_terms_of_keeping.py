"""Services and remarks name nobody any more once their term of keeping is over; what is due is found by an index."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0001_squashed_0006_what_the_clock_needs'),
        ('ground', '0001_squashed_0002_tries'),
        ('hall', '0011_terms_of_keeping'),
        ('helping', '0002_lists_by_key'),
        ('journal', '0001_squashed_0009_done_in_whose_place'),
        ('people', '0016_second_factor_reset'),
        ('places', '0001_squashed_0010_venue_sheet'),
    ]

    operations = [
        migrations.AddField(
            model_name='aidrequest',
            name='cleared_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='remark',
            name='cleared_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='aidrequest',
            name='party',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='aid_requests', to='people.party'),
        ),
        migrations.AddIndex(
            model_name='aidrequest',
            index=models.Index(condition=models.Q(('cleared_at__isnull', True)), fields=['county', 'on'], name='aid_request_to_clear'),
        ),
        migrations.AddIndex(
            model_name='aidrequest',
            index=models.Index(condition=models.Q(('agent__isnull', False)), fields=['agent'], name='aid_request_of_agent'),
        ),
        migrations.AddIndex(
            model_name='remark',
            index=models.Index(condition=models.Q(('cleared_at__isnull', True)), fields=['county', 'day'], name='remark_to_clear'),
        ),
        migrations.AddIndex(
            model_name='remark',
            index=models.Index(condition=models.Q(('party__isnull', False)), fields=['party'], name='remark_of_party'),
        ),
    ]
