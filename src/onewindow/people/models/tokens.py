"""接口令牌的表: which program acts as which account, and what it was answered."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models

from onewindow.ground.fields import EncryptedText, LookupHash
from onewindow.people.models.parties import Account
from onewindow.places.models import County


class ApiToken(models.Model):
    """接口令牌: lets a program act as one account, within its scopes, until a day; kept as a keyed hash alone."""

    class Scope(models.TextChoices):
        READ = "read", "查询办件"
        APPLY = "apply", "提交申请"
        STEP = "step", "办理办件"

    place = models.ForeignKey(County, on_delete=models.PROTECT, db_column="county", related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=60)
    secret_hash = LookupHash(unique=True)
    scopes = ArrayField(models.CharField(max_length=10, choices=Scope))
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    expires_on = models.DateField()
    withdrawn_by = models.CharField(max_length=40, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    # The last day on which it was shown; written once a day.
    used_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "name"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="token_name_once",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def county(self) -> str:
        return self.place_id

    @property
    def scope_words(self) -> str:
        return "、".join(ApiToken.Scope(scope).label for scope in self.scopes)

    def good_on(self, day: date) -> bool:
        """Whether it opens anything on that day."""
        return self.withdrawn_at is None and day <= self.expires_on


class ApiAnswer(models.Model):
    """已答复的请求: what was answered to a request that carried a key, so that the same request is done once."""

    token = models.ForeignKey(ApiToken, on_delete=models.PROTECT, db_index=False, related_name="answers")
    key = models.CharField(max_length=100)
    asked = models.BinaryField(max_length=32)
    status = models.PositiveSmallIntegerField()
    body = EncryptedText()
    # What belongs into the places of the body that were left for the numbers of a case.
    numbers = models.CharField(max_length=200, blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="answer_once_per_key")]
        indexes = [models.Index(fields=["at"])]
