import re

import onewindow.ground.fields
from django.db import migrations
from onewindow.ground.fields import lookup
from onewindow.rules.identity import tidy_phone


def remember(apps, schema_editor):
    """Those who have an account already may sign in by the telephone in their file, too."""
    Account, Party = apps.get_model("people", "Account"), apps.get_model("people", "Party")
    for party in Party.objects.filter(account__isnull=False).only("account_id", "phone").iterator():
        plain = tidy_phone(party.phone)
        if re.fullmatch(r"1\d{10}", plain, re.ASCII):
            Account.objects.filter(pk=party.account_id).update(phone_hash=lookup(f"phone:{plain}"))


class Migration(migrations.Migration):
    dependencies = [("people", "0005_claims")]

    operations = [
        migrations.AddField(
            model_name="account",
            name="phone_hash",
            field=onewindow.ground.fields.LookupHash(blank=True, db_index=True, max_length=32, null=True),
        ),
        migrations.RunPython(remember, migrations.RunPython.noop),
    ]
