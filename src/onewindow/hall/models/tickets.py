"""取号的表: one person's stay in a hall, and his numbers with their place in the line."""

from __future__ import annotations

import secrets
import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from onewindow.catalogue.models import Item
from onewindow.ground.fields import EncryptedJSON
from onewindow.journal.models import Subject
from onewindow.people.models import Officer, Party
from onewindow.places.models import Device, Hall, Line, Window
from onewindow.rules.guiding import GROUP_WORDS, HELPED
from onewindow.rules.queueing import PRIORITY_WORDS
from onewindow.rules.tickets import AT_WINDOW, STAGE_WORDS, TicketStage


def new_code() -> str:
    """What opens the page of one number on a telephone: nobody guesses it."""
    return secrets.token_urlsafe(12)


class Visit(models.Model):
    """到访: one person's stay in a hall; its key ties numbers, papers, cases and what he thought of it."""

    county = models.CharField(max_length=12)
    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, db_index=False, related_name="visits")
    day = models.DateField()
    key = models.UUIDField(default=uuid.uuid4, unique=True)
    party = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="visits"
    )
    # What he showed at the machine when nobody of that number is in our files yet: kind and number of the paper,
    # and the name. Emptied when the day is over.
    shown = EncryptedJSON(default=dict)
    # 特殊群体 to which he belongs, and whether he wanted the 一对一专办 that was offered; nothing: not asked.
    groups = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    one_to_one = models.BooleanField(null=True, blank=True)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["hall", "day"], name="visit_of_day"),
            # What the end of the day closes.
            models.Index(fields=["day"], condition=models.Q(ended_at__isnull=True), name="visit_open"),
            models.Index(fields=["party", "-day"], condition=models.Q(party__isnull=False), name="visit_of"),
            # Whose term of keeping is over.
            models.Index(
                fields=["county", "day"], condition=models.Q(party__isnull=False), name="visit_to_clear"
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)

    @property
    def group_words(self) -> str:
        """The groups, as windows and guides read them."""
        return "、".join(GROUP_WORDS[one] for one in self.groups if one in GROUP_WORDS)

    @property
    def to_offer(self) -> bool:
        """Whether 一对一专办 is still to be offered to him."""
        return self.one_to_one is None and not HELPED.isdisjoint(self.groups)


class Ticket(models.Model):
    """号: one number of one line; stage, window and place are an index of its facts."""

    class Channel(models.TextChoices):
        KIOSK = "kiosk", "取号机"
        GUIDE = "guide", "导服台"
        PHONE = "phone", "扫码取号"
        BOOKING = "booking", "预约签到"

    county = models.CharField(max_length=12)
    subject = models.OneToOneField(Subject, on_delete=models.PROTECT, related_name="ticket")
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="tickets")
    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, db_index=False, related_name="tickets")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, db_index=False, related_name="tickets")
    day = models.DateField()
    number = models.CharField(max_length=8)
    code = models.CharField(max_length=24, default=new_code, unique=True)
    # The key of the button that was pressed: pressed twice, it gives one number.
    once = models.UUIDField(unique=True)
    channel = models.CharField(max_length=8, choices=Channel)
    device = models.ForeignKey(Device, on_delete=models.PROTECT, null=True, blank=True, db_index=False)
    priority = models.CharField(
        max_length=10, choices=[(p.value, w) for p, w in PRIORITY_WORDS.items()], default="ordinary"
    )
    # For which item, when he said it.
    item = models.ForeignKey(Item, on_delete=models.PROTECT, null=True, blank=True, db_index=False)
    # 咨询号: a question that the window answers in writing before it is through.
    asks = models.BooleanField(default=False)
    # 走错业务区: when he was sent on from the wrong line; 关怀: when a guide looked after him.
    misled_at = models.DateTimeField(null=True, blank=True)
    cared_at = models.DateTimeField(null=True, blank=True)
    # 需要帮助: he asked for a guide.
    help = models.BooleanField(default=False)
    # 开放时间以外给号: why a member of the staff gave it nevertheless.
    why_outside = models.CharField(max_length=100, blank=True, default="")
    # 延时服务: a window has undertaken to serve him beyond closing time.
    covered = models.BooleanField(default=False)
    taken_at = models.DateTimeField()
    # 告知的等候: the minutes that he was told to wait when he took it, where the screen told them.
    told_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    # His place in the line: never changed while he waits (`rules/queueing.py`).
    rank = models.DateTimeField()
    stage = models.CharField(max_length=10, choices=[(s.value, w) for s, w in STAGE_WORDS.items()])
    # Where he is called, served, parked; and who called him.
    window = models.ForeignKey(
        Window, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="tickets"
    )
    officer = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    # 转到一个窗口: until when this window alone calls him.
    only = models.ForeignKey(
        Window, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    only_until = models.DateTimeField(null=True, blank=True)
    # The first call; the last one and how many there were since he last waited; when it began and was over.
    first_called_at = models.DateTimeField(null=True, blank=True)
    called_at = models.DateTimeField(null=True, blank=True)
    calls = models.PositiveSmallIntegerField(default=0)
    begun_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hall", "day", "number"], name="ticket_number_once"),
            models.UniqueConstraint(
                fields=["window"],
                condition=models.Q(stage__in=[stage.value for stage in AT_WINDOW]),
                name="ticket_one_at_a_window",
            ),
        ]
        indexes = [
            # Who is next in a line.
            models.Index(
                fields=["line", "rank", "id"],
                condition=models.Q(stage=TicketStage.WAITING.value),
                name="ticket_waiting",
            ),
            # What the boards of a day show.
            models.Index(fields=["hall", "day", "stage"], name="ticket_of_day"),
            # How long the last services of a line took.
            models.Index(
                fields=["line", "-ended_at"],
                condition=models.Q(stage=TicketStage.DONE.value),
                name="ticket_served",
            ),
        ]

    def __str__(self) -> str:
        return self.number
