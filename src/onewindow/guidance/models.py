"""导办的表: what the search keeps of each item, how common each gram is, what nobody could find, and who was asked first."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Length

from onewindow.catalogue.models import Item
from onewindow.ground.fields import EncryptedText
from onewindow.journal.models import Subject
from onewindow.people.models import Officer, Party
from onewindow.places.models import Department


class Listing(models.Model):
    """检索条目: one item that may be found; rebuilt from the item at any time.

    `title`, `also` and `brief` are folded (see `words.fold`); `body` is all that can be found by a part of it.
    `letters`, `initials` and `heard` are how the names are spelled and sound, field under field.
    `near` holds the grams and sounds of what an item is called and said to be, `whole` the grams of the body.
    The body begins with the title, then what it is also called, then the brief; `named_to`, `also_to` and
    `brief_to` are where each ends, so that one look for a text says whether it is there and how well it fits.
    `tag` is everything by which hits can be narrowed down, in one text: thousands of hits have few different ones.
    """

    county = models.CharField(max_length=12)
    item = models.OneToOneField(Item, on_delete=models.CASCADE, related_name="listing")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    audience = ArrayField(models.CharField(max_length=20), default=list)
    themes = ArrayField(models.CharField(max_length=20), default=list)
    handling = ArrayField(models.CharField(max_length=20), default=list)
    online_depth = models.PositiveSmallIntegerField(default=0)
    level = models.PositiveSmallIntegerField(default=4)
    is_open = models.BooleanField()
    title = models.CharField(max_length=300)
    also = models.TextField(blank=True)
    brief = models.TextField(blank=True)
    letters = models.TextField(blank=True)
    initials = models.TextField(blank=True)
    heard = models.TextField(blank=True)
    body = models.TextField()
    named_to = models.PositiveIntegerField(default=0)
    also_to = models.PositiveIntegerField(default=0)
    brief_to = models.PositiveIntegerField(default=0)
    tag = models.TextField(default="")
    near = SearchVectorField()
    whole = SearchVectorField()

    class Meta:
        indexes = [
            models.Index(fields=["county", "department"]),
            # The order in which everything, or a single character, is read until the window is full.
            models.Index(
                "county", models.F("is_open").desc(), Length("title"), "item", name="listing_short_first"
            ),
            GinIndex(fields=["near"], name="listing_near"),
            GinIndex(fields=["whole"], name="listing_whole"),
            GinIndex(OpClass("letters", name="gin_trgm_ops"), name="listing_letters"),
        ]


class Gram(models.Model):
    """字频: in how many items of the county a gram or sound occurs; a rare one says more than a common one.

    `items` counts what items are called and said to be, `anywhere` their whole bodies. Of a gram that stands in very
    many bodies, `best` keeps the first rows of its answer, so that nobody waits while thousands are ranked.
    """

    county = models.CharField(max_length=12)
    gram = models.CharField(max_length=24)
    items = models.PositiveIntegerField()
    anywhere = models.PositiveIntegerField(default=0)
    best = models.JSONField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["county", "gram"], name="gram_once")]


class Missed(models.Model):
    """没有找到: what people typed and nothing was found; read by those who write everyday names."""

    county = models.CharField(max_length=12)
    typed = models.CharField(max_length=40)
    times = models.PositiveIntegerField()
    last_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["county", "typed"], name="missed_once")]


class Asked(models.Model):
    """首问: what somebody was asked first, and who follows it until it is answered or taken over by another.

    Its history stands on a subject of its own; `about` is the matter that was asked about, when there is one.
    """

    class Channel(models.TextChoices):
        COUNTER = "counter", "窗口"
        PHONE = "phone", "电话"
        ONLINE = "online", "网上留言"

    county = models.CharField(max_length=12)
    subject = models.OneToOneField(Subject, on_delete=models.PROTECT, related_name="asked")
    about = models.ForeignKey(
        Subject, on_delete=models.PROTECT, null=True, blank=True, related_name="asked_about"
    )
    party = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    number = models.CharField(max_length=40)
    channel = models.CharField(max_length=8, choices=Channel)
    who = EncryptedText(blank=True, default="")
    phone = EncryptedText(blank=True, default="")
    what = EncryptedText()
    answer = EncryptedText(blank=True, default="")
    first = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="first_asked")
    keeper = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="asked")
    offered_to = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="asked_offers"
    )
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    reminded_on = models.DateField(null=True, blank=True)
    late_told_on = models.DateField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["county", "number"], name="asked_number_once")]
        indexes = [
            models.Index(
                fields=["keeper", "due_on", "id"],
                condition=models.Q(answered_at__isnull=True),
                name="asked_open",
            ),
            models.Index(
                fields=["county", "due_on", "id"],
                condition=models.Q(answered_at__isnull=True),
                name="asked_late",
            ),
            models.Index(
                fields=["offered_to"], condition=models.Q(offered_to__isnull=False), name="asked_offered"
            ),
            models.Index(fields=["first", "-id"], name="asked_of_first"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def account_id(self) -> int:
        """Whose it is: of whoever keeps it."""
        return self.keeper.account_id
