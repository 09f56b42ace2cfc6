"""监察的表: which overruns must be answered for, and what was answered and found?"""

from __future__ import annotations

from django.db import models

from onewindow.cases.models import Case
from onewindow.journal.models import Entry
from onewindow.people.models import Officer
from onewindow.places.models import Department
from onewindow.rules.account import GRAVITY_WORDS, PENALTY_WORDS
from onewindow.rules.overdue import CAUSE_WORDS, FINDING_WORDS


class Overdue(models.Model):
    """超期说明: one term that a department did not keep; open until the supervisor has accepted what it says."""

    class State(models.TextChoices):
        CALLED = "called", "待说明"
        ANSWERED = "answered", "待审核"
        SENT_BACK = "sent_back", "退回重新说明"
        SETTLED = "settled", "已采纳"
        VOID = "void", "不成立"

    DONE = (State.SETTLED, State.VOID)
    OPEN = (State.CALLED, State.ANSWERED, State.SENT_BACK)

    county = models.CharField(max_length=12)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="overruns")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    cause = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")
    term = models.CharField(max_length=40)
    term_title = models.CharField(max_length=60)
    # Since when the term ran: a due day that moves makes no second record of the same delay.
    since = models.DateField()
    due_on = models.DateField()
    legal = models.BooleanField()
    opened_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.CALLED)
    # 不成立: the day moved afterwards, so that nothing was late; who took it back, and why.
    void_why = models.CharField(max_length=500, blank=True)
    void_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    void_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            # One that was taken back does not stand in the way when the new day passes too.
            models.UniqueConstraint(
                fields=["case", "term", "since"],
                condition=~models.Q(state="void"),
                name="overdue_once_per_term",
            ),
        ]
        indexes = [
            models.Index(fields=["county", "-id"], name="overdue_county"),
            models.Index(fields=["department", "-id"], name="overdue_department"),
            models.Index(
                fields=["county", "department", "-id"],
                condition=~models.Q(state__in=["settled", "void"]),
                name="overdue_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.term_title} {self.due_on}"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def to_answer(self) -> bool:
        """Whether the department is next."""
        return self.state in (self.State.CALLED, self.State.SENT_BACK)


class Answer(models.Model):
    """说明: who, why and what is done, and what the supervisor said to it; the second is the last."""

    overdue = models.ForeignKey(Overdue, on_delete=models.PROTECT, related_name="answers")
    place = models.PositiveSmallIntegerField()
    responsible = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    cause = models.CharField(
        max_length=12, choices=[(one.value, words[0]) for one, words in CAUSE_WORDS.items()]
    )
    why = models.TextField()
    done = models.TextField()
    expected = models.DateField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # None while nobody looked at it.
    accepted = models.BooleanField(null=True, blank=True)
    finding = models.CharField(
        max_length=12, choices=[(one.value, word) for one, word in FINDING_WORDS.items()], blank=True
    )
    # Where no reason was found: how grave it is and what follows (延时办 三); the words beside it.
    gravity = models.CharField(
        max_length=8,
        choices=[(one.value, word) for one, word in GRAVITY_WORDS.items()],
        blank=True,
        default="",
    )
    penalty = models.CharField(
        max_length=10,
        choices=[(one.value, word) for one, word in PENALTY_WORDS.items()],
        blank=True,
        default="",
    )
    remark = models.CharField(max_length=500, blank=True)
    settled_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["overdue", "place"], name="overdue_answer_once"),
            models.CheckConstraint(
                condition=models.Q(place__in=(1, 2)), name="overdue_answered_twice_at_most"
            ),
        ]
        ordering = ["overdue", "place"]
