"""受理前写下的: what was found, what was asked for, why a case was not taken."""

from __future__ import annotations

from django.db import models

from onewindow.cases.models.case import Case
from onewindow.catalogue.models import Material
from onewindow.ground.voidable import Voidable
from onewindow.people.models import Officer


class Verdict(Voidable):
    """核对: what was found for one material, by whom; the latest per material holds."""

    class Finding(models.TextChoices):
        FITS = "fits", "符合"
        MISSING = "missing", "缺"
        WRONG = "wrong", "不符"
        NONE = "none", "不涉及"

    LACKING = frozenset({Finding.MISSING.value, Finding.WRONG.value})

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="verdicts")
    material = models.ForeignKey(Material, on_delete=models.PROTECT)
    finding = models.CharField(max_length=8, choices=Finding)
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, db_index=False)
    at = models.DateTimeField()

    @property
    def lacks(self) -> bool:
        return self.finding in self.LACKING


class Correction(Voidable):
    """补正告知: everything at once, with the last day for the answer and what follows if none comes."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="corrections")
    second = models.BooleanField(default=False)
    what_is_wrong = models.TextField(blank=True)
    # Told after the last day for it; `why_late` is what the applicant reads about that.
    late = models.BooleanField(default=False)
    why_late = models.CharField(max_length=300, blank=True)
    reply_by = models.DateField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Officer, on_delete=models.PROTECT)
    approved_by = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "second"],
                condition=models.Q(voided=False),
                name="one_correction_and_one_more",
            )
        ]
        # The supervisor's list.
        indexes = [
            models.Index(
                fields=["-id"],
                condition=models.Q(second=True) | models.Q(late=True),
                name="correction_unusual",
            )
        ]


class CorrectionPoint(models.Model):
    """补正事项: one material and what has to be done about it."""

    correction = models.ForeignKey(Correction, on_delete=models.PROTECT, related_name="points")
    material = models.ForeignKey(Material, on_delete=models.PROTECT)
    demand = models.CharField(max_length=300)
    answered_at = models.DateTimeField(null=True, blank=True)


class Refusal(Voidable):
    """不予受理、不属本机关、不需办理: reasons, basis and where to go, with the second person's word where needed."""

    class Kind(models.TextChoices):
        REFUSED = "refused", "不予受理"
        NOT_OURS = "not_ours", "不属本机关职权"
        NOT_NEEDED = "not_needed", "依法不需要办理"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="refusals")
    kind = models.CharField(max_length=10, choices=Kind)
    reasons = models.TextField()
    basis = models.CharField(max_length=300)
    go_to = models.CharField(max_length=200, blank=True)
    proposed_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    settled_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    confirmed = models.BooleanField(null=True, blank=True)
    remark = models.CharField(max_length=300, blank=True)
