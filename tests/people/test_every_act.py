"""Every act of every package refuses whoever lacks its power, and whoever sits in another office.

The table is read from the acts themselves: a new act stands in it by itself, and one about something that the table has
not met fails until somebody says here how such a thing looks.
"""

import inspect
from collections.abc import Callable
from typing import Any

import pytest

from onewindow.box.models import Box
from onewindow.cases.acts.third import ThirdBearer, Touched, name_third
from onewindow.cases.models import Filing, Handover, Judgement, OfflineReceipt, Third
from onewindow.catalogue.models import BaseItem, Change
from onewindow.emergency.models import Drill, DrillMeasure, Incident, IncidentEntry, Plan, SafetyItem
from onewindow.feedback.models import Complaint
from onewindow.guidance.models import Asked
from onewindow.hall.acts.asking import Wish
from onewindow.hall.models import (
    Ban,
    Booking,
    CallBack,
    Cap,
    Escort,
    Extension,
    Session,
    Ticket,
    TidalPlan,
    TidalRun,
    Trouble,
)
from onewindow.helping.acts.aids import AidWish
from onewindow.helping.models import Aid, AidRequest, Remark
from onewindow.journal.reads import Failed
from onewindow.letters.models import Seal
from onewindow.notices.gateway import Receipt
from onewindow.notices.models import Sending
from onewindow.oversight.models import Overdue
from onewindow.people.acts.parties import PartyData
from onewindow.people.models import Absence, ApiToken, Breach, Claim, Delegation, Duty, Officer, Post
from onewindow.places.models import (
    Deviation,
    Device,
    HelpCall,
    Line,
    Norm,
    NormUnit,
    NormVersion,
    Notice,
    Section,
    Task,
    Zone,
)
from onewindow.rules.bookings import Channel
from onewindow.rules.grants import FOUNDER, SYSTEM, Actor, Grant, NotGranted, needs
from tests.architecture.test_shape import acts
from tests.cast import COUNTY, SEP24, Cast, assemble, officer

pytestmark = pytest.mark.django_db
Act = Callable[..., object]
ACTS: dict[str, Act] = dict(sorted({id(act): (name, act) for name, act in acts()}.values()))
EVERY = frozenset(Grant)
NEIGHBOUR = Touched(name="邻居测试甲", concerns="油烟直接排向他家的窗户")


def plan(cast: Cast) -> Plan:
    return Plan(county=COUNTY, hall=cast.window.hall)


def aid_wish(cast: Cast) -> AidWish:
    """王芳 asks for a home visit."""
    return AidWish(
        aid=Aid(hall=cast.window.hall, way="home"),
        party=cast.wangfang,
        on=SEP24.date(),
        begins=SEP24.time(),
        channel=Channel.WEB,
        phone="10095715339",
    )


# How each kind of thing looks that an act is about; all of it is 罗山县市场监督管理局's, or the county's.
SUBJECTS: dict[str, Callable[[Cast], object]] = {
    "Case": lambda cast: cast.accepted(),
    "Third": lambda cast: name_third(cast.accepted(), by=cast.zhangmin, at=SEP24, who=NEIGHBOUR),
    "Application": lambda cast: cast.apply().application,
    "Entry": lambda cast: cast.apply().subject.entries.first(),
    "Failed": lambda cast: Failed(None, cast.apply().subject.entries.first(), None),  # type: ignore[arg-type]
    "Item": lambda cast: cast.version.item,
    "ItemVersion": lambda cast: cast.version,
    "Change": lambda cast: Change(item=cast.version.item, county=COUNTY),
    "BaseItem": lambda cast: BaseItem(county=COUNTY, code="000131120000"),
    "Filing": lambda cast: Filing(county=COUNTY, department=cast.market),
    "Judgement": lambda cast: Judgement(county=COUNTY),
    "Delegation": lambda cast: Delegation(county=COUNTY, department=cast.market),
    "About": lambda cast: booked_line(cast)[1],
    "Complaint": lambda cast: Complaint(county=COUNTY, hall=cast.window.hall),
    "Overdue": lambda cast: Overdue(county=COUNTY, department=cast.market),
    "Asked": lambda cast: Asked(county=COUNTY, keeper=cast.zhangmin),
    "Absence": lambda cast: Absence(county=COUNTY, officer=cast.zhangmin),
    "Handover": lambda cast: Handover(county=COUNTY, officer=cast.zhangmin, to=cast.chenju),
    "Seal": lambda cast: Seal(county=COUNTY, department=cast.market),
    "Department": lambda cast: cast.market,
    "Hall": lambda cast: cast.window.hall,
    "Window": lambda cast: cast.window,
    "Zone": lambda cast: Zone(hall=cast.window.hall),
    "Box": lambda cast: Box(county=COUNTY, hall=cast.window.hall),
    "OfflineReceipt": lambda cast: OfflineReceipt(county=COUNTY, box=Box(hall=cast.window.hall)),
    "Line": lambda cast: Line(hall=cast.window.hall),
    "Device": lambda cast: Device(hall=cast.window.hall),
    "Notice": lambda cast: Notice(hall=cast.window.hall),
    "HelpCall": lambda cast: HelpCall(hall=cast.window.hall),
    "Task": lambda cast: Task(hall=cast.window.hall),
    "Deviation": lambda cast: Deviation(hall=cast.window.hall),
    "Section": lambda cast: Section(county=COUNTY),
    "Norm": lambda cast: Norm(county=COUNTY),
    "NormVersion": lambda cast: NormVersion(norm=Norm(county=COUNTY)),
    "NormUnit": lambda cast: NormUnit(version=NormVersion(norm=Norm(county=COUNTY)), hall=cast.window.hall),
    "TidalPlan": lambda cast: TidalPlan(county=COUNTY, hall=cast.window.hall),
    "TidalRun": lambda cast: TidalRun(hall=cast.window.hall),
    "Cap": lambda cast: Cap(county=COUNTY, hall=cast.window.hall),
    "Ticket": lambda cast: Ticket(county=COUNTY, hall=cast.window.hall),
    "Escort": lambda cast: Escort(county=COUNTY, hall=cast.window.hall),
    "Remark": lambda cast: Remark(county=COUNTY, hall=cast.window.hall),
    "County": lambda cast: cast.county,
    "Post": lambda cast: cast.zhangmin.posts[0],
    "Holding": lambda cast: cast.zhangmin.held.get(),
    "Officer": lambda cast: cast.zhangmin,
    "Account": lambda cast: cast.zhangmin.account,
    "ApiToken": lambda cast: ApiToken(place=cast.county, account=cast.zhangmin.account),
    "Sending": lambda cast: Sending(county=COUNTY),
    "Party": lambda cast: cast.wangfang,
    "PartyData": lambda cast: PartyData(
        name="王芳", paper_kind="resident", paper_number="991523198803040427"
    ),
    "Breach": lambda cast: Breach(county=COUNTY, department=cast.market, party=cast.wangfang),
    "Claim": lambda cast: Claim(party=cast.wangfang, claimant=cast.wangfang),
    "Wish": lambda cast: booked_line(cast)[0],
    "Booking": lambda cast: booked_line(cast)[1],
    "Ban": lambda cast: Ban(county=COUNTY, party=cast.wangfang, booking=booked_line(cast)[1]),
    "Session": lambda cast: Session(county=COUNTY, hall=cast.window.hall),
    "Trouble": lambda cast: Trouble(county=COUNTY, session=Session(county=COUNTY, hall=cast.window.hall)),
    "Extension": lambda cast: Extension(county=COUNTY, hall=cast.window.hall),
    "CallBack": lambda cast: CallBack(county=COUNTY),
    "Duty": lambda cast: Duty(county=COUNTY, officer=cast.zhangmin),
    "Plan": plan,
    "Incident": lambda cast: Incident(county=COUNTY, hall=cast.window.hall),
    "IncidentEntry": lambda cast: IncidentEntry(incident=Incident(county=COUNTY, hall=cast.window.hall)),
    "DrillMeasure": lambda cast: DrillMeasure(drill=Drill(county=COUNTY, plan=plan(cast))),
    "SafetyItem": lambda cast: SafetyItem(hall=cast.window.hall),
    "Aid": lambda cast: Aid(hall=cast.window.hall, way="home"),
    "AidWish": aid_wish,
    "AidRequest": lambda cast: AidRequest(county=COUNTY, hall=cast.window.hall, party=cast.wangfang),
    "gateway.Receipt": lambda cast: Receipt("1", delivered=True),
    "str": lambda cast: COUNTY,
}
# A person stands before every window of the installation, and no office has him for itself.
OF_NO_OFFICE = frozenset({"Party", "PartyData", "Claim"})


def booked_line(cast: Cast) -> tuple[Wish, Booking]:
    """What 王芳 wishes at the hall, and the booking that it becomes; the line is the market regulator's own."""
    hall = cast.window.hall
    line, _ = Line.objects.get_or_create(hall=hall, letter="Z", name="食品经营")
    line.departments.set([cast.market])
    wish = Wish(
        hall=hall,
        items=[cast.version.item],
        party=cast.wangfang,
        on=SEP24.date(),
        begins=SEP24.time(),
        channel=Channel.WEB,
        phone="10095715339",
    )
    return wish, Booking(county=COUNTY, hall=hall, line=line, party=cast.wangfang)


@pytest.fixture
def cast() -> Cast:
    return assemble()


def subject_of(act: Act) -> str:
    """What the act is about: the kind of its first argument."""
    return str(next(iter(inspect.signature(act).parameters.values())).annotation)


class Stage:
    """The people and the things of the table, each made once."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self._things = cast, dict[str, object]()
        self.here = [
            self._sits("department", department=cast.market),
            self._sits("hall", hall=cast.window.hall),
            self._sits("county"),
        ]
        self.zhaoqiang = self._sits("department", department=cast.police)

    def _sits(self, scope: str, **office: object) -> Officer:
        post = Post.objects.create(
            county=COUNTY, name=f"岗{scope}{office}"[:60], scope=scope, grants=[], **office
        )
        return officer(COUNTY, "吴静", f"T{post.pk}", post)

    def about(self, act: Act) -> object:
        kind = subject_of(act)
        if kind not in self._things:
            self._things[kind] = SUBJECTS[kind](self.cast)
        return self._things[kind]


def with_powers(who: Officer, grants: frozenset[Grant]) -> Officer:
    """The same, whose post holds these powers."""
    (post,) = who.posts
    post.grants = [str(grant) for grant in grants]
    return who


def refused(act: Any, subject: object, by: Actor) -> bool:
    """The guard is asked before any other argument is looked at: nothing else has to be told."""
    try:
        act(subject, by=by)
    except NotGranted:
        return True
    except TypeError:
        return False
    return False


def of(package: str) -> dict[str, Any]:
    return {name: act for name, act in ACTS.items() if name.split(".")[1] == package}


PACKAGES = sorted({name.split(".")[1] for name in ACTS})


@pytest.mark.parametrize("package", PACKAGES)
def test_an_act_refuses_whoever_has_every_power_but_its_own(cast: Cast, package: str) -> None:
    """In the department whose matter it is, at the hall that took it in, and in the whole county."""
    stage = Stage(cast)
    let_in = [
        f"{name}: {who.posts[0].scope}"
        for name, act in of(package).items()
        for who in stage.here
        if not refused(act, stage.about(act), with_powers(who, EVERY - {act.grant}))
    ]
    assert let_in == []


@pytest.mark.parametrize("package", PACKAGES)
def test_an_act_refuses_another_office_with_every_power(cast: Cast, package: str) -> None:
    stage = Stage(cast)
    zhaoqiang = with_powers(stage.zhaoqiang, EVERY)
    let_in = {
        name
        for name, act in of(package).items()
        if subject_of(act) not in OF_NO_OFFICE and zhaoqiang.may(act.grant, stage.about(act))
    }
    # An office may bring a file of items for the county: each row of it is asked again.
    assert let_in == {name for name in of(package) if name.endswith(("ask_import", ".carry_out_import"))}
    assert all(
        refused(act, stage.about(act), zhaoqiang)
        for name, act in of(package).items()
        if _has_office(name, act)
    )


def _has_office(name: str, act: Act) -> bool:
    return subject_of(act) not in OF_NO_OFFICE and not name.endswith(("ask_import", ".carry_out_import"))


@pytest.mark.parametrize("package", PACKAGES)
def test_every_act_can_be_done_by_somebody(cast: Cast, package: str) -> None:
    """Else the refusals above would say nothing."""
    stage = Stage(cast)
    able = [with_powers(who, EVERY) for who in stage.here]
    others = (SYSTEM, FOUNDER, cast.wangfang, cast.zhangmin)
    nobodys = [
        name
        for name, act in of(package).items()
        if not any(
            who.may(act.grant, stage.about(act)) for who in (*able, *others, *bearers(stage.about(act)))
        )
    ]
    assert nobodys == []


def bearers(subject: object) -> list[Actor]:
    """Who has shown the code of this very thing."""
    return [ThirdBearer(subject.pk)] if isinstance(subject, Third) else []


def test_the_table_reads_all_packages_and_meets_every_kind_of_thing() -> None:
    assert len(ACTS) > 120
    assert {subject_of(act) for act in ACTS.values()} <= SUBJECTS.keys()
    assert {
        "cases",
        "catalogue",
        "feedback",
        "intake",
        "letters",
        "notices",
        "oversight",
        "people",
        "places",
    } <= set(PACKAGES)


def test_an_act_whose_guard_is_gone_is_found(cast: Cast) -> None:
    def unguarded(case: object, *, by: Actor, at: object) -> None: ...

    @needs(Grant.CASE_ACCEPT)
    def guarded(case: object, *, by: Actor, at: object) -> None: ...

    assert not refused(unguarded, cast.accepted(), cast.zhaoqiang)
    assert refused(guarded, cast.accepted(), cast.zhaoqiang)
