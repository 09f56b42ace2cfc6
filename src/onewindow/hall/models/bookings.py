"""预约的表: who comes when for what, who answered and serves, and who may book no more until it is lifted."""

from __future__ import annotations

import secrets
import uuid
from datetime import datetime

from django.db import models

from onewindow.catalogue.models import Item
from onewindow.ground.clock import SHANGHAI
from onewindow.ground.fields import EncryptedText
from onewindow.ground.models import StoredFile
from onewindow.hall.models.tickets import Ticket
from onewindow.journal.models import Subject
from onewindow.people.models import Officer, Party
from onewindow.places.models import Hall, Line, Window
from onewindow.places.reads import here, pack_here
from onewindow.rules.bookings import (
    CAUSE_WORDS,
    CHANNEL_WORDS,
    GROUNDS,
    OPEN,
    SERVICE_WORDS,
    STAGE_WORDS,
    Service,
    Stage,
    service_words,
)
from onewindow.rules.identity import masked
from onewindow.rules.keeping import CLEARED, NOT_LEFT
from onewindow.rules.opening import SESSION_WORDS

_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that is read as another


def new_code() -> str:
    """What he shows when he comes: short enough to be typed, too many to be guessed in one hall on one day."""
    return "".join(secrets.choice(_LETTERS) for _ in range(8))


class Session(models.Model):
    """服务场次: what was booked of one stretch of time, of a line in office hours or of a window outside of them."""

    county = models.CharField(max_length=12)
    subject = models.OneToOneField(Subject, on_delete=models.PROTECT, related_name="session")
    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, db_index=False, related_name="sessions")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, null=True, blank=True, related_name="sessions")
    window = models.ForeignKey(
        Window, on_delete=models.PROTECT, null=True, blank=True, related_name="sessions"
    )
    on = models.DateField()
    kind = models.CharField(max_length=8, choices=[(k.value, w) for k, w in SESSION_WORDS.items()])
    begins = models.TimeField()
    ends = models.TimeField()
    # 场次备案: when the office that arranges the duty acknowledged it, and who did.
    filed_at = models.DateTimeField(null=True, blank=True)
    filed_by = models.CharField(max_length=40, blank=True)
    warned_at = models.DateTimeField(null=True, blank=True)
    # 撤销: it does not take place, and why.
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    why_withdrawn = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hall", "on", "kind", "begins", "line", "window"],
                nulls_distinct=False,
                name="session_once",
            )
        ]
        indexes = [models.Index(fields=["county", "on"], name="session_of_day")]

    def __str__(self) -> str:
        return f"{self.on} {self.get_kind_display()}"


class Booking(models.Model):
    """预约: one visit that was asked for; stage, time and window are an index of its facts."""

    county = models.CharField(max_length=12)
    subject = models.OneToOneField(Subject, on_delete=models.PROTECT, related_name="booking")
    number = models.CharField(max_length=24)
    code = models.CharField(max_length=12, default=new_code, unique=True)
    once = models.UUIDField(default=uuid.uuid4, unique=True)
    service = models.CharField(max_length=10, choices=[(s.value, w) for s, w in SERVICE_WORDS.items()])
    stage = models.CharField(max_length=10, choices=[(s.value, w) for s, w in STAGE_WORDS.items()])
    channel = models.CharField(max_length=8, choices=[(c.value, w) for c, w in CHANNEL_WORDS.items()])
    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, db_index=False, related_name="bookings")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, db_index=False, related_name="bookings")
    items = models.ManyToManyField(Item, related_name="bookings")
    # Nobody any more, once it is cleared (`rules/keeping.py`).
    party = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, blank=True, related_name="bookings")
    # Who asked for him, when it was somebody else.
    agent = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    # 预留电话: where he is rung up when he does not come.
    phone = EncryptedText(default="")
    note = EncryptedText(blank=True, default="")
    minutes = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField()
    # 登记人 and the window at which it was written down; nobody, when he asked online.
    recorder = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    recorded_at = models.ForeignKey(
        Window, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    # The day and time that he wishes, then those that were offered, then those that are agreed.
    on = models.DateField()
    begins = models.TimeField()
    ends = models.TimeField()
    provisional = models.BooleanField(default=False)
    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, null=True, blank=True, related_name="bookings"
    )
    window = models.ForeignKey(
        Window, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="bookings"
    )
    # 承办人, and 首问责任人: whoever confirmed it.
    officer = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="bookings"
    )
    first_asked = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    answer_due = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    overdue_at = models.DateTimeField(null=True, blank=True)  # told that nobody had answered in time
    # 约的时间没有了: since when and why, until he has another time, cancels, or it is there again.
    gone_at = models.DateTimeField(null=True, blank=True)
    why_gone = models.CharField(
        max_length=10, blank=True, default="", choices=[(c.value, w) for c, w in CAUSE_WORDS.items()]
    )
    # 一次性告知: what to bring, item by item, as the guides said it on that day.
    told = models.JSONField(default=list)
    told_at = models.DateTimeField(null=True, blank=True)
    ground = models.CharField(max_length=20, blank=True, choices=list(GROUNDS.items()))
    reason = EncryptedText(blank=True, default="")
    flagged = models.BooleanField(default=False)
    reminded_at = models.DateTimeField(null=True, blank=True)
    arrived_at = models.DateTimeField(null=True, blank=True)
    ticket = models.ForeignKey(
        Ticket, on_delete=models.PROTECT, null=True, blank=True, related_name="bookings"
    )
    abandoned_at = models.DateTimeField(null=True, blank=True)
    # 双方签字.
    handler_signed_by = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    handler_signed_at = models.DateTimeField(null=True, blank=True)
    signature = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    applicant_signed_at = models.DateTimeField(null=True, blank=True)
    on_paper = models.BooleanField(default=False)
    outcome = models.CharField(max_length=200, blank=True)
    served_at = models.DateTimeField(null=True, blank=True)
    filed_number = models.CharField(max_length=24, blank=True)
    filed_at = models.DateTimeField(null=True, blank=True)
    # 按保存期限清除: since when it names nobody.
    cleared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["county", "number"], name="booking_number_once")]
        indexes = [
            models.Index(fields=["hall", "on", "begins"], name="booking_of_day"),
            models.Index(fields=["party", "-id"], name="booking_of_party"),
            # What waits for an answer, and what is still to come.
            models.Index(
                fields=["county", "stage", "on"],
                condition=models.Q(stage__in=sorted(stage.value for stage in OPEN)),
                name="booking_open",
            ),
            # What was served and is not filed yet.
            models.Index(
                fields=["county", "served_at", "id"],
                condition=models.Q(stage=Stage.SERVED.value),
                name="booking_to_file",
            ),
            # The lists of a county: by day and time, by the day of the answer, and the register of forms.
            models.Index(fields=["county", "on", "begins", "id"], name="booking_in_order"),
            models.Index(
                fields=["county", "answer_due", "id"],
                condition=models.Q(stage=Stage.ASKED.value),
                name="booking_to_answer",
            ),
            models.Index(
                fields=["county", "filed_at", "id"],
                condition=models.Q(stage=Stage.FILED.value),
                name="booking_filed",
            ),
            # Whose time is gone.
            models.Index(
                fields=["county", "on"],
                condition=models.Q(gone_at__isnull=False),
                name="booking_gone",
            ),
            # Whose term of keeping is over, and which files of persons only they name.
            models.Index(
                fields=["county", "on"], condition=models.Q(cleared_at__isnull=True), name="booking_to_clear"
            ),
            models.Index(fields=["agent"], condition=models.Q(agent__isnull=False), name="booking_of_agent"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def applicant_id(self) -> int | None:
        """Whose it is: he changes and cancels it himself; nobody's, once it is cleared."""
        return self.party_id

    @property
    def who(self) -> str:
        """The applicant's name, while it is kept."""
        return self.party.name if self.party is not None else CLEARED

    @property
    def paper_masked(self) -> str:
        return self.party.paper_masked if self.party is not None else ""

    @property
    def department_id(self) -> int | None:
        """The department of the line, when it is one department's own."""
        ids = [one.pk for one in self.line.departments.all()]
        return ids[0] if len(ids) == 1 else None

    def get_service_display(self) -> str:  # type: ignore[no-redef]
        """What the text of the place calls such a service."""
        return service_words(pack_here(here()).at(self.on))[Service(self.service)]

    @property
    def agreed_at(self) -> datetime:
        """约定时间, in the time of China."""
        return datetime.combine(self.on, self.begins, tzinfo=SHANGHAI)

    @property
    def until(self) -> datetime:
        """When it is over."""
        return datetime.combine(self.on, self.ends, tzinfo=SHANGHAI)

    @property
    def off_hours(self) -> bool:
        """非工作日 or 错时: what the text of the place has its own rules for."""
        return self.service != Service.ORDINARY.value

    @property
    def answer_took(self) -> int | None:
        """How many minutes the answer took; None while there is none."""
        if self.answered_at is None:
            return None
        return int((self.answered_at - self.asked_at).total_seconds() // 60)

    @property
    def phone_masked(self) -> str:
        return CLEARED if self.cleared_at is not None else masked(self.phone) or NOT_LEFT


class ContactTry(models.Model):
    """联系记录: when somebody rang up who had not come, who it was, and whether he was reached."""

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="tries")
    at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, db_index=False, related_name="+")
    phone = EncryptedText()
    reached = models.BooleanField()
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["at", "id"]


class Ban(models.Model):
    """不再接受预约: since when, after which bookings, and who lifted it why."""

    county = models.CharField(max_length=12)
    # Nobody any more, once it was lifted long ago and is cleared.
    party = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, blank=True, related_name="bans")
    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="bans")
    began_on = models.DateField()
    # The days of the bookings that he abandoned.
    days = models.JSONField(default=list)
    lifted_on = models.DateField(null=True, blank=True)
    lifted_by = models.CharField(max_length=40, blank=True)
    why_lifted = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["county", "party"],
                condition=models.Q(lifted_on__isnull=True),
                name="booking_ban_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["county", "lifted_on"],
                condition=models.Q(lifted_on__isnull=False, party__isnull=False),
                name="ban_to_clear",
            )
        ]

    @property
    def who(self) -> str:
        """Whom it bars or barred, while that is kept."""
        return self.party.name if self.party is not None else CLEARED

    @property
    def hall_id(self) -> int:
        """Where the last of them was: the manager of that hall may lift it."""
        return self.booking.hall_id


class Trouble(models.Model):
    """值班日志: a difficulty of windows or visitors during a session, and what became of it."""

    county = models.CharField(max_length=12)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="troubles")
    what = models.CharField(max_length=300)
    noted_by = models.CharField(max_length=40)
    noted_at = models.DateTimeField()
    outcome = models.CharField(max_length=300, blank=True)
    settled_by = models.CharField(max_length=40, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["noted_at", "id"]

    @property
    def hall_id(self) -> int:
        return self.session.hall_id
