"""冻结: how does the database itself keep a published version from being changed?

A case keeps the version that it began with, so its row and its materials stay as they were published. Only
one change is let through: a published version becomes an old one.
"""

from django.db import migrations

FREEZE = """
CREATE FUNCTION catalogue_version_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state NOT IN ('published', 'retired') THEN
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF TG_OP = 'UPDATE' AND OLD.state = 'published' AND NEW.state = 'retired'
     AND to_jsonb(NEW) - 'state' = to_jsonb(OLD) - 'state' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '已发布的事项版本不能修改，请起草新版本' USING ERRCODE = 'check_violation';
END $$;
CREATE FUNCTION catalogue_material_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  touched bigint[] := CASE TG_OP WHEN 'INSERT' THEN ARRAY[NEW.version_id]
                                 WHEN 'DELETE' THEN ARRAY[OLD.version_id]
                                 ELSE ARRAY[OLD.version_id, NEW.version_id] END;
BEGIN
  IF EXISTS (SELECT 1 FROM catalogue_itemversion
              WHERE id = ANY(touched) AND state IN ('published', 'retired')) THEN
    RAISE EXCEPTION '已发布版本的材料不能修改，请起草新版本' USING ERRCODE = 'check_violation';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER version_frozen BEFORE UPDATE OR DELETE ON catalogue_itemversion
  FOR EACH ROW EXECUTE FUNCTION catalogue_version_frozen();
CREATE TRIGGER material_frozen BEFORE INSERT OR UPDATE OR DELETE ON catalogue_material
  FOR EACH ROW EXECUTE FUNCTION catalogue_material_frozen();
"""

THAW = """
DROP TRIGGER IF EXISTS version_frozen ON catalogue_itemversion;
DROP TRIGGER IF EXISTS material_frozen ON catalogue_material;
DROP FUNCTION IF EXISTS catalogue_version_frozen();
DROP FUNCTION IF EXISTS catalogue_material_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0002_versions_changes_imports")]
    operations = [migrations.RunSQL(FREEZE, THAW)]
