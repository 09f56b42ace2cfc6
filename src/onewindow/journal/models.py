"""流水的表: what a fact is about, the fact for ever, and the duty that follows from it."""

from __future__ import annotations

from django.db import models
from django.db.models.fields.json import KT


class Subject(models.Model):
    """事由: everything on the journey has one row here, made in its first act; earlier packages point to it."""

    county = models.CharField(max_length=12)
    kind = models.CharField(max_length=20)
    number = models.CharField(max_length=40)
    head = models.BinaryField(max_length=32, default=b"")
    length = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["county", "kind", "number"], name="subject_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class Entry(models.Model):
    """记载: one fact, for ever. A trigger forbids UPDATE and DELETE; each row carries the hash of the one before."""

    county = models.CharField(max_length=12)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, db_index=False, related_name="entries")
    place = models.PositiveIntegerField()
    fact = models.CharField(max_length=40)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=40)
    body = models.JSONField(default=dict)
    before = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "place"], name="entry_place_once"),
            # A light of a case turns once, whoever ticks and however often.
            models.UniqueConstraint(
                "subject",
                KT("body__term"),
                KT("body__due"),
                KT("body__light"),
                condition=models.Q(fact="LightTurned"),
                name="light_turned_once",
            ),
        ]
        indexes = [
            models.Index(fields=["county", "at"]),
            models.Index(fields=["county", "fact", "on"]),
            # What was done in whose place; few among all entries.
            models.Index(
                KT("body__instead"), "id", condition=models.Q(body__has_key="instead"), name="entry_instead"
            ),
        ]
        ordering = ["subject", "place"]


class Access(models.Model):
    """访问日志: who read, unmasked, exported or signed in. A trigger forbids UPDATE and DELETE; kept six months at least (网络安全法 21)."""

    county = models.CharField(max_length=12)
    at = models.DateTimeField()
    by = models.CharField(max_length=40)
    what = models.CharField(max_length=40)
    about = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    origin = models.CharField(max_length=45, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["county", "at"]),
            models.Index(fields=["by", "at"]),
            # What concerns one person, for himself.
            models.Index(fields=["about"], condition=~models.Q(about=""), name="access_about"),
            # The supervisor's list of refused demands, few among millions of lines.
            models.Index(
                fields=["county", "-id"], condition=models.Q(what="overreach"), name="access_overreach"
            ),
        ]


class Head(models.Model):
    """每分钟封口: one hash over all entries of a county since the last, chained and printable."""

    county = models.CharField(max_length=12)
    at = models.DateTimeField()
    last_entry = models.PositiveBigIntegerField()
    # The highest entry seen; those up to it are closed a minute later, when no act is still writing among them.
    seen_entry = models.PositiveBigIntegerField()
    entries = models.PositiveIntegerField()
    before = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta:
        indexes = [models.Index(fields=["county", "last_entry"])]


class Failure(models.Model):
    """没办成的后续事项: why one duty failed the last time; gone as soon as it succeeds."""

    county = models.CharField(max_length=12)
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="failures")
    follower = models.CharField(max_length=120)
    at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)
    error = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "follower"], name="failure_once_per_duty")]
