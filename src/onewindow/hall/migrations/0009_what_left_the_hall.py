"""What now belongs to emergency, helping and box is the hall's no more; their own migrations took the tables along."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('box', '0001_from_the_hall'),
        ('cases', '0023_whose_machine'),
        ('emergency', '0001_from_the_hall'),
        ('hall', '0008_extended_service'),
        ('helping', '0001_from_the_hall'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel(name='AidRequest'),
                migrations.DeleteModel(name='Aid'),
                migrations.DeleteModel(name='Announcement'),
                migrations.DeleteModel(name='Consultation'),
                migrations.DeleteModel(name='Guided'),
                migrations.DeleteModel(name='Remark'),
                migrations.DeleteModel(name='Summary'),
                migrations.DeleteModel(name='Training'),
                migrations.DeleteModel(name='BoxBooking'),
                migrations.DeleteModel(name='Outgoing'),
                migrations.DeleteModel(name='Wish'),
                migrations.DeleteModel(name='Box'),
                migrations.DeleteModel(name='DrillMeasure'),
                migrations.DeleteModel(name='Drill'),
                migrations.DeleteModel(name='HealthNote'),
                migrations.DeleteModel(name='IncidentEntry'),
                migrations.DeleteModel(name='Round'),
                migrations.DeleteModel(name='Incident'),
                migrations.DeleteModel(name='Plan'),
                migrations.DeleteModel(name='SafetyCheck'),
                migrations.DeleteModel(name='SafetyUse'),
                migrations.DeleteModel(name='SafetyItem'),
                migrations.DeleteModel(name='Stop'),
            ],
        ),
    ]
