"""流水不可改: an entry is written once; the database refuses UPDATE and DELETE."""

from django.db import migrations

FORBID = """
CREATE FUNCTION journal_entry_is_for_ever() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'journal entries are for ever' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER journal_entry_for_ever BEFORE UPDATE OR DELETE ON journal_entry
  FOR EACH ROW EXECUTE FUNCTION journal_entry_is_for_ever();
"""
ALLOW = """
DROP TRIGGER journal_entry_for_ever ON journal_entry;
DROP FUNCTION journal_entry_is_for_ever();
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunSQL(FORBID, ALLOW)]
