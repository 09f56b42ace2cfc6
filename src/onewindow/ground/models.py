"""底座的表: number series and stored files. Knows nothing of the field."""

from __future__ import annotations

from django.db import models


class Series(models.Model):
    """编号: the last number given in a series of a county; gap-free, because it is taken in the act's transaction."""

    county = models.CharField(max_length=12)
    name = models.CharField(max_length=80)
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["county", "name"], name="series_once")]


class StoredFile(models.Model):
    """文件: bytes outside the web root, named by their digest; `name` is what the person called it."""

    county = models.CharField(max_length=12)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    stored_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["county", "sha256"])]


class Tries(models.Model):
    """尝试次数: how often somebody tried one thing since when; the key is a keyed hash, never an address or a number."""

    name = models.CharField(max_length=30)
    key = models.BinaryField(max_length=32)
    since = models.DateTimeField()
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "key"], name="tries_once")]
        indexes = [models.Index(fields=["since"])]
