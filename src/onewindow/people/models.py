"""人员的表: accounts, parties (persons and organisations), officers, posts and who holds them."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models

from onewindow.ground.fields import EncryptedText, LookupHash
from onewindow.places.models import County, Department, Hall, Window
from onewindow.rules import identity
from onewindow.rules.grants import GRANT_WORDS, Grant


class Accounts(BaseUserManager["Account"]):
    """Finds accounts by the name typed at sign-in."""

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(username=username)

    def with_owner(self) -> models.QuerySet[Account]:
        """Accounts with the officer and the party behind them, in one statement."""
        return self.select_related("officer", "party")


class Account(AbstractBaseUser):
    """账号: one sign-in for everybody; what it may do hangs on the officer or the party behind it."""

    username = models.CharField(max_length=60, unique=True)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()
    password_changed_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "username"
    objects = Accounts()

    @property
    def display_name(self) -> str:
        """The name in the head of the page."""
        for side in ("officer", "party"):
            found = getattr(self, side, None)
            if found is not None:
                return str(found.name)
        return self.username


class PaperKind(models.TextChoices):
    """证件种类."""

    RESIDENT = "resident", "居民身份证"
    HOUSEHOLD = "household", "户口簿"
    PASSPORT = "passport", "护照"
    HMT_RESIDENCE = "hmt_residence", "港澳台居民居住证"
    HK_MACAO_PASS = "hk_macao_pass", "港澳居民来往内地通行证"
    TAIWAN_PASS = "taiwan_pass", "台湾居民来往大陆通行证"
    FOREIGN_RESIDENCE = "foreign_residence", "外国人永久居留身份证"
    OFFICER_CARD = "officer_card", "军官证"
    USCC = "uscc", "统一社会信用代码"
    OTHER_ORG = "other_org", "其他组织证明文件"


class Party(models.Model):
    """申请人: a person or an organisation that the office deals with; numbers, phones and addresses are encrypted."""

    class Kind(models.TextChoices):
        PERSON = "person", "自然人"
        ORG = "org", "法人或其他组织"

    # A reference row of the whole installation: no county's own, so every post that may file persons reaches it.
    everywhere: ClassVar[bool] = True

    kind = models.CharField(max_length=8, choices=Kind)
    name = models.CharField(max_length=100)
    paper_kind = models.CharField(max_length=20, choices=PaperKind)
    paper_number = EncryptedText()
    # The keyed hash of `rules.identity.paper_key`: one paper, one file.
    paper_hash = LookupHash(unique=True)
    nation = models.CharField(max_length=3, blank=True)
    phone = EncryptedText(blank=True, default="")
    address = EncryptedText(blank=True, default="")
    born = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=1, blank=True)
    died_on = models.DateField(null=True, blank=True)
    legal_representative = models.CharField(max_length=60, blank=True)
    # The file of the legal representative or operator, when he has one: he acts for the organisation online.
    representative = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="represents"
    )
    guardian = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="wards"
    )
    guardian_relation = models.CharField(max_length=20, blank=True)
    account = models.OneToOneField(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="party"
    )
    e_service_agreed_at = models.DateTimeField(null=True, blank=True)
    filed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(guardian=models.F("id")), name="nobody_guards_himself"
            ),
            models.CheckConstraint(
                condition=~models.Q(representative=models.F("id")), name="no_party_represents_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def actor_code(self) -> str:
        return f"party:{self.pk}"

    @property
    def paper_masked(self) -> str:
        return identity.masked(self.paper_number)

    @property
    def phone_masked(self) -> str:
        return identity.masked(self.phone)

    @property
    def is_demo(self) -> bool:
        """Whether the screens mark this file 演示."""
        return identity.is_demo(self.paper_kind, self.paper_number)

    def age_on(self, today: date) -> int | None:
        return identity.age(self.born, today) if self.born else None

    def minor_on(self, today: date) -> bool:
        """未成年人: under eighteen (民法典 17)."""
        years = self.age_on(today)
        return years is not None and years < 18

    @cached_property
    def _theirs(self) -> dict[int, bool]:
        """For whom he speaks: as a window has seen it (True), or by his own word alone (False); one statement."""
        seen = Party.objects.filter(models.Q(guardian=self.pk) | models.Q(representative=self.pk))
        said = Claim.objects.filter(claimant=self.pk, state=Claim.State.OPEN)
        rows = said.values_list("party_id", models.Value(False))
        return dict(sorted(rows.union(seen.values_list("pk", models.Value(True)))))

    @property
    def speaks_for(self) -> frozenset[int]:
        """Himself, his wards and the organisations whose representative he is."""
        return frozenset({self.pk, *(key for key, seen in self._theirs.items() if seen)})

    @property
    def claims_for(self) -> frozenset[int]:
        """Those for whom he says that he speaks: he may apply for them and deal with what he himself applied for."""
        return frozenset(key for key, seen in self._theirs.items() if not seen and key != self.pk)

    def may(self, grant: Grant, subject: object | None = None) -> bool:
        """An applicant acts on what is his own or his ward's or his firm's: applies, withdraws, answers, rates."""
        if grant is Grant.ACCOUNT_KEEP:
            return isinstance(subject, Account) and subject.pk == self.account_id
        if grant is Grant.ACCOUNT_KEEP_OWN:
            return isinstance(subject, Party) and subject.pk == self.pk
        if grant not in {Grant.CASE_APPLY, Grant.CASE_WITHDRAW, Grant.RATING_GIVE}:
            return False
        if subject is None or (grant is Grant.CASE_APPLY and getattr(subject, "anybody_applies", False)):
            return True
        applicant = getattr(subject, "applicant_id", None)  # what has no applicant is not his
        if applicant is None or applicant == self.pk or applicant in self.speaks_for:
            return applicant is not None
        agent = getattr(getattr(subject, "application", subject), "agent_id", None)
        return applicant in self.claims_for and agent == self.pk


class Claim(models.Model):
    """网上登记的关系: who says that he speaks for a party, until a window has seen the papers."""

    class State(models.TextChoices):
        OPEN = "open", "待窗口核实"
        PROVED = "proved", "已核实"
        ENDED = "ended", "已终止"

    county = models.CharField(max_length=12)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="claims")
    claimant = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="claimed")
    relation = models.CharField(max_length=20, blank=True)
    # What he typed of the party's telephone: it enters the file when the claim is proved, not before.
    phone = EncryptedText(blank=True, default="")
    made_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["party"], condition=models.Q(state="open"), name="one_open_claim_per_party"
            )
        ]


class Officer(models.Model):
    """工作人员: a member of staff; his powers come from the posts that he holds on the day."""

    county = models.CharField(max_length=12)
    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="officer")
    name = models.CharField(max_length=60)
    staff_no = models.CharField(max_length=20)
    left_on = models.DateField(null=True, blank=True)

    # The day on which his powers are asked; `reads.on_duty` sets it.
    day: date | None = None

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
        beside = ("post__department", "post__hall", "post__window")
        return list(self.held.select_related(*beside).order_by("pk"))

    @cached_property
    def posts(self) -> list[Post]:
        """The posts in force on his `day`."""
        return [h.post for h in self.holdings if h.in_force(self.day)]

    def may(self, grant: Grant, subject: object | None = None) -> bool:
        """Whether one of the posts holds `grant` and covers `subject`."""
        if self.left_on is not None:
            return False
        if grant is Grant.ACCOUNT_KEEP:
            return isinstance(subject, Account) and subject.pk == self.account_id
        return any(grant.value in post.grants and post.covers(subject, grant) for post in self.posts)

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


class ApiToken(models.Model):
    """接口令牌: lets a program act as one account, within its scopes, until a day; kept as a keyed hash alone."""

    class Scope(models.TextChoices):
        READ = "read", "查询办件"
        APPLY = "apply", "提交申请"
        STEP = "step", "办理办件"

    place = models.ForeignKey(County, on_delete=models.PROTECT, db_column="county", related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=60)
    secret_hash = LookupHash(unique=True)
    scopes = ArrayField(models.CharField(max_length=10, choices=Scope))
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    expires_on = models.DateField()
    withdrawn_by = models.CharField(max_length=40, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    # The last day on which it was shown; written once a day.
    used_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "name"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="token_name_once",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def county(self) -> str:
        return self.place_id

    @property
    def scope_words(self) -> str:
        return "、".join(ApiToken.Scope(scope).label for scope in self.scopes)

    def good_on(self, day: date) -> bool:
        """Whether it opens anything on that day."""
        return self.withdrawn_at is None and day <= self.expires_on


class ApiAnswer(models.Model):
    """已答复的请求: what was answered to a request that carried a key, so that the same request is done once."""

    token = models.ForeignKey(ApiToken, on_delete=models.PROTECT, related_name="answers")
    key = models.CharField(max_length=100)
    asked = models.BinaryField(max_length=32)
    status = models.PositiveSmallIntegerField()
    body = EncryptedText()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="answer_once_per_key")]
        indexes = [models.Index(fields=["at"])]
