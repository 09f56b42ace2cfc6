"""What the documents ask of a comprehensive window: whatever department it belongs to, any item is taken in."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random
from uuid import uuid4

import pytest

from onewindow.cases.acts import accept, decide, deliver, receive
from onewindow.cases.examined import decision_steps
from onewindow.cases.models import Case
from onewindow.cases.reads import watch
from onewindow.catalogue.models import Item, ItemVersion
from onewindow.config.practice import applicant, filled, looked_at
from onewindow.intake.acts import Paper, begin, take_in
from onewindow.intake.situation import of_everybody
from onewindow.people.models import Officer, Party, Post
from onewindow.places import acts as places
from onewindow.places.models import County, Department, Window
from onewindow.rules.grants import FOUNDER, Grant, NotGranted
from tests.cast import COUNTER, COUNTY, SEP24, officer
from tests.web.citizen import TAKER


def one_of_each_department() -> list[ItemVersion]:
    """The first item of every department whose form can be filled in."""
    found: dict[int, ItemVersion] = {}
    for version in ItemVersion.objects.filter(state="published").select_related("item__department"):
        if version.item.department_id not in found and filled(version.form) is not None:
            found[version.item.department_id] = version
    return list(found.values())


def accepted(version: ItemVersion, by: Officer, person: Party) -> Case:
    form = filled(version.form)
    assert form is not None
    papers = [one for one in version.materials.all() if of_everybody(one)]
    told = {"once": uuid4(), "applicant": person, "window": Window.objects.get(), "form": form}
    taken = take_in(version, by=by, at=SEP24, papers=[Paper(one) for one in papers], **told)
    fits = {one.pk: receive.Found("fits") for one in papers}
    case = receive.receive(taken, by=by, at=SEP24, findings=fits)
    return accept.accept(case, by=by, at=SEP24)


@pytest.mark.req("ZH-2.4.3a")
@pytest.mark.req("HD-3.3.8c")
def test_the_comprehensive_window_accepts_for_every_department_and_each_case_goes_to_its_own(
    liwei: Officer,
) -> None:
    person = applicant(Random(1), by=liwei, at=SEP24)
    versions = one_of_each_department()
    settled = set(Item.objects.filter(state="published").values_list("department_id", flat=True))
    assert {version.item.department_id for version in versions} == settled
    assert len(settled) > 10
    for version in versions:
        case = accepted(version, liwei, person)
        assert case.department_id == version.item.department_id, version.name
        waits = "deciding" if decision_steps(version) == 1 else "examining"
        assert case.stage == waits, version.name
        assert case.taken_by == liwei


@pytest.mark.req("ZH-2.3.2.2e")
def test_the_comprehensive_window_takes_two_departments_in_and_a_departments_window_only_its_own(
    liwei: Officer,
) -> None:
    person = applicant(Random(2), by=liwei, at=SEP24)
    police = Department.objects.get(key="gongan")
    versions = {version.item.department.key: version for version in one_of_each_department()}
    for key in ("gongan", "shichang"):
        assert accepted(versions[key], liwei, person).stage in ("examining", "deciding")

    post = Post.objects.create(
        county=COUNTY,
        name="公安专窗",
        scope="department",
        department=police,
        grants=[Grant.INTAKE_RECEIVE.value, Grant.CASE_ACCEPT.value],
    )
    zhaoqiang = officer(COUNTY, "赵强", "G021", post)
    told = {"at": SEP24, "applicant": person, "window": None}
    assert begin(versions["gongan"], by=zhaoqiang, once=uuid4(), **told).department == police
    with pytest.raises(NotGranted):
        begin(versions["shichang"], by=zhaoqiang, once=uuid4(), **told)
    with pytest.raises(NotGranted):
        take_in(versions["shichang"], by=zhaoqiang, once=uuid4(), form={}, papers=[], **told)


@pytest.mark.req("ZH-2.2.2.1a")
def test_an_instant_case_is_accepted_decided_and_handed_out_at_one_window_and_is_late_tomorrow(
    liwei: Officer,
) -> None:
    told = {"name": "examiner.not_own_intake", "value": False, "reason": "即办件由窗口当场办结"}
    places.change_setting(County.objects.get(), by=FOUNDER, at=SEP24 - timedelta(days=1), **told)
    Post.objects.filter(held__officer=liwei).update(grants=[*map(str, COUNTER), Grant.CASE_DECIDE.value])
    clerk = Officer.objects.get(pk=liwei.pk)
    clerk.day = SEP24.date()
    instant = ItemVersion.objects.filter(state="published", immediate=True).select_related("item__department")
    version = next(one for one in instant if filled(one.form) is not None)
    one, other = (accepted(version, clerk, applicant(Random(n), by=clerk, at=SEP24)) for n in (3, 4))
    decide.grant(one, by=clerk, at=SEP24, text="准予办理", points=looked_at(version))
    taker = replace(TAKER, name=one.applicant.name, paper=one.applicant.paper_number)
    deliver.hand_over(one, by=clerk, at=SEP24, taker=taker, window=Window.objects.get())
    one.refresh_from_db()
    assert (one.stage, one.closed_on) == ("closed", SEP24.date())
    assert {entry.by for entry in one.subject.entries.all()} == {clerk.actor_code}

    watching = Post.objects.create(
        county=COUNTY, name="督查岗", scope="county", grants=[Grant.SUPERVISE.value]
    )
    sunli = officer(COUNTY, "孙丽", "D001", watching)
    assert watch.overdue(sunli, SEP24.date()).rows == []
    late = watch.overdue(sunli, SEP24.date() + timedelta(days=1)).rows
    assert [row.case for row in late] == [other]
