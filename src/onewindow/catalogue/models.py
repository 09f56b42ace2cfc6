"""事项的表: the base item, its frozen versions, and what a version demands."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from onewindow.ground.models import StoredFile
from onewindow.journal.models import Subject
from onewindow.people.models import Officer
from onewindow.places.models import Department


class BaseItem(models.Model):
    """基本目录事项: what the state or the province lays down for an item; the items of the place rest on it."""

    county = models.CharField(max_length=12)
    subject = models.OneToOneField(Subject, on_delete=models.PROTECT)
    code = models.CharField(max_length=12)
    current = models.ForeignKey(
        "BaseVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["county", "code"], name="base_code_once")]

    def __str__(self) -> str:
        return self.code


class BaseVersion(models.Model):
    """基本目录版本: what was laid down from a day on; never changed, followed by the next."""

    base = models.ForeignKey(BaseItem, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=12)
    legal_days = models.PositiveIntegerField(null=True, blank=True)
    legal_unit = models.CharField(max_length=8, default="working")
    in_use = models.BooleanField(default=True)
    # {"basis": [{law, article, edition, quote}], "materials": [name]}
    content = models.JSONField(default=dict)
    source = models.CharField(max_length=200, blank=True)
    effective_on = models.DateField()
    taken_in_by = models.CharField(max_length=40)
    taken_in_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["base", "number"], name="base_version_once")]

    def __str__(self) -> str:
        return f"{self.name} 第 {self.number} 版"


class Item(models.Model):
    """事项 (实施清单): one handling item of a department; what holds today is its published version."""

    class State(models.TextChoices):
        LISTED = "listed", "名录"
        DRAFT = "draft", "起草中"
        PUBLISHED = "published", "已发布"
        SUSPENDED = "suspended", "暂停"
        WITHDRAWN = "withdrawn", "已取消"

    county = models.CharField(max_length=12)
    subject = models.OneToOneField(Subject, on_delete=models.PROTECT)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="items")
    base_code = models.CharField(max_length=12, blank=True)
    task_code = models.CharField(max_length=36, blank=True)
    handle_code = models.CharField(max_length=50, blank=True)
    local_code = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=State)
    current = models.ForeignKey(
        "ItemVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Kept beside the current version for lists and search.
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=12)
    audience = ArrayField(models.CharField(max_length=20), default=list)
    themes = ArrayField(models.CharField(max_length=20), default=list)
    aliases = ArrayField(models.CharField(max_length=60), default=list)
    online_depth = models.PositiveSmallIntegerField(default=0)
    level = models.PositiveSmallIntegerField(default=4)
    immediate = models.BooleanField(default=False)
    changed_at = models.DateTimeField()
    # 名录 only: what an imported list said about where to ask (the department's own phone comes first).
    main_item = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    # 三到位: whether item, staff and power are at the hall; without all three nobody can apply there.
    moved_in = models.BooleanField(default=False)
    staffed = models.BooleanField(default=False)
    empowered = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["county", "handle_code"],
                condition=~models.Q(handle_code=""),
                name="item_handle_code_once",
            ),
            models.UniqueConstraint(
                fields=["county", "local_code"],
                condition=~models.Q(local_code=""),
                name="item_local_code_once",
            ),
        ]
        indexes = [models.Index(fields=["county", "state", "department"])]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """What stands in the guide's address: the national code, else the local one, else our number."""
        return self.handle_code or self.local_code or str(self.pk)

    @property
    def not_settled(self) -> list[str]:
        """Which of 三到位 is missing."""
        told = (
            ("事项进驻到位", self.moved_in),
            ("人员进驻到位", self.staffed),
            ("权限授权到位", self.empowered),
        )
        return [word for word, there in told if not there]

    @property
    def is_open(self) -> bool:
        """Whether one can apply today."""
        return self.state == Item.State.PUBLISHED


class ItemVersion(models.Model):
    """事项版本: everything a guide says, frozen once published; a case keeps the one that it began with."""

    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        REVIEWED = "reviewed", "已审核"
        PUBLISHED = "published", "已发布"
        RETIRED = "retired", "旧版"

    # 申请权: whoever wants to may begin an application for what is published.
    anybody_applies: ClassVar[bool] = True

    county = models.CharField(max_length=12)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State)
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=12)
    legal_days = models.PositiveIntegerField(null=True, blank=True)
    legal_unit = models.CharField(max_length=8, default="working")
    promised_days = models.PositiveIntegerField(null=True, blank=True)
    promised_unit = models.CharField(max_length=8, default="working")
    immediate = models.BooleanField(default=False)
    # The guide's elements in the shape of `catalogue.demo.format`: bases, conditions, steps, fee, result …
    content = models.JSONField(default=dict)
    form = models.JSONField(default=dict)
    effective_on = models.DateField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    # Who wrote and who read it, as the journal writes actors; never the same.
    drafted_by = models.CharField(max_length=40, blank=True)
    drafted_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.CharField(max_length=40, blank=True)
    # What the guide gives to the clock beside its days, read with every case: kind of case, organ above, steps.
    clock = models.JSONField(default=dict)
    # What the item takes over on publication: audience, themes, aliases, online depth, level.
    index = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="version_number_once"),
            models.UniqueConstraint(
                fields=["item"], condition=models.Q(state="published"), name="one_published_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} 第 {self.number} 版"

    def at_hall(self, hall: int | None) -> bool:
        """The counters of every hall of the county may take an application for it in."""
        return hall is not None

    @property
    def department_id(self) -> int:
        """The office whose officers may act on this version."""
        return self.item.department_id

    @property
    def is_frozen(self) -> bool:
        return self.state in (ItemVersion.State.PUBLISHED, ItemVersion.State.RETIRED)


class Material(models.Model):
    """材料: one paper that a version demands; nothing else may be asked for (行政许可法 31)."""

    class Necessity(models.TextChoices):
        REQUIRED = "required", "必要"
        DEFERRABLE = "deferrable", "可容缺"
        EXEMPT = "exempt", "免提交"

    version = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, related_name="materials")
    code = models.CharField(max_length=20)
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    necessity = models.CharField(max_length=12, choices=Necessity)
    source = models.CharField(max_length=60)
    forms = ArrayField(models.CharField(max_length=12))
    copies = models.PositiveSmallIntegerField(default=1)
    # Notes, situation, basis, sample and blank form, common errors, where it was checked.
    detail = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="material_code_once")]
        ordering = ["version", "order"]

    def __str__(self) -> str:
        return self.name


class MaterialPaper(models.Model):
    """空白表格和样表: the file that an applicant downloads for a material; frozen with its version."""

    class Role(models.TextChoices):
        BLANK = "blank", "空白表格"
        SAMPLE = "sample", "样表"

    version = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, related_name="papers")
    code = models.CharField(max_length=20)
    role = models.CharField(max_length=6, choices=Role)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "code", "role"], name="paper_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.get_role_display()}"


class StateNotice(models.Model):
    """暂停、恢复、取消公告: why an item's state was changed; the guide shows the last one."""

    class Kind(models.TextChoices):
        SUSPEND = "suspend", "暂停"
        RESUME = "resume", "恢复"
        WITHDRAW = "withdraw", "取消"

    county = models.CharField(max_length=12)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=10, choices=Kind)
    reason = models.CharField(max_length=300)
    on = models.DateField()
    by = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["item", "-id"])]


class Change(models.Model):
    """事项调整申请: who asks for which change of which list and why, and what the reviewing office said."""

    class Which(models.TextChoices):
        BASE = "base", "基本目录"
        IMPLEMENTING = "implementing", "实施清单"

    class Kind(models.TextChoices):
        NEW = "new", "新增"
        ALTER = "alter", "变更要素"
        SUSPEND = "suspend", "暂停"
        RESUME = "resume", "恢复"
        WITHDRAW = "withdraw", "取消"

    class Ground(models.TextChoices):
        BUSINESS = "business", "业务变化"
        PRACTICE = "practice", "实施情况"

    class State(models.TextChoices):
        ASKED = "asked", "待审核"
        APPROVED = "approved", "已同意"
        DONE = "done", "已生效"
        DECLINED = "declined", "未同意"

    county = models.CharField(max_length=12)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="changes")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="changes")
    version = models.ForeignKey(
        ItemVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="changes"
    )
    which = models.CharField(max_length=14, choices=Which)
    kind = models.CharField(max_length=10, choices=Kind)
    ground = models.CharField(max_length=10, choices=Ground)
    reason = models.CharField(max_length=500)
    wanted_on = models.DateField()
    state = models.CharField(max_length=10, choices=State)
    asked_by = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    opinion = models.CharField(max_length=500, blank=True)
    decided_by = models.CharField(max_length=40, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    effective_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decided_by="") | ~models.Q(decided_by=models.F("asked_by")),
                name="change_decided_by_another",
            ),
            models.UniqueConstraint(
                fields=["item"],
                condition=models.Q(state__in=["asked", "approved"]),
                name="one_open_change_per_item",
            ),
        ]
        indexes = [models.Index(fields=["county", "state", "-id"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.item}"


class ImportRun(models.Model):
    """导入: one file of items, checked or taken in; the counts are real and survive a reload."""

    class State(models.TextChoices):
        WAITING = "waiting", "等待"
        READING = "reading", "正在读取文件"
        RUNNING = "running", "正在逐项处理"
        DONE = "done", "完成"
        FAILED = "failed", "文件读不了"

    county = models.CharField(max_length=12)
    subject = models.OneToOneField(Subject, on_delete=models.PROTECT)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT)
    dry = models.BooleanField()
    of_base = models.BooleanField(default=False)  # a file of the 基本目录 instead of items
    add_departments = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    remarked = models.PositiveIntegerField(default=0)
    # One line per row with something to say: {"row": 7, "name": …, "refused": […], "remarks": […]}.
    report = models.JSONField(default=list)
    unread = models.JSONField(default=list)
    failure = models.CharField(max_length=300, blank=True)
    asked_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["county", "-id"])]
