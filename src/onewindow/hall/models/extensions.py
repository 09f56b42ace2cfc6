"""延时服务的表: who was served beyond closing time by whom, who asked for it, who was called back, and who leads a window."""

from __future__ import annotations

from django.db import models

from onewindow.catalogue.models import Item
from onewindow.ground.fields import EncryptedText
from onewindow.ground.models import StoredFile
from onewindow.hall.models.tickets import Ticket
from onewindow.journal.models import Subject
from onewindow.people.models import Officer, Party
from onewindow.places.models import Hall, Window
from onewindow.places.reads import here, pack_here
from onewindow.rules.extending import (
    GRADE_WORDS,
    GROUND_WORDS,
    SATISFIED,
    STAGE_WORDS,
    Stage,
    policy,
    stage_word,
)
from onewindow.rules.identity import masked
from onewindow.rules.keeping import CLEARED


class Extension(models.Model):
    """延时服务: one visitor who is served beyond closing time; stage, times and signatures are an index of its facts."""

    county = models.CharField(max_length=12)
    subject = models.OneToOneField(Subject, on_delete=models.PROTECT, related_name="extension")
    number = models.CharField(max_length=24)
    stage = models.CharField(max_length=8, choices=[(s.value, w) for s, w in STAGE_WORDS.items()])
    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, db_index=False, related_name="extensions")
    # The window that undertook it, then the one that served him; and who sits there.
    window = models.ForeignKey(Window, on_delete=models.PROTECT, related_name="extensions")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="extensions")
    ticket = models.OneToOneField(
        Ticket, on_delete=models.PROTECT, null=True, blank=True, related_name="extension"
    )
    party = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="extensions"
    )
    # 办理事项: the item where it is known, and what it is called on the form.
    item = models.ForeignKey(
        Item, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    what = models.CharField(max_length=100)
    cases = models.ManyToManyField(Subject, blank=True, related_name="extended")
    # Under which name and telephone he is called back, where he has no file here.
    name = EncryptedText(blank=True, default="")
    phone = EncryptedText(blank=True, default="")
    ground = models.CharField(max_length=10, choices=[(g.value, w) for g, w in GROUND_WORDS.items()])
    why = models.CharField(max_length=200, blank=True)
    day = models.DateField()
    # 下班时间 of the opening to which it belongs; empty where the hall has no hours on file.
    closed_at = models.DateTimeField(null=True, blank=True)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=200, blank=True)
    handler_signed_by = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    handler_signed_at = models.DateTimeField(null=True, blank=True)
    signature = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    applicant_signed_at = models.DateTimeField(null=True, blank=True)
    on_paper = models.BooleanField(default=False)
    served_at = models.DateTimeField(null=True, blank=True)
    filed_number = models.CharField(max_length=24, blank=True)
    filed_at = models.DateTimeField(null=True, blank=True)
    # 按保存期限清除: since when it names nobody.
    cleared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["county", "number"], name="extension_number_once")]
        indexes = [
            models.Index(fields=["hall", "-day"], name="extension_of_day"),
            models.Index(
                fields=["window"], condition=models.Q(stage=Stage.OPEN.value), name="extension_open"
            ),
            models.Index(
                fields=["county", "served_at", "id"],
                condition=models.Q(stage=Stage.SERVED.value),
                name="extension_to_file",
            ),
            models.Index(
                fields=["county", "filed_at", "id"],
                condition=models.Q(stage=Stage.FILED.value),
                name="extension_filed",
            ),
            # Whose term of keeping is over; and whose they are.
            models.Index(
                fields=["county", "day"],
                condition=models.Q(cleared_at__isnull=True),
                name="extension_to_clear",
            ),
            models.Index(
                fields=["party"], condition=models.Q(party__isnull=False), name="extension_of_party"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_stage_display(self) -> str:  # type: ignore[no-redef]
        """How far it is, in the words of the place."""
        signed = self.handler_signed_at is not None and self.applicant_signed_at is not None
        return stage_word(Stage(self.stage), policy(pack_here(here()).at(self.day)), signed=signed)

    @property
    def who(self) -> str:
        """The applicant's name while it is kept; of whom nobody asked it his number."""
        if self.cleared_at is not None:
            return CLEARED
        if self.party is not None:
            return self.party.name
        return self.name or (f"{self.ticket} 号" if self.ticket is not None else "")

    @property
    def telephone(self) -> str:
        """Where he is called back."""
        return self.phone or (self.party.phone if self.party is not None else "")

    @property
    def telephone_masked(self) -> str:
        return CLEARED if self.cleared_at is not None else masked(self.telephone)


class ExtensionAsk(models.Model):
    """延时请求: somebody asked to be served beyond closing time; agreed to, or not with its reason."""

    class Channel(models.TextChoices):
        PHONE = "phone", "手机上的号"
        KIOSK = "kiosk", "取号机"
        WORDS = "words", "当面提出"

    county = models.CharField(max_length=12)
    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, db_index=False, related_name="extension_asks")
    window = models.ForeignKey(
        Window, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    ticket = models.OneToOneField(
        Ticket, on_delete=models.PROTECT, null=True, blank=True, related_name="extension_ask"
    )
    channel = models.CharField(max_length=6, choices=Channel)
    what = models.CharField(max_length=100, blank=True)
    asked_at = models.DateTimeField()
    agreed = models.BooleanField(null=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    reason = models.CharField(max_length=200, blank=True)
    extension = models.ForeignKey(
        Extension, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="asks"
    )

    class Meta:
        indexes = [models.Index(fields=["hall", "-asked_at"], name="extension_asked")]


class CallBackDraw(models.Model):
    """回访抽样: the services of which days were drawn from, and how many."""

    county = models.CharField(max_length=12)
    subject = models.OneToOneField(Subject, on_delete=models.PROTECT, related_name="call_back_draw")
    number = models.CharField(max_length=24)
    since = models.DateField()
    until = models.DateField()
    percent = models.PositiveSmallIntegerField()
    services = models.PositiveIntegerField()
    drawn_at = models.DateTimeField()
    drawn_by = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["county", "number"], name="call_back_draw_once")]

    def __str__(self) -> str:
        return self.number


class CallBack(models.Model):
    """回访: whether he was reached, how satisfied he was, and what he said."""

    county = models.CharField(max_length=12)
    draw = models.ForeignKey(CallBackDraw, on_delete=models.PROTECT, related_name="calls")
    extension = models.OneToOneField(Extension, on_delete=models.PROTECT, related_name="call_back")
    tries = models.PositiveSmallIntegerField(default=0)
    reached = models.BooleanField(null=True)
    grade = models.PositiveSmallIntegerField(null=True, blank=True, choices=list(GRADE_WORDS.items()))
    opinion = EncryptedText(blank=True, default="")
    suggestion = EncryptedText(blank=True, default="")
    at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )

    @property
    def hall_id(self) -> int:
        """In which hall he was served: who calls back for a hall calls its visitors alone."""
        return self.extension.hall_id

    @property
    def satisfied(self) -> bool:
        return self.grade is not None and self.grade >= SATISFIED


class WindowLeader(models.Model):
    """窗口负责人: who leads a window, and is told of its 延时服务; one at a time."""

    county = models.CharField(max_length=12)
    window = models.ForeignKey(Window, on_delete=models.PROTECT, db_index=False, related_name="leaders")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="leads")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["window"], condition=models.Q(until__isnull=True), name="window_leader_once"
            )
        ]


class SignOff(models.Model):
    """签退: when a window was left at noon or in the evening, and by whom."""

    county = models.CharField(max_length=12)
    window = models.ForeignKey(Window, on_delete=models.PROTECT, db_index=False, related_name="sign_offs")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, db_index=False, related_name="+")
    at = models.DateTimeField()
    # 下班时间 that it was for; empty where the hall has no hours on file.
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["window", "-at"], name="sign_off_of_window")]
