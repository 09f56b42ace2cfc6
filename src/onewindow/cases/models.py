"""办件的表: the case with its index, and what people wrote in its course."""

from __future__ import annotations

from django.db import models

from onewindow.catalogue.models import ItemVersion, Material
from onewindow.ground.fields import EncryptedText
from onewindow.ground.models import StoredFile
from onewindow.intake.models import ONLINE, Application
from onewindow.journal.models import Entry, Subject
from onewindow.people.models import Officer, Party
from onewindow.places.models import Department, Hall, Window
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
    # The index.
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


class DueMoved(models.Model):
    """期限变动: a due day that a holiday notice moved, with the day before and after."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="moved")
    cause = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    before = models.DateField(null=True)
    after = models.DateField(null=True)
    was_provisional = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "cause"], name="due_moved_once")]


class Verdict(models.Model):
    """核对: what was found for one material, by whom; the latest per material holds."""

    class Finding(models.TextChoices):
        FITS = "fits", "符合"
        MISSING = "missing", "缺"
        WRONG = "wrong", "不符"
        NONE = "none", "不涉及"

    LACKING = frozenset({Finding.MISSING.value, Finding.WRONG.value})

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="verdicts")
    material = models.ForeignKey(Material, on_delete=models.PROTECT)
    finding = models.CharField(max_length=8, choices=Finding)
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, db_index=False)
    at = models.DateTimeField()

    @property
    def lacks(self) -> bool:
        return self.finding in self.LACKING


class Correction(models.Model):
    """补正告知: everything at once, with the last day for the answer and what follows if none comes."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="corrections")
    second = models.BooleanField(default=False)
    what_is_wrong = models.TextField(blank=True)
    # Told after the last day for it; `why_late` is what the applicant reads about that.
    late = models.BooleanField(default=False)
    why_late = models.CharField(max_length=300, blank=True)
    reply_by = models.DateField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Officer, on_delete=models.PROTECT)
    approved_by = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "second"], name="one_correction_and_one_more")]
        # The supervisor's list.
        indexes = [
            models.Index(
                fields=["-id"],
                condition=models.Q(second=True) | models.Q(late=True),
                name="correction_unusual",
            )
        ]


class CorrectionPoint(models.Model):
    """补正事项: one material and what has to be done about it."""

    correction = models.ForeignKey(Correction, on_delete=models.PROTECT, related_name="points")
    material = models.ForeignKey(Material, on_delete=models.PROTECT)
    demand = models.CharField(max_length=300)
    answered_at = models.DateTimeField(null=True, blank=True)


class Refusal(models.Model):
    """不予受理、不属本机关、不需办理: reasons, basis and where to go, with the second person's word where needed."""

    class Kind(models.TextChoices):
        REFUSED = "refused", "不予受理"
        NOT_OURS = "not_ours", "不属本机关职权"
        NOT_NEEDED = "not_needed", "依法不需要办理"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="refusals")
    kind = models.CharField(max_length=10, choices=Kind)
    reasons = models.TextField()
    basis = models.CharField(max_length=300)
    go_to = models.CharField(max_length=200, blank=True)
    proposed_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    settled_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    confirmed = models.BooleanField(null=True, blank=True)
    remark = models.CharField(max_length=300, blank=True)


class Question(models.Model):
    """请您说明: a question after acceptance, with a date that stops no clock."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="questions")
    text = models.CharField(max_length=500)
    reply_by = models.DateField()
    asked_by = models.ForeignKey(Officer, on_delete=models.PROTECT)
    asked_at = models.DateTimeField()
    answer = EncryptedText(blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)


class Opinion(models.Model):
    """审核意见: the examiner's points and his proposal, or a sending back with its reason."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="opinions")
    favourable = models.BooleanField()
    sent_back = models.BooleanField(default=False)
    text = models.TextField()
    # One line per examination point of the version: {"point": …, "fits": true, "note": …}; `fits` is none where
    # the point does not apply.
    points = models.JSONField(default=list)
    # 实地核查 by two (行政许可法 34): who went along, when, where, and what they found.
    second = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    checked_on = models.DateField(null=True, blank=True)
    checked_at = models.CharField(max_length=200, blank=True)
    check_record = models.TextField(blank=True)
    by = models.ForeignKey(Officer, on_delete=models.PROTECT)
    at = models.DateTimeField()


class Extension(models.Model):
    """延长: the examiner cannot decide in time; the head of the organ approves so many days more, once, or does not."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="extensions")
    days = models.PositiveSmallIntegerField()
    own = models.BooleanField(default=False)  # by the item's own law, not by the general one
    reason = models.CharField(max_length=500)
    asked_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    settled_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    approved = models.BooleanField(null=True, blank=True)
    remark = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(approved__isnull=True) | models.Q(approved=True),
                name="extension_once",
            )
        ]
        # What waits for the heads.
        indexes = [
            models.Index(fields=["id"], condition=models.Q(approved__isnull=True), name="extension_waiting")
        ]


class Procedure(models.Model):
    """特别程序: one that the item's guide lists, from its written notice to its result."""

    class Outcome(models.TextChoices):
        DONE = "done", "已完成"
        CALLED_OFF = "called_off", "没有进行"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="procedures")
    kind = models.CharField(max_length=40)
    basis = models.CharField(max_length=300)
    limit_days = models.PositiveSmallIntegerField(default=0)  # 0: the guide leaves it to the notice
    parties = models.CharField(max_length=300)
    place = models.CharField(max_length=200, blank=True)
    why = models.CharField(max_length=500)
    begun_on = models.DateField()
    planned_end = models.DateField()
    begun_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    # Of a hearing (行政许可法 46–48): when the right was told and used, none when the organ holds it by
    # itself; on which day it is held, who leads it, whether its record is signed.
    told_on = models.DateField(null=True, blank=True)
    asked_on = models.DateField(null=True, blank=True)
    held_on = models.DateField(null=True, blank=True)
    host = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    signed = models.BooleanField(default=False)
    ended_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    result = models.TextField(blank=True)
    ended_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind"],
                condition=models.Q(ended_on__isnull=True),
                name="procedure_once_at_a_time",
            )
        ]
        # The supervisor's list of those that last longer than was told.
        indexes = [
            models.Index(
                fields=["planned_end", "id"],
                condition=models.Q(ended_on__isnull=True),
                name="procedure_running",
            )
        ]


class Decision(models.Model):
    """决定: granted or denied, in writing; a denial has its grounds and basis."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="decision")
    granted = models.BooleanField()
    text = models.TextField()
    # What was looked at where nobody examines before the decision; like those of an opinion.
    points = models.JSONField(default=list)
    grounds = models.TextField(blank=True)
    basis = models.CharField(max_length=300, blank=True)
    result_name = models.CharField(max_length=200, blank=True)
    result_number = models.CharField(max_length=50, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    by = models.ForeignKey(Officer, on_delete=models.PROTECT)
    at = models.DateTimeField()
    on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["granted", "-on", "-id"])]


class Delivery(models.Model):
    """送达: how a result or originals left the house, who took them and what he signed."""

    class Way(models.TextChoices):
        COUNTER = "counter", "窗口领取"
        COURIER = "courier", "邮寄"
        DOWNLOAD = "download", "网上下载"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="deliveries")
    what = models.CharField(max_length=10, default="result")
    way = models.CharField(max_length=10, choices=Way)
    window = models.ForeignKey(Window, on_delete=models.PROTECT, null=True, blank=True)
    taker_name = models.CharField(max_length=60, blank=True)
    taker_paper_kind = models.CharField(max_length=20, blank=True)
    taker_paper = EncryptedText(blank=True, default="")
    taker_relation = models.CharField(max_length=40, blank=True)
    signature = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True)
    signed = models.BooleanField(default=False)
    tracking = models.CharField(max_length=40, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    came_back_on = models.DateField(null=True, blank=True)
    why_back = models.CharField(max_length=200, blank=True)
    done_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True)
    at = models.DateTimeField()
