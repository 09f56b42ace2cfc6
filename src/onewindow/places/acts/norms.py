"""工作制度的行为: which written rule holds from when, who has to know it, and what does a round look at to see that it is kept?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from onewindow.places.models import (
    County,
    Department,
    Hall,
    Norm,
    NormCheck,
    NormUnit,
    NormVersion,
    Section,
)
from onewindow.places.norms import Archived, archived, groups, titles
from onewindow.places.reads import pack_here, workdays
from onewindow.places.write import journalise, organisation
from onewindow.rules.facts_norms import NormChecksSet, NormIssued, NormSentOn, NormWithdrawn
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs

Unit = Section | Department | Hall
Office = tuple[int | None, int | None, int | None]
MOST_CHECKS = 20
LONGEST = 20000


@dataclass(frozen=True, kw_only=True)
class NormTold:
    """What one version says, from when, to whom, and what is looked at."""

    text: str
    effective_on: date
    units: Sequence[Unit]
    by_each: bool = False
    checks: Sequence[str] = ()


class NormFault(NotAllowed):
    """What has to be put right, beside its field."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.by_field = {field: sentence}


@needs(Grant.NORMS_ISSUE)
@transaction.atomic
def issue_norm(county: County, *, by: Actor, at: datetime, title: str, told: NormTold) -> NormVersion:
    """发布工作制度: its first version."""
    called = title.strip()[:60]
    if not called:
        raise NormFault("title", "请写制度的名称。")
    organisation(county.code)  # the lock: issued twice at once it is one rule
    if Norm.objects.filter(county=county.code, title=called, withdrawn_on__isnull=True).exists():
        raise NormFault("title", f"已经有“{called}”。要改它，请打开它，点“发布新版”。")
    _refuse(told, county.code)
    norm = Norm.objects.create(county=county.code, title=called)
    return _issue(county, norm, told, 1, by=by, at=at)


@needs(Grant.NORMS_ISSUE)
@transaction.atomic
def renew_norm(norm: Norm, *, by: Actor, at: datetime, told: NormTold, seen: int = 0) -> NormVersion:
    """发布新版: it supersedes the one before, which its writer had `seen`, and everybody acknowledges it anew."""
    held = _held(norm)
    _refuse(told, held.county)
    last = NormVersion.objects.filter(norm=held).order_by("-number").first()
    if seen and last is not None and last.number != seen:
        raise NotAllowed(f"已经有了第 {last.number} 版。请先打开它看过，要改的再写进下一版。")
    if last is not None and told.effective_on < last.effective_on:
        raise NormFault(
            "effective_on", f"新版不能比上一版（{last.effective_on:%Y-%m-%d}）更早施行，请改日期。"
        )
    NormVersion.objects.filter(norm=held, superseded_at__isnull=True).update(superseded_at=at)
    number = last.number + 1 if last is not None else 1
    return _issue(County.objects.get(pk=held.county), held, told, number, by=by, at=at)


@needs(Grant.NORMS_ISSUE)
@transaction.atomic
def adopt_norms(county: County, *, by: Actor, at: datetime) -> list[NormVersion]:
    """照文件载入: every rule whose words stand in the archived text of the place and that is not in the register yet."""
    organisation(county.code)
    known = titles(county)
    chosen = groups(county, at.date())
    units = [
        one for key, members in chosen.items() if key in _addressed(county, at.date()) for one in members
    ]
    fresh = [one for one in archived(county, at.date()) if one.text and one.title not in known]
    if not fresh:
        raise NotAllowed("文件里的制度都已经在登记里，不用再载入；要改哪一项，请打开它发布新版。")
    if not units:
        raise NotAllowed("还没有可以发的部门、场所和股室，请系统管理员先设立，再载入。")
    return [_adopt(county, one, units, by=by, at=at) for one in fresh]


@needs(Grant.NORMS_ISSUE)
@transaction.atomic
def send_on(version: NormVersion, *, by: Actor, at: datetime, units: Sequence[Unit]) -> NormVersion:
    """补发: to units that were opened or forgotten when it was issued."""
    held = _newest(version)
    _refuse_units(units, held.county)
    made = _address(held, units, known=set(held.units.values_list("section", "department", "hall")))
    if not made:
        raise NormFault("units", "选的单位都已经发过，请另选。")
    journalise(
        held.county,
        NormSentOn(on=at.date(), version=held.pk, units=tuple(one.pk for one in made)),
        by=by,
        at=at,
    )
    return held


@needs(Grant.NORMS_ISSUE)
@transaction.atomic
def set_norm_checks(version: NormVersion, *, by: Actor, at: datetime, checks: Sequence[str]) -> NormVersion:
    """修改检查项: one that stays keeps its outcomes, one that goes is looked at no more."""
    held = _newest(version)
    wanted = _lines(checks)
    there = {one.what: one for one in NormCheck.objects.filter(version=held, dropped_at__isnull=True)}
    gone = [one.pk for what, one in there.items() if what not in wanted]
    NormCheck.objects.filter(pk__in=gone).update(dropped_at=at)
    NormCheck.objects.bulk_create(
        NormCheck(version=held, order=order, what=what)
        for order, what in enumerate(wanted)
        if what not in there
    )
    journalise(held.county, NormChecksSet(on=at.date(), version=held.pk, checks=len(wanted)), by=by, at=at)
    return held


@needs(Grant.NORMS_ISSUE)
@transaction.atomic
def withdraw_norm(version: NormVersion, *, by: Actor, at: datetime, reason: str) -> Norm:
    """废止: nobody has to acknowledge it any more, and no round looks at it; only by whoever saw the newest version."""
    if not reason.strip():
        raise NormFault("reason", "请写明为什么废止。")
    held = _newest(version).norm
    held.withdrawn_on, held.why_withdrawn = at.date(), reason.strip()[:200]
    held.save(update_fields=["withdrawn_on", "why_withdrawn"])
    journalise(held.county, NormWithdrawn(on=at.date(), norm=held.pk), by=by, at=at)
    return held


def _held(norm: Norm) -> Norm:
    held = Norm.objects.select_for_update().get(pk=norm.pk)
    if held.withdrawn_on is not None:
        raise NotAllowed(f"{held}已经废止，不能再改。请刷新后再看。")
    return held


def _newest(version: NormVersion) -> NormVersion:
    _held(version.norm)
    found = NormVersion.objects.select_related("norm").get(pk=version.pk)
    if found.superseded_at is not None:
        raise NotAllowed("这一版已经有了新版，请在新版里改。")
    return found


def _addressed(county: County, on: date) -> Sequence[str]:
    """To whom the text of the place sends its rules; where it does not say, to all."""
    said = pack_here(county).value("norms.addressed", on)
    return said if isinstance(said, tuple) else tuple(groups(county, on))


def _adopt(county: County, one: Archived, units: Sequence[Unit], *, by: Actor, at: datetime) -> NormVersion:
    norm = Norm.objects.create(county=county.code, title=one.title, source=one.source)
    told = NormTold(text=one.text, effective_on=one.since, units=units)
    return _issue(county, norm, told, 1, by=by, at=at)


def _issue(
    county: County, norm: Norm, told: NormTold, number: int, *, by: Actor, at: datetime
) -> NormVersion:
    days = pack_here(county).setting("norms.days").number
    version = NormVersion.objects.create(
        norm=norm,
        number=number,
        text=told.text.strip(),
        effective_on=told.effective_on,
        by_each=told.by_each,
        due_on=workdays().add(at.date(), days),
        issued_by=by.actor_code,
        issued_at=at,
    )
    made = _address(version, told.units)
    NormCheck.objects.bulk_create(
        NormCheck(version=version, order=order, what=what) for order, what in enumerate(_lines(told.checks))
    )
    told_to = tuple(one.pk for one in made)
    fact = NormIssued(on=at.date(), norm=norm.pk, version=version.pk, units=told_to)
    journalise(county.code, fact, by=by, at=at)
    return version


def _address(
    version: NormVersion, units: Sequence[Unit], known: Collection[Office] = frozenset()
) -> list[NormUnit]:
    chosen = dict.fromkeys(_office(one) for one in units)
    return NormUnit.objects.bulk_create(
        NormUnit(version=version, section_id=section, department_id=department, hall_id=hall)
        for section, department, hall in chosen
        if (section, department, hall) not in known
    )


def _office(one: Unit) -> Office:
    """Its key, in the place of its kind; two of them may have one name."""
    return (
        one.pk if isinstance(one, Section) else None,
        one.pk if isinstance(one, Department) else None,
        one.pk if isinstance(one, Hall) else None,
    )


def _refuse(told: NormTold, county: str) -> None:
    if not told.text.strip():
        raise NormFault("text", "请写制度的正文，或者上传写有正文的文本文件。")
    if len(told.text) > LONGEST:
        raise NormFault("text", f"正文太长，请不要超过 {LONGEST} 个字，或者分成几项制度。")
    _refuse_units(told.units, county)
    _lines(told.checks)


def _refuse_units(units: Sequence[Unit], county: str) -> None:
    if not units:
        raise NormFault("units", "请选发给哪些单位，至少一个。")
    if any(one.county != county or getattr(one, "closed_on", None) is not None for one in units):
        raise NormFault("units", "选的单位里有已经撤销的，请刷新后再选。")


def _lines(checks: Sequence[str]) -> list[str]:
    wanted = list(dict.fromkeys(one.strip() for one in checks if one.strip()))
    if len(wanted) > MOST_CHECKS:
        raise NormFault("checks", f"检查项最多 {MOST_CHECKS} 条，请合并。")
    if long := next((one for one in wanted if len(one) > 120), ""):
        raise NormFault("checks", f"“{long[:20]}……”太长，每条最多 120 个字，请写短些。")
    return wanted
