"""演示人员: who works in the demonstration county, in which posts, and who applies there?

All of them are invented: numbers begin with the area 99, telephones with 100.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.contrib.auth.hashers import make_password

from onewindow.config.demo.offices import centre
from onewindow.people import acts
from onewindow.people.acts.parties import PartyData
from onewindow.people.demonstration import DEMO_PASSWORD
from onewindow.people.models import Account, Holding, Officer, Party, Post
from onewindow.people.reads import party_by_paper
from onewindow.people.usual import (
    ADMINISTRATOR,
    CATALOGUE,
    COUNTER,
    EXAMINER,
    GOVERNMENT,
    HEAD,
    ISSUING,
    SUPERVISOR,
)
from onewindow.places.models import County, Department, Hall, Window
from onewindow.places.reads import open_departments, pack_of
from onewindow.rules.grants import FOUNDER, Grant
from onewindow.rules.identity import demo_id, demo_uscc

G = Grant

# Who sits in a department by name; all others get the next invented name.
_NAMED = {
    ("shichang", "sh"): ("zhangmin", "张敏"),
    ("shichang", "fz"): ("chenju", "陈局"),
    ("gongan", "sh"): ("zhaoqiang", "赵强"),
}
_DEPUTIES = (("审核岗", "核查岗"), ("核查岗", "审核岗"), ("负责人", "核查岗"))
_SURNAMES = "钱冯蒋沈韩杨朱秦许吕施孔曹严金魏陶姜戚谢邹喻柏窦云苏潘葛范彭"
_GIVEN = ("文静", "建华", "晓东", "海燕", "志远", "雨桐", "国栋", "思敏", "立新", "春梅", "子涵", "永康")


def load(county: County, now: datetime) -> None:
    """Officers with their posts, and the applicants; what is there already stays as it is."""
    fresh = Staff(county, now)
    fresh.hall()
    fresh.county_posts()
    for department in open_departments(county.code):
        fresh.department(department)
    # After all others, so that whoever is there keeps his name and number.
    for department in open_departments(county.code):
        fresh.along(department)
    for department in open_departments(county.code):
        fresh.beside_the_head(department)
    _applicants(county, now)


def passwords(county: County, now: datetime) -> None:
    """One hash for all who have none yet: a demonstration that starts quickly, and a password that is public anyway."""
    unset = [a.pk for a in Account.objects.filter(joined_at=now) if not a.has_usable_password()]
    if unset:
        hashed = make_password(DEMO_PASSWORD)
        Account.objects.filter(pk__in=unset).update(password=hashed, password_changed_at=now)


class Staff:
    """Who and what is there already, and what has to be added."""

    def __init__(self, county: County, now: datetime) -> None:
        self.county, self.now = county, now
        self.officers = {o.account.username: o for o in Officer.objects.select_related("account")}
        posts = Post.objects.filter(county=county.code)
        self.posts = {(p.department_id, p.hall_id, p.name): p for p in posts}
        self.seated = set(posts.values_list("held__officer_id", "pk"))
        self.number = Officer.objects.count()
        self.with_b = set(Post.objects.filter(county=county.code, deputies__isnull=False))

    def hall(self) -> None:
        """Two of the comprehensive windows and the window where results are handed out."""
        hall = centre(self.county)
        windows = {window.number: window for window in hall.windows.all()}
        self.desks(hall, (("2", "liuyang", "刘洋"), ("3", "liwei", "李伟")))
        issuing = next(w for w in windows.values() if w.kinds == [Window.Kind.ISSUE])
        self.seat("zhoujie", "周洁", self.post("出件岗", ISSUING, hall=hall, window=issuing))

    def desks(self, hall: Hall, clerks: Iterable[tuple[str, str, str]]) -> None:
        """Who takes in and calls at which comprehensive window: its number, the user name, the name."""
        windows = {window.number: window for window in hall.windows.all()}
        # Where the text denies the windows a veto, they propose and a second person confirms.
        alone = not pack_of(self.county.pack).at(self.now.date()).holds("refusal.second_person")
        for number, username, name in clerks:
            window = windows[number]
            # Where results leave by one window alone, the others do not hand them out.
            grants = set(COUNTER)
            if Window.Kind.ISSUE not in window.kinds:
                grants.discard(G.CASE_DELIVER)
            if alone:
                grants.add(G.CASE_REFUSE)
            post = self.post(f"{number} 号综合受理窗口", grants, hall=hall, window=window)
            self.seat(username, name, post)

    def county_posts(self) -> None:
        """Supervisor, keeper of the catalogue, and two administrators, so that nobody gives himself power."""
        self.seat("sunli", "孙丽", self.post("督查岗", SUPERVISOR))
        self.seat("wujing", "吴静", self.post("事项管理岗", CATALOGUE))
        self.seat("xianfu", self.invented(), self.post("政府负责人", GOVERNMENT))
        keeping = self.post("系统管理岗", ADMINISTRATOR)
        self.seat("admin", "郑凯", keeping)
        self.seat("admin2", "何敏", keeping)

    def department(self, department: Department) -> None:
        """An examiner and a head for each."""
        for role, title, grants in (("sh", "审核岗", EXAMINER), ("fz", "负责人", HEAD)):
            username, name = _NAMED.get((department.key, role), (f"{department.key}-{role}", ""))
            post = self.post(title, grants, department=department, head=role == "fz")
            self.seat(username, name or self.invented(), post)

    def along(self, department: Department) -> None:
        """A second examiner, who goes along where two have to check on the spot (行政许可法 34)."""
        post = self.post("核查岗", EXAMINER, department=department)
        self.seat(f"{department.key}-hc", self.invented(), post)
        self.deputies(department)

    def deputies(self, department: Department) -> None:
        """AB角: each post of a department has its B; the two who examine stand in for one another and for the head."""
        bare = {(a, b) for a, b in _DEPUTIES if self.posts.get((department.pk, None, a)) not in self.with_b}
        if not bare:
            return
        held = Holding.objects.filter(post__department=department, kind=Holding.Kind.OWN)
        sits = {one.post.name: one for one in held.select_related("post", "officer").order_by("-pk")}
        for a, b in sorted(bare):
            if a in sits and b in sits:
                acts.name_deputy(sits[a].post, officer=sits[b].officer, by=FOUNDER, at=self.now)

    def beside_the_head(self, department: Department) -> None:
        """Whoever confirms that a decision of the head was written down by mistake: nobody confirms his own."""
        grants = {G.CASE_DECIDE, G.RECORD_ASK, G.RECORD_VOID}
        self.seat(
            f"{department.key}-fg", self.invented(), self.post("分管负责人", grants, department=department)
        )

    def invented(self) -> str:
        number = self.number
        return _SURNAMES[number % len(_SURNAMES)] + _GIVEN[number * 5 % len(_GIVEN)]

    def post(
        self,
        name: str,
        grants: Iterable[Grant],
        *,
        department: Department | None = None,
        hall: Hall | None = None,
        window: Window | None = None,
        head: bool = False,
    ) -> Post:
        key = (department.pk if department else None, hall.pk if hall else None, name)
        found = self.posts.get(key)
        return found or acts.open_post(
            self.county,
            by=FOUNDER,
            at=self.now,
            name=name,
            grants=grants,
            department=department,
            hall=hall,
            window=window,
            head=head,
        )

    def seat(self, username: str, name: str, post: Post) -> None:
        officer = self.officers.get(username)
        if officer is None:
            self.number += 1
            officer = acts.open_officer(
                self.county,
                by=FOUNDER,
                at=self.now,
                name=name,
                staff_no=f"Y{self.number:03d}",
                username=username,
                password=None,
            )
        if (officer.pk, post.pk) not in self.seated:
            since = self.now.date() - timedelta(days=365)
            acts.give_post(post, officer=officer, by=FOUNDER, at=self.now, since=since)


def _applicants(county: County, now: datetime) -> None:
    """王芳, her child and her noodle shop."""
    number = demo_id(1523, date(1988, 3, 10), 42)
    wangfang = party_by_paper("resident", number)
    if wangfang is None:
        wangfang = acts.file_party(
            PartyData(
                paper_kind="resident",
                paper_number=number,
                name="王芳",
                phone="10095715339",
                address=f"测试省测试市{county.name}测试路 58 号",
            ),
            by=FOUNDER,
            at=now,
        )
    if wangfang.account_id is None:
        acts.open_citizen(wangfang, by=FOUNDER, at=now, username="wangfang", password=None)
    _child(wangfang, now)
    _shop(wangfang, county, now)


def _child(mother: Party, now: datetime) -> None:
    number = demo_id(1523, date(2018, 6, 1), 28)
    if party_by_paper("household", number) is None:
        child = PartyData(
            paper_kind="household",
            paper_number=number,
            name="李小雨",
            guardian=mother,
            guardian_relation="母亲",
        )
        acts.file_party(child, by=FOUNDER, at=now)


def _shop(owner: Party, county: County, now: datetime) -> None:
    code = demo_uscc("92", 20261121)
    if party_by_paper("uscc", code) is not None:
        return
    shop = acts.file_party(
        PartyData(
            paper_kind="uscc",
            paper_number=code,
            name=f"{county.name}芳邻小面馆",
            phone="10095715339",
            address=f"测试省测试市{county.name}测试路 60 号",
        ),
        by=FOUNDER,
        at=now,
    )
    acts.set_representative(shop, person=owner, papers=("licence", "speaker_card"), by=FOUNDER, at=now)
