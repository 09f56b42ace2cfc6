"""访问日志不可改: a line of the access log is written once, as an entry is; the database refuses UPDATE and DELETE."""

from django.db import migrations

FORBID = """
CREATE FUNCTION journal_access_is_for_ever() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'lines of the access log are for ever' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER journal_access_for_ever BEFORE UPDATE OR DELETE ON journal_access
  FOR EACH ROW EXECUTE FUNCTION journal_access_is_for_ever();
"""
ALLOW = """
DROP TRIGGER journal_access_for_ever ON journal_access;
DROP FUNCTION journal_access_is_for_ever();
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0003_failures")]
    operations = [migrations.RunSQL(FORBID, ALLOW)]
