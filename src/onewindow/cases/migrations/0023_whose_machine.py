"""The machine of a hall is known under another package; the keys in the tables stay as they are."""

import django.db.models.deletion
from django.db import migrations, models

from onewindow.ground.at_once import AtOnce


class Migration(migrations.Migration):

    dependencies = [
        ('box', '0001_from_the_hall'),
        ('cases', '0022_offline_receipts'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[AtOnce([
                migrations.AlterField(
                    model_name='offlinereceipt',
                    name='box',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='box.box'),
                ),
                migrations.AlterField(
                    model_name='receiptblock',
                    name='box',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='blocks', to='box.box'),
                ),
            ])],
        ),
    ]
