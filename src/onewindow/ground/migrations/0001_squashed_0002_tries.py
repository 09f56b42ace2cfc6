"""All tables of this package at once, for a new database; one of before went through the files that this replaces."""

from django.db import migrations, models

from onewindow.ground.at_once import AtOnce


class Migration(migrations.Migration):

    replaces = [('ground', '0001_initial'), ('ground', '0002_tries')]

    initial = True

    dependencies = [
    ]

    operations = [
        AtOnce([
            migrations.CreateModel(
                name='Series',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('county', models.CharField(max_length=12)),
                    ('name', models.CharField(max_length=80)),
                    ('last', models.PositiveIntegerField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('county', 'name'), name='series_once')],
                },
            ),
            migrations.CreateModel(
                name='StoredFile',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('county', models.CharField(max_length=12)),
                    ('sha256', models.CharField(max_length=64)),
                    ('size', models.PositiveBigIntegerField()),
                    ('media_type', models.CharField(max_length=80)),
                    ('name', models.CharField(max_length=200)),
                    ('stored_at', models.DateTimeField()),
                ],
                options={
                    'indexes': [models.Index(fields=['county', 'sha256'], name='ground_stor_county_993344_idx')],
                },
            ),
            migrations.CreateModel(
                name='Tries',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=30)),
                    ('key', models.BinaryField(max_length=32)),
                    ('since', models.DateTimeField()),
                    ('count', models.PositiveIntegerField()),
                ],
                options={
                    'indexes': [models.Index(fields=['since'], name='ground_trie_since_19b549_idx')],
                    'constraints': [models.UniqueConstraint(fields=('name', 'key'), name='tries_once')],
                },
            ),
        ]),
    ]
