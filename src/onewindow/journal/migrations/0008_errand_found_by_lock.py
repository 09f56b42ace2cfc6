"""The next errand is found without reading all that wait: those of one matter have an index, and the order is that of an index too.

Without the first the queue read every waiting errand for each that it looked at; without the second it sorted them all
where its tables had been empty when the database last looked.
"""

from typing import ClassVar

from django.db import migrations

FETCH = "procrastinate_fetch_job_v2(varchar[], bigint)"


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("journal", "0007_fewer_indexes"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]
    operations: ClassVar = [
        migrations.RunSQL(
            "CREATE INDEX journal_errand_lock ON procrastinate_jobs (lock, id) WHERE status IN ('todo', 'doing')",
            "DROP INDEX journal_errand_lock",
        ),
        *(
            migrations.RunSQL(f"ALTER FUNCTION {FETCH} SET {name} = off", f"ALTER FUNCTION {FETCH} RESET {name}")
            for name in ("enable_sort", "enable_seqscan", "enable_bitmapscan")
        ),
    ]
