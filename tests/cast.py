"""The one cast of all tests: 王芳 applies, 李伟 at the counter, 张敏 examines, 陈局 approves, 赵强 must see nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.module_loading import import_string

from onewindow.cases.acts.accept import accept
from onewindow.cases.acts.receive import Found, receive
from onewindow.cases.models import Case
from onewindow.catalogue.clock import clock_of
from onewindow.catalogue.models import Item, ItemVersion, Material
from onewindow.ground.fields import lookup
from onewindow.intake.acts import Paper, Told, take_in
from onewindow.intake.acts.papers import NOTHING_TOLD
from onewindow.intake.models import Application
from onewindow.journal import write
from onewindow.journal.models import Entry, Subject
from onewindow.people.models import Account, Holding, Officer, Party, Post
from onewindow.places.models import County, Department, Hall, Region, Window
from onewindow.rules.grants import Grant
from onewindow.rules.identity import paper_key

CHINA = ZoneInfo("Asia/Shanghai")
COUNTY = "411521000000"


def at(month: int, day: int, hour: int = 10, minute: int = 0, year: int = 2026) -> datetime:
    """A moment in Shanghai."""
    return datetime(year, month, day, hour, minute, tzinfo=CHINA)


SEP24 = at(9, 24, 10, 21)

COUNTER = [
    Grant.INTAKE_RECEIVE,
    Grant.CASE_ACCEPT,
    Grant.CASE_PROPOSE_REFUSAL,
    Grant.CASE_WITHDRAW,
    Grant.CASE_DECIDE_AT_ONCE,
    Grant.CASE_APPLY,
    Grant.CASE_DELIVER,
    Grant.RECORD_ASK,
    Grant.FEE_BILL,
    Grant.FEE_COLLECT,
    Grant.PEOPLE_FILE,
]
EXAMINER = [
    Grant.CASE_ACCEPT,
    Grant.CASE_EXAMINE,
    Grant.CASE_FORWARD,
    Grant.CASE_REPORT,
    Grant.CASE_PROPOSE_REFUSAL,
    Grant.RECORD_ASK,
    Grant.FEE_BILL,
    Grant.CREDIT_ASK,
]
HEAD = [
    Grant.CASE_DECIDE,
    Grant.CASE_REFUSE,
    Grant.CASE_FORWARD,
    Grant.CASE_SECOND_CORRECTION,
    Grant.CASE_EXTEND,
    Grant.FEE_BILL_AGAIN,
    Grant.FEE_SETTLE,
    Grant.PARTY_BAR,
    Grant.LETTER_CORRECT,
    Grant.RECORD_ASK,
    Grant.RECORD_VOID,
    Grant.LIGHTS_WATCH,
    Grant.OVERDUE_ANSWER,
    Grant.CREDIT_REPAIR,
]


STEPS = (
    {"name": "受理", "role": "window"},
    {"name": "审核", "role": "examiner"},
    {"name": "决定", "role": "head"},
)


@dataclass
class Cast:
    """The people of the story, their offices, and the item that 王芳 wants."""

    county: County
    market: Department
    police: Department
    window: Window
    wangfang: Party
    liwei: Officer
    zhangmin: Officer
    chenju: Officer
    zhaoqiang: Officer
    version: ItemVersion
    materials: list[Material] = field(default_factory=list)

    def apply(self, when: datetime = SEP24, **lacking: str) -> Case:
        """王芳's papers are taken in by 李伟; `lacking` maps a material's code to `missing` or `wrong`."""
        application = take_in(
            self.version,
            by=self.liwei,
            at=when,
            once=uuid4(),
            applicant=self.wangfang,
            window=self.window,
            form={"shop": "罗山县芳邻小面馆", "area": 46},
            papers=[Paper(m) for m in self.materials if lacking.get(m.code) != "missing"],
            told=Told(phone=self.wangfang.phone),
        )
        found = {
            m.pk: Found(lacking.get(m.code, "fits"), "不符合要求" if m.code in lacking else "")
            for m in self.materials
        }
        return receive(application, by=self.liwei, at=when, findings=found)

    def take_in(self, applicant: Party, told: Told = NOTHING_TOLD) -> Application:
        """Somebody's first papers at 李伟's window, before anything is filled in."""
        who = {"applicant": applicant, "window": self.window, "by": self.liwei}
        return take_in(
            self.version, **who, at=SEP24, once=uuid4(), form={}, papers=[], told=told, complete=False
        )

    def accepted(self, when: datetime = SEP24) -> Case:
        """The same, and accepted."""
        return accept(self.apply(when), by=self.liwei, at=when)


def officer(county: str, name: str, number: str, post: Post) -> Officer:
    account = Account.objects.create(username=number, joined_at=at(1, 4), password="!")
    made = Officer.objects.create(county=county, account=account, name=name, staff_no=number)
    Holding.objects.create(officer=made, post=post, since=date(2026, 1, 4))
    return made


def assemble(
    *,
    pack: str = "luoshan",
    kind: str = "行政许可",
    legal: int | None = 20,
    promised: int | None = 8,
    points: Sequence[dict[str, str]] = (),
    papers: Mapping[str, Mapping[str, Any]] | None = None,
    steps: Sequence[Mapping[str, Any]] = STEPS,
    guide: Mapping[str, Any] | None = None,
    **result: object,
) -> Cast:
    """Everybody on the stage, in a demonstration county of its own.

    `papers` says what is else about a material, `guide` what else the guide says.
    """
    county = County.objects.create(code=COUNTY, name="罗山县", pack=pack, demo=True)
    region = Region.objects.create(code=COUNTY, name="罗山县", level=4)
    market = _department("shichang", "罗山县市场监督管理局", "罗市监", "11994115MB0000001A")
    police = _department("gongan", "罗山县公安局", "罗公", "11994115MB0000002B")
    hall = Hall.objects.create(
        county=COUNTY, region=region, kind="centre", name="罗山县政务服务中心", address="测试路1号"
    )
    window = Window.objects.create(hall=hall, number="3", name="综合受理", kinds=["comprehensive"])
    version = _item(market, kind, legal, promised, points, papers or {}, steps, result, guide or {})
    return Cast(
        county=county,
        market=market,
        police=police,
        window=window,
        wangfang=Party.objects.create(
            kind="person",
            name="王芳",
            paper_kind="resident",
            paper_number="991523198803040427",
            paper_hash=lookup(paper_key("resident", "991523198803040427")),
            phone="10095715339",
        ),
        liwei=officer(COUNTY, "李伟", "C003", _post("综合窗口", "hall", COUNTER, hall=hall)),
        zhangmin=officer(COUNTY, "张敏", "S011", _post("审核岗", "department", EXAMINER, department=market)),
        chenju=officer(COUNTY, "陈局", "S001", _post("局长", "department", HEAD, department=market)),
        zhaoqiang=officer(
            COUNTY, "赵强", "G021", _post("审核岗", "department", EXAMINER + HEAD, department=police)
        ),
        version=version,
        materials=list(version.materials.order_by("order")),
    )


def _department(key: str, name: str, short: str, uscc: str) -> Department:
    return Department.objects.create(county=COUNTY, key=key, name=name, short=short, uscc=uscc)


def _post(name: str, scope: str, grants: list[Grant], **office: object) -> Post:
    return Post.objects.create(
        county=COUNTY, name=name, scope=scope, grants=[str(g) for g in grants], **office
    )


def _item(
    market: Department,
    kind: str,
    legal: int | None,
    promised: int | None,
    points: Sequence[dict[str, str]],
    papers: Mapping[str, Mapping[str, Any]],
    steps: Sequence[Mapping[str, Any]],
    result: dict[str, object],
    guide: Mapping[str, Any],
) -> ItemVersion:
    item = Item.objects.create(
        county=COUNTY,
        subject=write.open_subject(COUNTY, "item", "000131120000"),
        department=market,
        base_code="000131120000",
        handle_code=f"{market.uscc}400013112000001",
        state="published",
        name="食品经营许可（新办）",
        kind=kind,
        changed_at=at(1, 5),
    )
    content = {
        "steps": [dict(step) for step in steps],
        "points": list(points),
        "result": {"name": "食品经营许可证", **result},
        **guide,
    }
    version = ItemVersion.objects.create(
        county=COUNTY,
        item=item,
        number=1,
        state="draft",
        name=item.name,
        kind=kind,
        legal_days=legal,
        promised_days=promised,
        immediate=promised == 0,
        content=content,
        clock=clock_of(content, kind),
        form={
            "schema": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    "shop": {"type": "string", "title": "店名", "minLength": 1},
                    "area": {"type": "integer", "title": "经营面积", "minimum": 1},
                },
                "required": ["shop", "area"],
            }
        },
    )
    for order, (code, name) in enumerate(
        (("sqs", "食品经营许可申请书"), ("bjt", "操作流程和设备布局图"), ("zd", "食品安全管理制度"))
    ):
        Material.objects.create(
            version=version,
            code=code,
            order=order,
            name=name,
            source="申请人自备",
            forms=["paper"],
            **{"necessity": "required", **papers.get(code, {})},
        )
    ItemVersion.objects.filter(pk=version.pk).update(state="published", published_at=at(1, 5))
    item.current = version
    item.save(update_fields=["current"])
    return ItemVersion.objects.get(pk=version.pk)


def carry_out(subject: Subject) -> None:
    """Do every duty that followed from the facts of a matter, in their order, as the worker does.

    From what was voided nothing follows any more.
    """
    found = Entry.objects.filter(subject=subject, struck__isnull=True).select_related("subject")
    for entry in found.order_by("place"):
        for follower in settings.FOLLOWERS.get(entry.fact, ()):
            import_string(follower)(entry)
