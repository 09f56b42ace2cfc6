"""Cases that were there before `taken_at` learn their hall; numbers made from a local code are national no more."""

from django.db import migrations

# The hall of the window, as an act writes it today.
OF_THE_WINDOW = """
UPDATE cases_case c SET taken_at_id = w.hall_id
FROM intake_application a JOIN places_window w ON w.id = a.window_id
WHERE a.id = c.application_id AND a.channel NOT IN ('web', 'phone') AND c.taken_at_id IS NULL
"""
# Without a window: the hall of the post with which the clerk took it in.
OF_THE_CLERK = """
UPDATE cases_case c SET taken_at_id = found.hall_id
FROM (
  SELECT DISTINCT ON (one.id) one.id, p.hall_id
  FROM cases_case one
  JOIN intake_application a ON a.id = one.application_id AND a.channel NOT IN ('web', 'phone')
  JOIN people_holding h ON h.officer_id = one.taken_by_id AND h.since <= one.received_on
    AND (h.until IS NULL OR h.until >= one.received_on)
  JOIN people_post p ON p.id = h.post_id AND p.hall_id IS NOT NULL AND 'intake:receive' = ANY (p.grants)
  WHERE one.taken_at_id IS NULL AND a.window_id IS NULL
  ORDER BY one.id, h.id
) found
WHERE found.id = c.id
"""
# Fifty characters were cut off, so that all cases of an item and a day had the same one.
NOT_NATIONAL = """
UPDATE cases_case SET national_number = ''
WHERE national_number <> '' AND (
  length(national_number) = 50
  OR national_number !~ '^[0-9A-HJ-NP-RTUWXY]{18}[1-7][0-9]{12}([0-9]{2})?[0-9]{8}[0-9]{4,}$'
)
"""


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0003_where_it_came_in'),
        ('intake', '0004_filled_in_online'),
        ('people', '0004_tokens'),
        ('places', '0003_county_notices'),
    ]

    operations = [
        migrations.RunSQL(text, migrations.RunSQL.noop)
        for text in (OF_THE_WINDOW, OF_THE_CLERK, NOT_NATIONAL)
    ]
