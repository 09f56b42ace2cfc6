from django.db import migrations

# The shared cache: a one-time code used at one worker must be known as used to all others.
CREATE = """
CREATE TABLE people_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX people_cache_expires ON people_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0002_first_county")]
    operations = [migrations.RunSQL(CREATE, "DROP TABLE people_cache")]
