from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0015_duties")]

    operations = [
        migrations.AddField("account", "factor_reset_at", models.DateTimeField(blank=True, null=True)),
    ]
