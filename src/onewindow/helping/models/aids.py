"""便民服务的表: which services a hall offers, and who asked for one, who came, and how it ended."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models

from onewindow.catalogue.models import Item
from onewindow.ground.clock import SHANGHAI
from onewindow.ground.fields import EncryptedJSON, EncryptedText
from onewindow.ground.models import StoredFile
from onewindow.hall.models.bookings import new_code
from onewindow.hall.models.tickets import Ticket, Visit
from onewindow.journal.models import Subject
from onewindow.people.models import Officer, Party
from onewindow.places.models import Hall
from onewindow.rules.aids import COURSES, OPEN, STAGE_WORDS, WAY_WORDS, Course, Way
from onewindow.rules.bookings import CHANNEL_WORDS
from onewindow.rules.identity import masked
from onewindow.rules.keeping import CLEARED, NOT_LEFT


class Aid(models.Model):
    """便民服务: what a hall offers beside its windows, for whom, and what it asks."""

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="aids")
    way = models.CharField(max_length=10, choices=[(w.value, word) for w, word in WAY_WORDS.items()])
    name = models.CharField(max_length=30)
    about = models.CharField(max_length=200, blank=True, default="")
    # Who may ask: one is chosen by whoever asks; none: everybody.
    grounds = models.JSONField(default=list)
    # What else is asked for, each a line of text: [{"label", "needed"}].
    fields = models.JSONField(default=list)
    # For which items; none: for all.
    items = models.ManyToManyField(Item, blank=True, related_name="aids")
    order = models.PositiveSmallIntegerField(default=0)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hall", "name"], name="aid_name_once")]
        ordering = ["hall", "order", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def county(self) -> str:
        return self.hall.county

    @property
    def course(self) -> Course:
        return COURSES[Way(self.way)]


class AidRequest(models.Model):
    """便民服务登记: who asked for which service, who was sent, and what came of it; an index of its facts."""

    county = models.CharField(max_length=12)
    subject = models.OneToOneField(Subject, on_delete=models.PROTECT, related_name="aid_request")
    number = models.CharField(max_length=24)
    code = models.CharField(max_length=12, default=new_code, unique=True)
    once = models.UUIDField(default=uuid.uuid4, unique=True)
    aid = models.ForeignKey(Aid, on_delete=models.PROTECT, related_name="requests")
    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, db_index=False, related_name="aid_requests")
    stage = models.CharField(max_length=10, choices=[(s.value, w) for s, w in STAGE_WORDS.items()])
    channel = models.CharField(max_length=8, choices=[(c.value, w) for c, w in CHANNEL_WORDS.items()])
    # Nobody any more, once it is cleared (`rules/keeping.py`).
    party = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, blank=True, related_name="aid_requests"
    )
    agent = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    item = models.ForeignKey(Item, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    phone = EncryptedText(default="")
    address = EncryptedText(blank=True, default="")
    note = EncryptedText(blank=True, default="")
    ground = models.CharField(max_length=40, blank=True, default="")
    told = EncryptedJSON(default=dict)  # what else was asked for: label → answer
    asked_at = models.DateTimeField()
    recorder = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    # The day and hour that he wishes, then those that were agreed.
    on = models.DateField()
    begins = models.TimeField()
    answer_due = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    officer = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="aid_requests"
    )
    # Who arranged it: of a green channel whoever checked the ground.
    arranged_by = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    reason = EncryptedText(blank=True, default="")
    set_out_at = models.DateTimeField(null=True, blank=True)
    begun_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    visit = models.ForeignKey(
        Visit, on_delete=models.PROTECT, null=True, blank=True, related_name="aid_requests"
    )
    ticket = models.ForeignKey(
        Ticket, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="aid_requests"
    )
    handler_signed_by = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    handler_signed_at = models.DateTimeField(null=True, blank=True)
    signature = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    applicant_signed_at = models.DateTimeField(null=True, blank=True)
    on_paper = models.BooleanField(default=False)
    outcome = models.CharField(max_length=200, blank=True, default="")
    # 按保存期限清除: since when it names nobody.
    cleared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["county", "number"], name="aid_request_number_once")]
        indexes = [
            models.Index(fields=["hall", "-id"], name="aid_request_of_hall"),
            models.Index(fields=["party", "-id"], name="aid_request_of_party"),
            models.Index(
                fields=["hall", "on"],
                condition=models.Q(stage__in=sorted(stage.value for stage in OPEN)),
                name="aid_request_open",
            ),
            # Whose term of keeping is over, and which files of persons only they name.
            models.Index(
                fields=["county", "on"],
                condition=models.Q(cleared_at__isnull=True),
                name="aid_request_to_clear",
            ),
            models.Index(
                fields=["agent"], condition=models.Q(agent__isnull=False), name="aid_request_of_agent"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def applicant_id(self) -> int | None:
        """Whose it is: he withdraws it himself; nobody's, once it is cleared."""
        return self.party_id

    @property
    def who(self) -> str:
        """The applicant's name, while it is kept."""
        return self.party.name if self.party is not None else CLEARED

    @property
    def agreed_at(self) -> datetime:
        return datetime.combine(self.on, self.begins, tzinfo=SHANGHAI)

    @property
    def phone_masked(self) -> str:
        return CLEARED if self.cleared_at is not None else masked(self.phone) or NOT_LEFT
