"""申请人和账号的表: accounts, persons and organisations, and who says that he speaks for whom."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from onewindow.ground.fields import EncryptedText, LookupHash
from onewindow.rules import identity
from onewindow.rules.grants import Grant


class Accounts(BaseUserManager["Account"]):
    """Finds accounts by the name typed at sign-in."""

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(username=username)

    def with_owner(self) -> models.QuerySet[Account]:
        """Accounts with the officer and the party behind them, in one statement."""
        return self.select_related("officer", "party")


# What an applicant does with what is his own.
_HIS = frozenset(
    {
        Grant.CASE_APPLY,
        Grant.CASE_WITHDRAW,
        Grant.RATING_GIVE,
        Grant.COMPLAINT_GIVE,
        Grant.BOOKING_ASK,
    }
)


class Account(AbstractBaseUser):
    """账号: one sign-in for everybody; what it may do hangs on the officer or the party behind it."""

    username = models.CharField(max_length=60, unique=True)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()
    password_changed_at = models.DateTimeField(null=True, blank=True)
    # Since when a second factor that he set up elsewhere (at the machine of his hall) is good no more.
    factor_reset_at = models.DateTimeField(null=True, blank=True)
    # By which an applicant may sign in: the keyed hash of the mobile telephone in his file.
    phone_hash = LookupHash(null=True, blank=True, db_index=True)

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
    # The last day of the longest bar on applying for some licence (`Block`); who has none costs no question.
    barred_until = models.DateField(null=True, blank=True)
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
        """An applicant acts on what is his own or his ward's or his firm's: applies, withdraws, answers, rates, books."""
        if grant is Grant.ACCOUNT_KEEP:
            return isinstance(subject, Account) and subject.pk == self.account_id
        if grant is Grant.ACCOUNT_KEEP_OWN:
            return isinstance(subject, Party) and subject.pk == self.pk
        if grant not in _HIS:
            return False
        if subject is None or (grant is Grant.CASE_APPLY and getattr(subject, "anybody_applies", False)):
            return True
        applicant = getattr(subject, "applicant_id", None)  # what has no applicant is not his
        if applicant is None or applicant == self.pk or applicant in self.speaks_for:
            return applicant is not None
        agent = getattr(getattr(subject, "application", subject), "agent_id", None)
        return applicant in self.claims_for and agent == self.pk


class Death(models.Model):
    """去世登记: the day, the paper that a window saw, and whether it was undone as a mistake."""

    class Paper(models.TextChoices):
        MEDICAL = "medical", "死亡医学证明（推断）书"
        HOUSEHOLD = "household", "户口注销证明"
        CREMATION = "cremation", "火化证明"
        COURT = "court", "人民法院宣告死亡的判决书"

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="deaths")
    died_on = models.DateField()
    paper = models.CharField(max_length=12, choices=Paper)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()
    ended_account = models.BooleanField(default=False)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=40, blank=True)
    why_undone = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["party"], condition=models.Q(undone_at=None), name="nobody_dies_twice"
            )
        ]


class Claim(models.Model):
    """网上登记的关系: who says that he speaks for a party, until a window has seen the papers."""

    class State(models.TextChoices):
        OPEN = "open", "待窗口核实"
        PROVED = "proved", "已核实"
        ENDED = "ended", "已终止"

    # As the files that it is about: every window that has the papers in hand may settle it.
    everywhere: ClassVar[bool] = True

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
