"""办件的表: the case with its index, and the days that a holiday notice moved."""

from __future__ import annotations

from django.db import models

from onewindow.catalogue.models import ItemVersion
from onewindow.ground.fields import EncryptedText
from onewindow.intake.models import ONLINE, Application
from onewindow.journal.models import Entry, Subject
from onewindow.people.models import Officer, Party
from onewindow.places.models import Department, Hall
from onewindow.rules.kinds_of_case import KIND_WORDS, MODE_WORDS, CaseKind, Mode
from onewindow.rules.stages import DECIDED, STAGE_WORDS, Stage


class Case(models.Model):
    """办件: one item of one application; stage and dates are an index of its facts, checked by `recheck`."""

    county = models.CharField(max_length=12)
    subject = models.OneToOneField(Subject, on_delete=models.PROTECT, related_name="case")
    # Where an index below begins with a column, it needs none of its own.
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, db_index=False, related_name="cases"
    )
    version = models.ForeignKey(ItemVersion, on_delete=models.PROTECT)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, db_index=False, related_name="cases")
    applicant = models.ForeignKey(Party, on_delete=models.PROTECT, db_index=False, related_name="cases")
    number = models.CharField(max_length=40)
    national_number = models.CharField(max_length=50)  # empty when the item has no national code
    enquiry_code = EncryptedText()
    item_name = models.CharField(max_length=300)
    applicant_name = models.CharField(max_length=100)
    pack = models.CharField(max_length=40)
    received_at = models.DateTimeField()
    received_on = models.DateField()
    taken_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # The hall at whose counter it came in; none for what came online or to a department's own counter.
    taken_at = models.ForeignKey(Hall, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    examiner = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="examining"
    )
    # 办理方式: himself, or through somebody who sees to all of it at his wish.
    mode = models.CharField(
        max_length=10, choices=[(m.value, w) for m, w in MODE_WORDS.items()], default=Mode.DIRECT.value
    )
    # The index.
    kind = models.CharField(
        max_length=10, choices=[(k.value, w) for k, w in KIND_WORDS.items()], default=CaseKind.PROMISED.value
    )
    # The day on which the running step of the guide is to be done, within the term of the case.
    step_due_on = models.DateField(null=True, blank=True)
    stage = models.CharField(max_length=12, choices=[(s.value, w) for s, w in STAGE_WORDS.items()])
    is_open = models.BooleanField(default=True)
    accepted_on = models.DateField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    legal_due_on = models.DateField(null=True, blank=True)
    yellow_on = models.DateField(null=True, blank=True)
    provisional = models.BooleanField(default=False)
    held = models.BooleanField(default=False)
    # The next day on which a light turns that nobody was told of; the tick looks for it.
    turns_on = models.DateField(null=True, blank=True)
    # The next day on which time itself must look at it, when nobody does anything until then.
    wakes_on = models.DateField(null=True, blank=True)
    # Whether something is still to be paid; no clock stands still for it.
    unpaid = models.BooleanField(default=False)
    # How many entries its actor has read, when he says so: an act refuses what has moved on since.
    seen: int | None = None

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["county", "number"], name="case_number_once"),
            models.UniqueConstraint(fields=["application", "version"], name="case_once_per_application"),
        ]
        indexes = [
            # The lists of the desks: one stage of one office, or of one hall, by due day.
            models.Index(
                fields=["department", "stage", "due_on", "id"],
                condition=models.Q(is_open=True),
                name="case_work",
            ),
            models.Index(
                fields=["taken_at", "stage", "due_on", "id"],
                condition=models.Q(is_open=True),
                name="case_hall_work",
            ),
            models.Index(
                fields=["department", "due_on", "id"],
                condition=models.Q(is_open=True, held=True),
                name="case_held",
            ),
            models.Index(fields=["county", "is_open", "due_on", "id"], name="case_county_open"),
            models.Index(
                fields=["turns_on", "id"],
                condition=models.Q(is_open=True, turns_on__isnull=False),
                name="case_turns",
            ),
            models.Index(
                fields=["wakes_on", "id"],
                condition=models.Q(is_open=True, wakes_on__isnull=False),
                name="case_wakes",
            ),
            # The board of lights: what is yellow or red, of one department or of one person.
            models.Index(
                fields=["department", "yellow_on", "due_on", "id"],
                condition=models.Q(is_open=True, held=False, yellow_on__isnull=False),
                name="case_lit_department",
            ),
            models.Index(
                fields=["examiner", "yellow_on", "due_on", "id"],
                condition=models.Q(is_open=True, held=False, yellow_on__isnull=False),
                name="case_lit_examiner",
            ),
            # Those that wait for money; few of all.
            models.Index(
                fields=["county", "due_on", "id"], condition=models.Q(unpaid=True), name="case_unpaid"
            ),
            # Steps that are late while the case itself is not yet.
            models.Index(
                fields=["department", "step_due_on", "id"],
                condition=models.Q(is_open=True, held=False, step_due_on__isnull=False),
                name="case_step_due",
            ),
            models.Index(fields=["applicant", "-id"], name="case_applicant"),
            models.Index(fields=["department", "-id"], name="case_department"),
            models.Index(
                fields=["examiner"], condition=models.Q(examiner__isnull=False), name="case_examiner"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def at_hall(self, hall: int | None) -> bool:
        """Whether the counters of this hall may deal with it: taken in there; anywhere what came online, and results."""
        if Stage(self.stage) in DECIDED:
            return True
        return self.taken_at_id == hall if self.taken_at_id else self.application.channel in ONLINE

    @property
    def stage_word(self) -> str:
        return STAGE_WORDS[Stage(self.stage)]

    @property
    def kind_word(self) -> str:
        return KIND_WORDS[CaseKind(self.kind)]

    @property
    def mode_word(self) -> str:
        return MODE_WORDS[Mode(self.mode)]


class DueMoved(models.Model):
    """期限变动: a due day that a holiday notice moved, with the day before and after."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="moved")
    cause = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    before = models.DateField(null=True)
    after = models.DateField(null=True)
    was_provisional = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "cause"], name="due_moved_once")]
