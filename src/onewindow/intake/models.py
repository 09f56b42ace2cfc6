"""一窗收件的表: an application with its form and its papers, from the first draft to the seal."""

from __future__ import annotations

from datetime import date

from django.db import models

from onewindow.catalogue.models import ItemVersion, Material
from onewindow.ground.fields import EncryptedJSON, EncryptedText
from onewindow.ground.models import StoredFile
from onewindow.ground.voidable import Voidable
from onewindow.hall.models import Visit
from onewindow.people.models import Officer, Party
from onewindow.places.models import Department, Window
from onewindow.rules.kinds_of_case import MODE_WORDS, Mode


class Channel(models.TextChoices):
    """申报来源 (GB/T 39046 A.5, where a self-service terminal counts among the others)."""

    COUNTER = "counter", "窗口"
    WEB = "web", "电脑端"
    PHONE = "phone", "移动端"
    POST = "post", "快递"
    VISIT = "visit", "上门"
    TERMINAL = "terminal", "自助终端"


# Handed in by the applicant himself, from a computer, a telephone or a machine of a hall.
ONLINE = (Channel.WEB, Channel.PHONE, Channel.TERMINAL)


class Application(models.Model):
    """申请: what one party asks for; sealed once and never changed after."""

    county = models.CharField(max_length=12)
    version = models.ForeignKey(ItemVersion, on_delete=models.PROTECT)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, db_index=False)
    applicant = models.ForeignKey(
        Party, on_delete=models.PROTECT, db_index=False, related_name="applications"
    )
    agent = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, blank=True, related_name="acted_for"
    )
    channel = models.CharField(max_length=8, choices=Channel)
    # How it began, when a window goes on with what was begun online.
    begun_as = models.CharField(max_length=8, choices=Channel, blank=True, default="")
    # 办理方式: chosen at the intake where the item allows both.
    mode = models.CharField(
        max_length=10, choices=[(m.value, w) for m, w in MODE_WORDS.items()], default=Mode.DIRECT.value
    )
    window = models.ForeignKey(Window, on_delete=models.PROTECT, null=True, blank=True, db_index=False)
    taken_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, db_index=False)
    form = EncryptedJSON(default=dict)
    phone = EncryptedText(blank=True, default="")
    e_service = models.BooleanField(default=False)
    delivery_way = models.CharField(max_length=10, default="counter")
    delivery_address = EncryptedText(blank=True, default="")
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    sealed_at = models.DateTimeField(null=True, blank=True)
    # 到访: in which stay it was handed in, when its number was called at this window.
    visit = models.ForeignKey(
        Visit, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="applications"
    )
    # The key that a page carries: the same page sent twice opens one application.
    once = models.UUIDField()
    # Before the seal: the page as it was typed, right or wrong, so that nothing is lost; empty after it.
    draft = EncryptedJSON(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["county", "once"], name="application_sent_once")]
        indexes = [
            models.Index(fields=["applicant", "sealed_at"]),
            models.Index(
                fields=["taken_by", "-saved_at"],
                condition=models.Q(sealed_at__isnull=True),
                name="application_drafts",
            ),
            models.Index(
                fields=["visit"], condition=models.Q(visit__isnull=False), name="application_of_visit"
            ),
        ]

    def at_hall(self, hall: int | None) -> bool:
        """Whether the counters of this hall may deal with it: what was handed in at one hall is not another's."""
        if self.window is not None:
            return self.window.hall_id == hall
        if (
            self.channel in ONLINE or self.sealed_at is None
        ):  # a draft is its clerk's own: its acts see to that
            return True
        return self.taken_by is not None and hall in self.taken_by.halls


class Submitted(Voidable):
    """提交的材料: how one material of the list was satisfied."""

    class How(models.TextChoices):
        PAPER = "paper", "纸质"
        SCAN = "scan", "扫描件"
        UPLOAD = "upload", "网上上传"
        FORM = "form", "网上填写"
        REUSED = "reused", "以前提交过"

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, db_index=False, related_name="submitted"
    )
    material = models.ForeignKey(Material, on_delete=models.PROTECT)
    how = models.CharField(max_length=8, choices=How)
    original = models.BooleanField(default=False)
    copies = models.PositiveSmallIntegerField(default=1)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, db_index=False)
    reused_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, db_index=False)
    # Until when the paper itself is valid; None when it says nothing. An expired one is never used again.
    valid_until = models.DateField(null=True, blank=True)
    # When an original went back to the applicant; the fact OriginalsReturned says so, this is its index.
    returned_on = models.DateField(null=True, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["application", "material"]),
            models.Index(fields=["file"], condition=models.Q(file__isnull=False), name="submitted_file"),
            models.Index(
                fields=["reused_from"],
                condition=models.Q(reused_from__isnull=False),
                name="submitted_reused",
            ),
            models.Index(
                fields=["application"],
                condition=models.Q(original=True, returned_on__isnull=True),
                name="submitted_originals_here",
            ),
        ]

    def usable_on(self, day: date) -> bool:
        """Whether it can stand for the same material in a later application."""
        kept = self.file_id is not None or not self.original
        return kept and (self.valid_until is None or day <= self.valid_until)
