import django.contrib.postgres.fields
from django.db import migrations, models

# What `catalogue.handling` reads from the guide. Rows kept for common words are ranked live until `onewindow reindex`.
FILL = r"""
UPDATE guidance_listing SET handling = told.words, tag = tag || E'\t' || array_to_string(told.words, ',')
FROM (
  SELECT i.id, array_remove(ARRAY[
    CASE WHEN v.immediate THEN '马上办' END,
    CASE WHEN coalesce((v.content->'service'->>'online')::int, 0) >= 3
      AND coalesce(v.form->'schema'->'properties', '{}') <> '{}' THEN '网上办' END,
    CASE WHEN v.content->'service'->'places' @? '$[*] ? (@.key == "town" || @.key == "village" || @.name like_regex "便民服务")'
      THEN '就近办' END,
    CASE WHEN v.content->'service'->>'visits' IN ('0', '1') THEN '一次办' END
  ], NULL)::varchar(20)[] AS words
  FROM catalogue_item i LEFT JOIN catalogue_itemversion v ON v.id = i.current_id
) AS told WHERE told.id = item_id;
UPDATE guidance_gram SET best = NULL WHERE best IS NOT NULL;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0005_base_catalogue_papers_settled"),
        ("guidance", "0003_best_rows_of_common_words"),
    ]

    operations = [
        migrations.AddField(
            model_name="listing",
            name="handling",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=20), default=list, size=None
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
