"""文书的表: every letter that went out, its number, its seal and the code that proves it."""

from __future__ import annotations

from django.db import models

from onewindow.ground.fields import EncryptedJSON
from onewindow.ground.models import StoredFile
from onewindow.journal.models import Entry, Subject
from onewindow.places.models import Department


class Seal(models.Model):
    """印章: the picture and the key behind it; a real one is loaded by two persons."""

    county = models.CharField(max_length=12)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, blank=True)
    name = models.CharField(max_length=100)
    demo = models.BooleanField(default=False)
    picture = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True)
    loaded_by = models.CharField(max_length=40)
    confirmed_by = models.CharField(max_length=40, blank=True)
    in_force_from = models.DateField()
    in_force_until = models.DateField(null=True, blank=True)


class Letter(models.Model):
    """文书: one document, numbered, sealed and immutable; a mistake is put right only by a new one."""

    county = models.CharField(max_length=12)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="letters")
    cause = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="letters")
    department = models.ForeignKey(Department, on_delete=models.PROTECT)
    kind = models.CharField(max_length=30)
    title = models.CharField(max_length=100)
    number = models.CharField(max_length=60)
    issued_on = models.DateField()
    issued_at = models.DateTimeField()
    data = EncryptedJSON()
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, null=True, blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT)
    digest = models.BinaryField(max_length=32)
    code = models.CharField(max_length=24, unique=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            # A follower that runs twice makes one letter.
            models.UniqueConstraint(fields=["cause", "kind"], name="letter_once_per_cause"),
            models.UniqueConstraint(fields=["county", "number"], name="letter_number_once"),
        ]
        indexes = [models.Index(fields=["subject", "id"])]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"


class Service(models.Model):
    """送达回证: when and how one letter reached its addressee."""

    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, related_name="service")
    way = models.CharField(max_length=12)
    served_at = models.DateTimeField()
    taker = models.CharField(max_length=60, blank=True)
    by = models.CharField(max_length=40)
