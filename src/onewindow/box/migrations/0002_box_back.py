import django.db.models.deletion
from django.db import migrations, models

# What a machine was told of a booking belongs to the machine of the hall in which the booking is.
_WHOSE = """
UPDATE box_boxbooking told SET box_id = box.id
FROM hall_booking booking JOIN box_box box ON box.hall_id = booking.hall_id AND box.retired_at IS NULL
WHERE told.booking_id = booking.id;
DELETE FROM box_boxbooking WHERE box_id IS NULL;
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [("box", "0001_from_the_hall"), ("hall", "0009_what_left_the_hall")]

    operations = [
        migrations.AddField(
            "box", "trouble", models.CharField(blank=True, max_length=200, default=""), preserve_default=False
        ),
        migrations.AddField(
            "box",
            "held_mark",
            models.CharField(blank=True, max_length=64, default=""),
            preserve_default=False,
        ),
        migrations.AddField("box", "older_than", models.BigIntegerField(blank=True, null=True)),
        migrations.AddField("box", "resumed_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("box", "clock_off", models.IntegerField(default=0)),
        migrations.AlterField(
            "outgoing",
            "kind",
            models.CharField(
                choices=[
                    ("entry", "记载"),
                    ("wish", "取号答复"),
                    ("answered", "预约答复"),
                    ("resumed", "从县里接着用"),
                ],
                max_length=8,
            ),
        ),
        migrations.AlterField(
            "boxbooking",
            "booking",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="at_boxes", to="hall.booking"
            ),
        ),
        migrations.AddField(
            "boxbooking",
            "box",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="bookings", to="box.box"
            ),
        ),
        migrations.RunSQL(_WHOSE, migrations.RunSQL.noop),
        migrations.AlterField(
            "boxbooking",
            "box",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="bookings", to="box.box"
            ),
        ),
        migrations.AddConstraint(
            "boxbooking", models.UniqueConstraint(fields=("booking", "box"), name="box_booking_once")
        ),
    ]
