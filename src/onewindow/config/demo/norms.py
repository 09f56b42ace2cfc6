"""演示工作制度: which written rules does the demonstration county have, and who has acknowledged them?

Where the text of the place holds them whole they are loaded from it; elsewhere two that it names are written here, marked
演示. The checks are ours.
"""

from __future__ import annotations

from datetime import datetime

from onewindow.config.demo.cast import Staff
from onewindow.config.demo.offices import centre
from onewindow.people.acts import acknowledge_norm, place_post
from onewindow.people.models import Post
from onewindow.people.reads_norms import asked_of
from onewindow.places import acts
from onewindow.places.acts.rounds import Seen
from onewindow.places.inspected import looked_at
from onewindow.places.models import County, Norm, NormUnit, NormVersion, Round, Section
from onewindow.places.norms import archived, groups, sections_named
from onewindow.places.reads import improving_post
from onewindow.rules.grants import FOUNDER

_WRITTEN = 2
_TEXT = (
    "【演示】一、本制度照本地文件点名的要求写成，适用于政务服务中心各窗口。\n"
    "二、窗口工作人员照办，一次说清楚，当天能办的当天办。\n"
    "三、每天巡检逐条看，不正常的列为整改。"
)
# Of the rules whose register is there: what a round looks at.
_CHECKS = {
    "预约办工作制度": ("【演示】约定时间窗口有人在岗", "【演示】不同意预约的都说明了理由"),
    "错时办工作制度": ("【演示】带班领导和值班股室在岗",),
    "延时办工作制度": ("【演示】到点没有办完的继续办完", "【演示】没有限号"),
}
_OWN = ("【演示】窗口有人在岗", "【演示】一次性告知单放在窗口")
# Posts of the county and the section that they belong to; 大厅改进岗 is named after its section where the text has one.
_PLACED = {
    "值班安排岗": "办公室",
    "登记备案岗": "政务服务环境股",
    "督查岗": "督查股",
    "系统管理岗": "大数据管理股",
    "事项管理岗": "大数据管理股",
}
_READERS = ("liwei", "zhangmin", "daoban", "sunli")


def load(county: County, now: datetime) -> None:
    """What is there already stays as it is."""
    staff = Staff(county, now)
    _sections(county, staff, now)
    if Norm.objects.filter(county=county.code).exists():
        return
    named = archived(county, now.date())
    if any(one.text for one in named):
        made = acts.adopt_norms(county, by=FOUNDER, at=now)
    else:
        units = [one for members in groups(county, now.date()).values() for one in members]
        told = acts.NormTold(text=_TEXT, effective_on=now.date(), units=units, checks=_OWN)
        titles = [one.title for one in named[:_WRITTEN]]
        made = [acts.issue_norm(county, by=FOUNDER, at=now, title=title, told=told) for title in titles]
    for one in made:
        if checks := _CHECKS.get(one.norm.title):
            acts.set_norm_checks(one, by=FOUNDER, at=now, checks=checks)
    _read(made[:3], staff, now)
    _looked_at(county, staff, now)


def _sections(county: County, staff: Staff, now: datetime) -> None:
    there = {one.name: one for one in Section.objects.filter(county=county.code)}
    for name in sections_named(county, now.date()):
        if name not in there:
            there[name] = acts.open_section(county, by=FOUNDER, at=now, name=name)
    placed = {**_PLACED, improving_post(county, now.date()): "政务服务环境股"}
    for post in staff.posts.values():
        section = there.get(placed.get(post.name, ""))
        if post.scope == Post.Scope.COUNTY and section is not None and post.section_id is None:
            place_post(post, by=FOUNDER, at=now, section=section)


def _read(made: list[NormVersion], staff: Staff, now: datetime) -> None:
    """A few have acknowledged the first ones; the others wait."""
    for username in _READERS:
        officer = staff.officers.get(username)
        if officer is None:
            continue
        officer.day = now.date()
        for one in made:
            if not NormUnit.objects.filter(asked_of(officer, now.date()), version=one).exists():
                continue  # where the text knows no sections, who sits in none has nothing to acknowledge
            acknowledge_norm(officer, by=officer, at=now, version=one)


def _looked_at(county: County, staff: Staff, now: datetime) -> None:
    """One round of the centre, in which one line of a rule was not in order."""
    hall, manager = centre(county), staff.officers.get("dating")
    if manager is None or Round.objects.filter(hall=hall).exists():
        return
    manager.day = now.date()
    lines = looked_at(hall, now.date())
    seen = {one.key: Seen(good=True) for one in lines}
    rules = [one.key for one in lines if one.norm_check is not None]
    if rules:
        seen[rules[-1]] = Seen(good=False, note="【演示】下午提前放完了号")
    acts.make_round(hall, by=manager, at=now, seen=seen, owner="马宁")
