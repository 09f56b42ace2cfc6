"""文书的表: every letter that went out, its number, its seal and the code that proves it."""

from __future__ import annotations

from django.db import models

from onewindow.ground.fields import EncryptedJSON, EncryptedText
from onewindow.ground.models import StoredFile
from onewindow.journal.models import Entry, Subject
from onewindow.places.models import Department, Window


class Seal(models.Model):
    """印章: the picture and the certificate of a department; loaded by one person, confirmed by another.

    It lives once: loaded, then refused or confirmed, in force from a moment, ended at a moment. Its private key is
    no column: it lies encrypted in a file of its own, and is gone when the seal has ended.
    """

    county = models.CharField(max_length=12)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="seals")
    name = models.CharField(max_length=100)
    picture = models.ForeignKey(StoredFile, on_delete=models.PROTECT)
    certificate = models.BinaryField()
    key_name = models.CharField(max_length=64, unique=True)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField()
    in_force_from = models.DateField()
    loaded_by = models.CharField(max_length=40)
    loaded_at = models.DateTimeField()
    refused_by = models.CharField(max_length=40, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)
    refused_why = models.CharField(max_length=200, blank=True)
    confirmed_by = models.CharField(max_length=40, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    begun_at = models.DateTimeField(null=True, blank=True)
    end_asked_by = models.CharField(max_length=40, blank=True)
    end_asked_at = models.DateTimeField(null=True, blank=True)
    end_why = models.CharField(max_length=200, blank=True)
    ended_by = models.CharField(max_length=40, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confirmed_by="") | ~models.Q(confirmed_by=models.F("loaded_by")),
                name="seal_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_by="") | ~models.Q(ended_by=models.F("end_asked_by")),
                name="seal_ended_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(begun_at__isnull=True) | models.Q(confirmed_at__isnull=False),
                name="seal_begins_when_confirmed",
            ),
            models.UniqueConstraint(
                fields=["department"],
                condition=models.Q(begun_at__isnull=False, ended_at__isnull=True),
                name="seal_in_force_once",
            ),
            models.UniqueConstraint(
                fields=["department"],
                condition=models.Q(begun_at__isnull=True, refused_at__isnull=True, ended_at__isnull=True),
                name="seal_coming_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def state(self) -> str:
        """Where the seal is in its life: waiting, coming, ending, in_force, refused or ended."""
        if self.refused_at is not None:
            return "refused"
        if self.ended_at is not None:
            return "ended"
        if self.end_asked_at is not None:
            return "ending"
        if self.begun_at is not None:
            return "in_force"
        return "waiting" if self.confirmed_at is None else "coming"


class Letter(models.Model):
    """文书: one document, numbered, sealed and immutable; a mistake is put right only by a new one."""

    county = models.CharField(max_length=12)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, db_index=False, related_name="letters")
    cause = models.ForeignKey(Entry, on_delete=models.PROTECT, db_index=False, related_name="letters")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, db_index=False)
    kind = models.CharField(max_length=30)
    title = models.CharField(max_length=100)
    number = models.CharField(max_length=60)
    issued_on = models.DateField()
    issued_at = models.DateTimeField()
    data = EncryptedJSON()
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, null=True, blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT)
    digest = models.BinaryField(max_length=32)
    code = models.CharField(max_length=24, unique=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    # Of a letter that was made anew: what the first of them was about.
    about = models.ForeignKey(
        Entry, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            # A follower that runs twice makes one letter.
            models.UniqueConstraint(fields=["cause", "kind"], name="letter_once_per_cause"),
            models.UniqueConstraint(fields=["county", "number"], name="letter_number_once"),
        ]
        indexes = [models.Index(fields=["subject", "id"])]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"


class Reissue(models.Model):
    """更正: why a letter is made anew, in which words where they change, who asked for it and who confirmed it."""

    county = models.CharField(max_length=12)
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="reissues")
    why = models.CharField(max_length=200)
    wording = EncryptedJSON(default=dict)
    asked_by = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    settled_by = models.CharField(max_length=40, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    confirmed = models.BooleanField(null=True, blank=True)
    remark = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            # Two who put the same letter right at once make one new letter.
            models.UniqueConstraint(
                fields=["letter"],
                condition=models.Q(confirmed__isnull=True) | models.Q(confirmed=True),
                name="letter_corrected_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["county", "id"], condition=models.Q(confirmed__isnull=True), name="reissue_waits"
            )
        ]

    def __str__(self) -> str:
        return f"更正 {self.letter}"


class Service(models.Model):
    """送达: opened with a letter that must be served; when, how and to whom it was, once it has been.

    The result itself is served by `cases.Delivery`, which closes the case.
    """

    class Way(models.TextChoices):
        COUNTER = "counter", "直接送达"
        LEFT = "left", "留置送达"
        POST = "post", "邮寄送达"
        ONLINE = "online", "电子送达"

    county = models.CharField(max_length=12)
    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, related_name="service")
    way = models.CharField(max_length=12, choices=Way, blank=True)
    served_at = models.DateTimeField(null=True, blank=True)
    taker = models.CharField(max_length=60, blank=True)
    taker_paper_kind = models.CharField(max_length=20, blank=True)
    taker_paper = EncryptedText(blank=True, default="")
    taker_relation = models.CharField(max_length=40, blank=True)
    signature = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    window = models.ForeignKey(Window, on_delete=models.PROTECT, null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    why_left = models.CharField(max_length=200, blank=True)
    witness = models.CharField(max_length=100, blank=True)
    photo = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    tracking = models.CharField(max_length=40, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    came_back_on = models.DateField(null=True, blank=True)
    why_back = models.CharField(max_length=200, blank=True)
    by = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["county", "id"],
                condition=models.Q(served_at__isnull=True),
                name="letter_to_serve",
            ),
        ]

    @property
    def on_the_way(self) -> bool:
        return self.served_at is None and self.sent_on is not None and self.came_back_on is None
