"""工作人员的表: officers, posts and who holds them."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import QuerySet

from onewindow.ground.prepared import Question, slot_number
from onewindow.people.models.parties import Account
from onewindow.places.models import Department, Hall, Section, Window
from onewindow.rules.grants import GRANT_WORDS, Grant

# What everybody does with what is his own, whatever his posts.
_OWN = frozenset({Grant.ACCOUNT_KEEP, Grant.ABSENCE_OWN, Grant.ASKED_KEEP, Grant.DUTY_OWN, Grant.NORMS_OWN})


class Officer(models.Model):
    """工作人员: a member of staff; his powers come from the posts that he holds on the day."""

    county = models.CharField(max_length=12)
    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="officer")
    name = models.CharField(max_length=60)
    staff_no = models.CharField(max_length=20)
    left_on = models.DateField(null=True, blank=True)

    # The day on which his powers are asked; `reads.on_duty` sets it.
    day: date | None = None
    # How his posts are read; a page puts a question here that brings more along with each of `holdings`.
    asks_posts: Question[Holding] | None = None

    class Meta:
        constraints = [models.UniqueConstraint(fields=["county", "staff_no"], name="officer_number_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def actor_code(self) -> str:
        return f"officer:{self.pk}"

    @cached_property
    def holdings(self) -> list[Holding]:
        """The posts held, of whatever day; read once per object."""
        found = (self.asks_posts or _POSTS).objects(self.pk)
        for one in found:
            one.officer = self
        return found

    @cached_property
    def posts(self) -> list[Post]:
        """The posts in force on his `day`."""
        return [h.post for h in self.holdings if h.in_force(self.day)]

    def may(self, grant: Grant, subject: object | None = None) -> bool:
        """Whether one of the posts holds `grant` and covers `subject`."""
        if self.left_on is not None:
            return False
        if grant in _OWN:
            if grant is Grant.ASKED_KEEP and getattr(subject, "keeper_id", 0) in self.stands_for:
                return True
            own = subject.pk if isinstance(subject, Account) else getattr(subject, "account_id", None)
            return own == self.account_id and (
                grant is not Grant.ACCOUNT_KEEP or isinstance(subject, Account)
            )
        return any(grant.value in post.grants and post.covers(subject, grant) for post in self.posts)

    @cached_property
    def stands_for(self) -> frozenset[int]:
        """Those in whose place he sits on his `day` (顶岗)."""
        return frozenset(h.instead_of_id for h in self.holdings if h.instead_of_id and h.in_force(self.day))

    @property
    def department_ids(self) -> set[int]:
        return {post.department_id for post in self.posts if post.department_id is not None}

    @property
    def window(self) -> Window | None:
        """The window at which he sits, when one of his posts has one."""
        return next((post.window for post in self.posts if post.window is not None), None)

    @property
    def halls(self) -> set[int]:
        """The halls in which he holds or held a post."""
        return {held.post.hall_id for held in self.holdings if held.post.hall_id is not None}

    def hall_for(self, grant: Grant) -> int | None:
        """The hall in which one of his posts lets him do it, wherever in it he sits."""
        return next((p.hall_id for p in self.posts if p.hall_id and grant.value in p.grants), None)

    @property
    def department(self) -> Department | None:
        """The first department in which he holds a post."""
        return next((post.department for post in self.posts if post.department is not None), None)

    @property
    def office(self) -> str:
        """Where he sits, as the head of the page says it."""
        post = next(iter(self.posts), None)
        return "" if post is None else str(post.window or post.department or post.hall or post.name)


class Post(models.Model):
    """岗位: a named seat at an office with a list of powers."""

    class Scope(models.TextChoices):
        DEPARTMENT = "department", "本部门"
        HALL = "hall", "本大厅"
        COUNTY = "county", "本县"

    county = models.CharField(max_length=12)
    name = models.CharField(max_length=60)
    scope = models.CharField(max_length=12, choices=Scope)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, blank=True)
    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, null=True, blank=True)
    window = models.ForeignKey(Window, on_delete=models.PROTECT, null=True, blank=True)
    # 股室, of a post that serves the whole county; it gives no power.
    section = models.ForeignKey(
        Section, on_delete=models.PROTECT, null=True, blank=True, related_name="posts"
    )
    grants = ArrayField(models.CharField(max_length=40))
    head = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(scope="department", department__isnull=False)
                | models.Q(scope="hall", hall__isnull=False)
                | models.Q(scope="county"),
                name="post_scope_has_its_office",
            ),
            models.UniqueConstraint(
                fields=["county", "department", "hall", "name"], nulls_distinct=False, name="post_name_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def covers(self, subject: object | None, grant: Grant | None = None) -> bool:
        """Whether `subject` lies in this post's office; what says of itself neither county nor office lies in none.

        Without a subject the power alone is asked for: whether he has it anywhere.
        """
        if subject is None or getattr(subject, "everywhere", False):
            return True
        if getattr(subject, "county", None) != self.county:
            return False
        if grant in getattr(subject, "row_by_row", ()):
            return True
        if self.scope == Post.Scope.DEPARTMENT:
            return self.department_id is not None and _department_of(subject) == self.department_id
        if self.scope == Post.Scope.HALL:
            return self.hall_id is not None and self._at_hall(subject)
        return self.scope == Post.Scope.COUNTY

    def _at_hall(self, subject: object) -> bool:
        if isinstance(subject, Hall):
            return subject.pk == self.hall_id
        at_hall = getattr(subject, "at_hall", None)  # an application, a case or an item knows its counters
        if at_hall is not None:
            return bool(at_hall(self.hall_id))
        return getattr(subject, "hall_id", None) == self.hall_id

    @property
    def grant_words(self) -> str:
        """The powers in Chinese."""
        return "、".join(GRANT_WORDS[Grant(grant)] for grant in self.grants)


def _department_of(subject: object) -> object:
    return subject.pk if isinstance(subject, Department) else getattr(subject, "department_id", None)


class Holding(models.Model):
    """任岗: who sits in which post, from when to when, as 本岗, B角 or 首席事务代表."""

    class Kind(models.TextChoices):
        OWN = "own", "本岗"
        STAND_IN = "stand_in", "B角"
        CHIEF = "chief", "首席事务代表"

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="held")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="held")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.OWN)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    # Of a stand-in: for whom, and during which leave.
    instead_of = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="stood_in_for"
    )
    absence = models.ForeignKey(
        "people.Absence", on_delete=models.PROTECT, null=True, blank=True, related_name="covers"
    )
    reason = models.CharField(max_length=200, blank=True)
    given_by = models.CharField(max_length=40, blank=True)
    given_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["post", "since"])]

    @property
    def county(self) -> str:
        return self.post.county

    def in_force(self, day: date | None) -> bool:
        if day is None:
            return self.until is None
        return self.since <= day and (self.until is None or day <= self.until)


def holdings_of(officer: int) -> QuerySet[Holding]:
    """The posts that he holds or held, with where each of them is."""
    beside = ("post__department", "post__hall", "post__window")
    return Holding.objects.filter(officer=officer).select_related(*beside).order_by("pk")


_POSTS = Question(holdings_of, slot_number())
