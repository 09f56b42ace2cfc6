"""事项的表: the base item, its frozen versions, and what a version demands."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from onewindow.journal.models import Subject
from onewindow.places.models import Department


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


class ItemVersion(models.Model):
    """事项版本: everything a guide says, frozen once published; a case keeps the version that it began with."""

    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        REVIEWED = "reviewed", "已审核"
        PUBLISHED = "published", "已发布"
        RETIRED = "retired", "旧版"

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

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="version_number_once"),
            models.UniqueConstraint(
                fields=["item"], condition=models.Q(state="published"), name="one_published_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} 第 {self.number} 版"


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
