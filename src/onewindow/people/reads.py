"""读人员: who is this, what may he do today, and who saw what?"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from onewindow.ground.fields import lookup
from onewindow.ground.gathered import made
from onewindow.ground.prepared import Question
from onewindow.ground.together import Piece, worded
from onewindow.journal.models import Access
from onewindow.people.models import Account, ApiToken, Claim, Deputy, Holding, Officer, PaperKind, Party, Post
from onewindow.places.models import Window
from onewindow.rules.grants import Grant
from onewindow.rules.identity import paper_key, tidy, tidy_phone

ACCESS_WORDS = {
    "sign-in": "登录",
    "sign-in failed": "登录失败",
    "locked": "连续失败，暂时锁定",
    "sign-out": "退出",
    "expired": "会话到期退出",
    "second factor on": "启用动态口令",
    "second factor off": "停用动态口令",
    "second factor failed": "动态口令错误",
    "password": "修改密码",
    "password reset": "重置密码",
    "account": "为申请人开账号",
    "close": "人员离岗",
    "token made": "发放接口令牌",
    "token withdrawn": "收回接口令牌",
    "unmask:paper_number": "查看完整证件号码",
    "unmask:phone": "查看完整电话",
    "unmask:address": "查看完整地址",
    "unmask:case": "查看办件完整信息",
    "retry": "重办后续事项",
    "seal sample": "看印章样张",
    "guardian": "登记监护人",
    "representative": "登记法定代表人",
    "rename": "申请人更名",
    "death": "登记去世",
    "death undone": "撤销去世登记",
    "export": "导出",
    "correct": "本人更正信息",
    "erase": "本人要求删除信息",
    "close own": "本人注销账号",
    "enter": "登记被监护人或单位",
    "relation ended": "终止监护人或法定代表人的登记",
    "read": "查看",
    "overreach": "超清单索要材料，已拒绝",
}


def on_duty(account: Account, day: date) -> Officer | None:
    """The officer behind an account with the posts that he holds on `day`; one statement more for the posts."""
    officer = getattr(account, "officer", None)
    if officer is None or officer.left_on is not None:
        return None
    officer.day = day
    return officer


def account_called(typed: str) -> Account | None:
    """The account that this name calls: its user name, the number of its owner's paper, or his telephone.

    A telephone that two of them have calls nobody.
    """
    plain = tidy(typed)
    named = Account.objects.with_owner().filter(username=plain.lower()).first()
    if named is not None:
        return named
    keys, phone = [lookup(key) for key in _keys_of(plain)], phone_key(typed)
    for called in (Q(party__paper_hash__in=keys), Q(phone_hash=phone) if phone else Q(pk__in=[])):
        found = list(Account.objects.with_owner().filter(called)[:2])
        if len(found) == 1:
            return found[0]
    return None


def _keys_of(plain: str) -> list[str]:
    """The papers that such a number may be of; a passport's has its nation before it, as in the passport."""
    keys = [paper_key(kind, plain) for kind in _CARDS] if _NUMBER.fullmatch(plain) else []
    if _OFFICERS.fullmatch(plain):
        keys.append(paper_key(PaperKind.OFFICER_CARD, plain))
    if abroad := _PASSPORT.fullmatch(plain):
        keys.append(paper_key(PaperKind.PASSPORT, abroad[2], nation=abroad[1]))
    return keys


# Cards whose number alone names their holder.
_CARDS = (
    PaperKind.RESIDENT,
    PaperKind.HMT_RESIDENCE,
    PaperKind.FOREIGN_RESIDENCE,
    PaperKind.HK_MACAO_PASS,
    PaperKind.TAIWAN_PASS,
)
_NUMBER = re.compile(r"[A-Z0-9]{8,18}", re.ASCII)
_OFFICERS = re.compile(r"[一-龥]{1,4}字?第?\d{4,10}号?", re.ASCII)
_PASSPORT = re.compile(r"([A-Z]{3})[-:]?([A-Z0-9-]{5,15})", re.ASCII)


def phone_key(phone: str) -> bytes | None:
    """The keyed hash under which an account is found by a mobile telephone; None when it is none."""
    plain = tidy_phone(phone)
    return lookup(f"phone:{plain}") if re.fullmatch(r"1\d{10}", plain, re.ASCII) else None


def party_by_paper(kind: str, number: str, *, nation: str = "", name: str = "") -> Party | None:
    """The party that holds this paper; passports need their nation, papers of other bodies the holder's name."""
    return _BY_PAPER.one(lookup(paper_key(kind, number, nation=nation, name=name)))


_BY_PAPER = Question(
    lambda paper: Party.objects.filter(paper_hash=paper), b"\xff slot: no digest is so short"
)


# The same, to be asked together with others; `holder_told` makes the party of the answer.
_HOLDER = "(SELECT to_jsonb(p) FROM people_party p WHERE p.paper_hash = %(paper)s)"


def holder_asked(kind: str, number: str, *, nation: str = "", name: str = "") -> Piece:
    """The question who holds this paper."""
    return worded(_HOLDER, {"paper": lookup(paper_key(kind, number, nation=nation, name=name))})


def holder_told(told: str | None) -> Party | None:
    """Whoever it is."""
    return made(Party, [json.loads(told)])[0] if told else None


def theirs(party: Party, applicant: str = "applicant", agent: str = "agent") -> Q:
    """What is open to him: all of those for whom he speaks, and of those for whom he only says so, his own doing."""
    seen = Q(**{f"{applicant}__in": party.speaks_for})
    if not party.claims_for:
        return seen
    return seen | Q(**{f"{applicant}__in": party.claims_for, agent: party.pk})


def claims_of(party: Party) -> QuerySet[Claim]:
    """What waits for the papers: who says that he acts for this party, and for whom this party says so."""
    open_ones = Claim.objects.filter(Q(party=party) | Q(claimant=party), state=Claim.State.OPEN)
    return open_ones.select_related("party", "claimant").order_by("pk")


@dataclass(frozen=True)
class Reach:
    """How far a power goes: the whole county (`departments` is None), or some of its departments."""

    county: str
    departments: frozenset[int] | None

    def filter(self, prefix: str = "") -> Q:
        """The condition that a queryset of rows with `county` and `department` puts in front."""
        here = Q(**{f"{prefix}county": self.county})
        if self.departments is None:
            return here
        return here & Q(**{f"{prefix}department__in": self.departments})


def reach(officer: Officer, *grants: Grant) -> Reach:
    """How far the officer's posts with one of `grants` reach (any post when none is named)."""
    words = {grant.value for grant in grants}
    posts = [post for post in officer.posts if not words or words & set(post.grants)]
    if any(post.scope != Post.Scope.DEPARTMENT for post in posts):
        return Reach(officer.county, None)
    return Reach(officer.county, frozenset(post.department_id for post in posts if post.department_id))


def posts_of(county: str) -> QuerySet[Post]:
    """Every post with its office, everybody who sits in it and the name of its B (`deputy`), in two statements."""
    seated = Holding.objects.select_related("officer").order_by("kind", "since")
    posts = Post.objects.filter(county=county).select_related("department", "hall", "window")
    whole_first = (F("department_id").asc(nulls_first=True), F("hall_id").asc(nulls_last=True), "id")
    named = Deputy.objects.filter(post=OuterRef("pk"), ended_at__isnull=True, officer__left_on__isnull=True)
    posts = posts.annotate(deputy=Subquery(named.values("officer__name")))
    return posts.prefetch_related(Prefetch("held", queryset=seated)).order_by(*whole_first)


def officers_of(county: str) -> QuerySet[Officer]:
    """Those who have not left, by staff number."""
    return (
        Officer.objects.filter(county=county, left_on__isnull=True)
        .select_related("account")
        .order_by("staff_no")
    )


def with_seats(people: QuerySet[Officer], day: date) -> QuerySet[Officer]:
    """Each with the name of his post on a day (`seat`) and of the office it belongs to (`sits_in`), in one statement."""
    held = Holding.objects.filter(officer=OuterRef("pk"), since__lte=day).exclude(until__lt=day)
    first = held.order_by("kind", "since", "pk")
    office = Coalesce("post__department__name", "post__hall__name", Value("全县"))
    return people.annotate(
        seat=Subquery(first.values("post__name")[:1]),
        sits_in=Subquery(first.annotate(office=office).values("office")[:1]),
    )


def sitting_at(window: Window, day: date) -> list[Officer]:
    """Who sits at a window on that day, by the posts that are held there."""
    there = Q(held__post__window=window, held__since__lte=day) & (
        Q(held__until__isnull=True) | Q(held__until__gte=day)
    )
    return list(Officer.objects.filter(there, left_on__isnull=True).distinct().order_by("pk"))


def guides_at(hall: int, day: date) -> list[Officer]:
    """Who guides in a hall on that day: gives numbers there, sits at no window and calls nobody."""
    held = Q(held__since__lte=day) & (Q(held__until__isnull=True) | Q(held__until__gte=day))
    post = Q(
        held__post__hall=hall,
        held__post__window__isnull=True,
        held__post__grants__contains=[Grant.HALL_TAKE.value],
    )
    calls = Q(held__post__grants__contains=[Grant.HALL_CALL.value])
    return list(Officer.objects.filter(held & post & ~calls, left_on__isnull=True).distinct().order_by("pk"))


def holders_in(department_id: int, grant: Grant, day: date) -> list[Officer]:
    """Who may use this power (examine, decide) for the department on that day."""
    return [officer for officer, _ in seated(department_id, grant, day)]


def seated(department_id: int, grant: Grant, day: date) -> list[tuple[Officer, str]]:
    """The same, each with the names of the posts by which he may."""
    held = Holding.objects.filter(
        Q(until__isnull=True) | Q(until__gte=day),
        post__department=department_id,
        post__grants__contains=[grant.value],
        since__lte=day,
        officer__left_on__isnull=True,
    ).select_related("officer", "post")
    found: dict[int, tuple[Officer, list[str]]] = {}
    for holding in held.order_by("officer_id", "pk"):
        holding.officer.day = day
        found.setdefault(holding.officer_id, (holding.officer, []))[1].append(holding.post.name)
    return [(officer, "、".join(dict.fromkeys(posts))) for officer, posts in found.values()]


def colleagues(department_id: int, day: date) -> list[Officer]:
    """Who holds any post in the department on that day."""
    held = Holding.objects.filter(
        Q(until__isnull=True) | Q(until__gte=day),
        post__department=department_id,
        since__lte=day,
        officer__left_on__isnull=True,
    ).select_related("officer")
    found = {holding.officer_id: holding.officer for holding in held.order_by("officer_id")}
    return list(found.values())


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """The names behind actor codes (`officer:12`, `party:3`), as a screen shows them; at most two statements."""
    wanted: dict[str, set[int]] = {}
    for code in codes:
        kind, _, number = code.partition(":")
        if number.isdigit():
            wanted.setdefault(kind, set()).add(int(number))
    names = {"system": "系统", "founder": "系统建立", "visitor": "未登录", "newcomer": "注册的人"}
    names |= {f"bearer:{pk}": "凭编号和查询码" for pk in wanted.get("bearer", ())}
    for kind, model in (("officer", Officer), ("party", Party), ("account", Account)):
        if kind in wanted:
            column = "username" if model is Account else "name"
            rows = model._default_manager.filter(pk__in=wanted[kind]).values_list("pk", column)
            names |= {f"{kind}:{pk}": name for pk, name in rows}
    return names


def seats_of(told: Iterable[tuple[str, date]], grant: Grant) -> dict[tuple[str, date], str]:
    """By which post somebody used a power on a day: office and post, never a name; one statement."""
    asked = set(told)
    wanted = {int(code[8:]) for code, _ in asked if code.startswith("officer:")}
    rows = Holding.objects.filter(officer__in=wanted, post__grants__contains=[grant.value])
    held = list(rows.select_related("post__department", "post__hall").order_by("pk")) if wanted else []
    found = {}
    for code, day in asked:
        seats = (one.post for one in held if f"officer:{one.officer_id}" == code and one.in_force(day))
        post = next(seats, None)
        if post is not None:
            found[code, day] = f"{post.department or post.hall or ''}{post.name}"
        else:
            found[code, day] = "系统建立时" if code == "founder" else "管理员"
    return found


@dataclass(frozen=True)
class AccessLine:
    """One line of the access log in words."""

    id: int
    at: datetime
    who: str
    word: str
    about: str
    reason: str
    origin: str


def accesses(county: str, what: str) -> QuerySet[Access]:
    """The lines of the access log of one kind."""
    return Access.objects.filter(county=county, what=what)


def access_page(
    county: str, *, before: int | None = None, what: str = "", by: str = "", size: int = 50
) -> list[AccessLine]:
    """One page of the access log, newest first, older than the row `before`; three statements at most."""
    rows = Access.objects.filter(county=county).order_by("-id")
    if before is not None:
        rows = rows.filter(id__lt=before)
    if what:
        rows = rows.filter(what=what)
    if by:
        rows = rows.filter(by=by)
    return _in_words(list(rows[:size]))


def own_accesses(code: str, size: int = 10) -> list[AccessLine]:
    """The last lines of the access log about one's own account."""
    return _in_words(list(Access.objects.filter(by=code).order_by("-at", "-id")[:size]))


def _in_words(rows: list[Access]) -> list[AccessLine]:
    names = names_of(code for row in rows for code in (row.by, row.about))
    return [
        AccessLine(
            id=row.pk,
            at=row.at,
            who=names.get(row.by, row.by),
            word=ACCESS_WORDS.get(row.what, row.what),
            about=names.get(row.about, row.about),
            reason=row.reason,
            origin=row.origin,
        )
        for row in rows
    ]


def tokens_of(county: str) -> QuerySet[ApiToken]:
    """The tokens of programs, those that still open something first."""
    rows = ApiToken.objects.filter(place=county).select_related("account__officer", "account__party")
    return rows.order_by(F("withdrawn_at").desc(nulls_first=True), "-id")
