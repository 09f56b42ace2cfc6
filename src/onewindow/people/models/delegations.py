"""首席事务代表的表: to whom did a head delegate which powers at the window, until when?"""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models

from onewindow.people.models.officers import Holding, Officer
from onewindow.places.models import Department
from onewindow.rules.grants import GRANT_WORDS, Grant


class Delegation(models.Model):
    """首席事务代表授权: powers of a department, for a term; the post in `holding` carries them and ends with it."""

    county = models.CharField(max_length=12)
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, db_index=False, related_name="delegations"
    )
    holding = models.OneToOneField(Holding, on_delete=models.PROTECT, related_name="delegation")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="delegations")
    number = models.CharField(max_length=50)
    title = models.CharField(max_length=60)  # the post under which the public list names him
    powers = ArrayField(models.CharField(max_length=40))
    since = models.DateField()
    until = models.DateField()
    given_by = models.ForeignKey(Officer, on_delete=models.PROTECT, db_index=False, related_name="+")
    given_at = models.DateTimeField()
    # Before its term, when it was taken back.
    revoked_by = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)
    why_revoked = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["department", "-until"], name="delegation_of_department")]

    def __str__(self) -> str:
        return self.number

    @property
    def ends(self) -> date:
        """The last day on which it holds."""
        return self.last_day or self.until

    @property
    def power_words(self) -> str:
        return "、".join(GRANT_WORDS[Grant(power)] for power in self.powers)
