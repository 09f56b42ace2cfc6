"""值班的表: who is on duty where on a day, in which part, and whether he was there?"""

from __future__ import annotations

from django.db import models

from onewindow.people.models.officers import Officer
from onewindow.places.models import Hall, Window
from onewindow.rules.opening import SESSION_WORDS


class Duty(models.Model):
    """值班安排: one person's part in one session of a hall, at a window or for the whole."""

    class Role(models.TextChoices):
        LEADER = "leader", "带班领导"
        SECTION = "section", "值班股室"
        WINDOW = "window", "窗口"
        LOGISTICS = "logistics", "后勤保障"
        TECHNICAL = "technical", "技术保障"

    county = models.CharField(max_length=12)
    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, db_index=False, related_name="duties")
    on = models.DateField()
    kind = models.CharField(max_length=8, choices=[(k.value, w) for k, w in SESSION_WORDS.items()])
    role = models.CharField(max_length=10, choices=Role)
    window = models.ForeignKey(
        Window, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="duties"
    )
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="duties")
    # 股室, in words, and the office telephone under which he is reached meanwhile.
    section = models.CharField(max_length=40, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    named_by = models.CharField(max_length=40)
    named_at = models.DateTimeField()
    signed_on_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    # 不在岗: told when the session began without him.
    unmet_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hall", "on", "kind", "role", "window", "officer"],
                condition=models.Q(dropped_at__isnull=True),
                nulls_distinct=False,
                name="duty_once",
            )
        ]
        indexes = [models.Index(fields=["hall", "on"], name="duty_of_day")]

    def __str__(self) -> str:
        return f"{self.on} {self.get_role_display()} {self.officer.name}"

    @property
    def account_id(self) -> int:
        """Whose it is: he signs on himself."""
        return self.officer.account_id
