"""评价和投诉的表: one service, one rating, given by the person served; and what somebody complained of."""

from __future__ import annotations

import secrets

from django.contrib.postgres.fields import ArrayField
from django.db import models

from onewindow.ground.clock import SHANGHAI
from onewindow.ground.fields import EncryptedText
from onewindow.journal.models import Subject
from onewindow.people.models import Officer, Party
from onewindow.places.models import Department, Hall, Window
from onewindow.places.reads import workdays
from onewindow.rules.account import GRAVITY_WORDS, PENALTY_WORDS
from onewindow.rules.complaints import CHANNEL_WORDS, KIND_WORDS, SERVICE_WORDS, STAGE_WORDS, Stage
from onewindow.rules.keeping import CLEARED


class Grade(models.IntegerChoices):
    """满意度: a neutral scale; exchange maps it (GB/T 39046 A.8 and the national interface run opposite ways)."""

    VERY_GOOD = 5, "非常满意"
    GOOD = 4, "满意"
    FAIR = 3, "基本满意"
    BAD = 2, "不满意"
    VERY_BAD = 1, "非常不满意"


class Rating(models.Model):
    """评价: five grades and the national reason codes; never defaulted to good (GB/T 39734, 一次一评)."""

    county = models.CharField(max_length=12)
    subject = models.OneToOneField(Subject, on_delete=models.PROTECT, related_name="rating")
    # None where a service at a window was rated that is of no one department (综合受理).
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, blank=True)
    grade = models.PositiveSmallIntegerField(choices=Grade)
    reasons = ArrayField(models.PositiveSmallIntegerField(), default=list)
    text = models.CharField(max_length=500, blank=True)
    channel = models.CharField(max_length=10)
    given_at = models.DateTimeField()
    item_name = models.CharField(max_length=300)
    # Empty where a service at a window was rated, whose subject is its number in the hall.
    case_number = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["county", "grade", "-given_at"])]

    @property
    def bad(self) -> bool:
        """差评: grades 1 and 2 (国办发〔2019〕51号)."""
        return self.grade <= Grade.BAD


def new_code() -> str:
    """What the page of one complaint is opened with; nobody guesses it."""
    return secrets.token_urlsafe(12)


class Complaint(models.Model):
    """投诉: what somebody says went wrong at a window, whom it is about, and what was found."""

    county = models.CharField(max_length=12)
    subject = models.OneToOneField(Subject, on_delete=models.PROTECT, related_name="complaint")
    number = models.CharField(max_length=24)
    code = models.CharField(max_length=24, default=new_code, unique=True)
    once = models.UUIDField(unique=True)
    # The booking or the number it is about; nothing, where the supervisor wrote it down without one.
    about = models.ForeignKey(
        Subject, on_delete=models.PROTECT, null=True, blank=True, related_name="complaints"
    )
    kind = models.CharField(max_length=16, choices=[(k.value, w) for k, w in KIND_WORDS.items()])
    service = models.CharField(max_length=8, choices=[(s.value, w) for s, w in SERVICE_WORDS.items()])
    channel = models.CharField(max_length=8, choices=[(c.value, w) for c, w in CHANNEL_WORDS.items()])
    stage = models.CharField(
        max_length=10, choices=[(s.value, w) for s, w in STAGE_WORDS.items()], default=Stage.OPEN.value
    )
    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, db_index=False, related_name="complaints")
    # 窗口 and 工作人员 it is about, as far as it is known; the supervisor puts it right.
    window = models.ForeignKey(
        Window, on_delete=models.PROTECT, null=True, blank=True, related_name="complaints"
    )
    officer = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="complaints"
    )
    party = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="complaints"
    )
    name = EncryptedText(blank=True, default="")
    phone = EncryptedText(blank=True, default="")
    what = EncryptedText()
    happened_on = models.DateField()
    made_at = models.DateTimeField()
    taken_by = models.CharField(max_length=40)
    due_on = models.DateField()
    # 核查情况 for the office; 答复 for whoever complained.
    finding = EncryptedText(blank=True, default="")
    answer = EncryptedText(blank=True, default="")
    gravity = models.CharField(
        max_length=8, blank=True, default="", choices=[(g.value, w) for g, w in GRAVITY_WORDS.items()]
    )
    penalty = models.CharField(
        max_length=10, blank=True, default="", choices=[(p.value, w) for p, w in PENALTY_WORDS.items()]
    )
    remark = models.CharField(max_length=500, blank=True, default="")
    points = models.PositiveSmallIntegerField(default=0)
    settled_by = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    # 按保存期限清除: since when it names nobody and tells no words; what was found and what followed stays.
    cleared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["county", "number"], name="complaint_number_once"),
            # Nothing counts before it is settled, and what is verified says whom it is about and what follows.
            models.CheckConstraint(
                condition=models.Q(stage=Stage.VERIFIED.value, window__isnull=False, settled_at__isnull=False)
                & ~models.Q(gravity="")
                & ~models.Q(penalty="")
                | models.Q(points=0, gravity="", penalty="") & ~models.Q(stage=Stage.VERIFIED.value),
                name="complaint_verified_says_what_follows",
            ),
        ]
        indexes = [
            models.Index(fields=["county", "stage", "-id"], name="complaint_stage"),
            # Whose term of keeping is over; and whose they are.
            models.Index(
                fields=["county", "settled_at"],
                condition=models.Q(cleared_at__isnull=True, settled_at__isnull=False),
                name="complaint_to_clear",
            ),
            models.Index(
                fields=["party"], condition=models.Q(party__isnull=False), name="complaint_of_party"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        return self.stage == Stage.OPEN.value

    @property
    def provisional(self) -> bool:
        """暂定: reckoned through a year of which no holiday notice is known; such a day is never late."""
        return workdays().provisional(self.made_at.astimezone(SHANGHAI).date(), self.due_on)

    @property
    def what_kept(self) -> str:
        """His words, while they are kept."""
        return CLEARED if self.cleared_at is not None else self.what

    @property
    def finding_kept(self) -> str:
        return CLEARED if self.cleared_at is not None else self.finding

    @property
    def answer_kept(self) -> str:
        return CLEARED if self.cleared_at is not None else self.answer

    @property
    def telephone(self) -> str:
        """Where he is told."""
        return self.phone or (self.party.phone if self.party is not None else "")

    @property
    def who(self) -> str:
        """Who complained, as he called himself, while that is kept."""
        if self.cleared_at is not None:
            return CLEARED
        return self.name or (self.party.name if self.party is not None else "没有留姓名")
