"""What the documents ask of a comprehensive window: whatever department it belongs to, any item is taken in."""

from __future__ import annotations

from random import Random
from uuid import uuid4

import pytest

from onewindow.cases.acts import accept, receive
from onewindow.cases.models import Case
from onewindow.catalogue.models import Item, ItemVersion
from onewindow.config.practice import applicant, filled
from onewindow.intake.acts import Paper, begin, take_in
from onewindow.people.models import Officer, Party, Post
from onewindow.places.models import Department, Window
from onewindow.rules.grants import Grant, NotGranted
from tests.cast import COUNTY, SEP24, officer


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
    papers = list(version.materials.filter(necessity="required"))
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
    person = applicant(Random(1), by=liwei, at=SEP24)  # noqa: S311
    versions = one_of_each_department()
    settled = set(Item.objects.filter(state="published").values_list("department_id", flat=True))
    assert {version.item.department_id for version in versions} == settled
    assert len(settled) > 10
    for version in versions:
        case = accepted(version, liwei, person)
        assert case.department_id == version.item.department_id, version.name
        assert case.stage == "examining", version.name
        assert case.taken_by == liwei


@pytest.mark.req("ZH-2.3.2.2e")
def test_the_comprehensive_window_takes_two_departments_in_and_a_departments_window_only_its_own(
    liwei: Officer,
) -> None:
    person = applicant(Random(2), by=liwei, at=SEP24)  # noqa: S311
    police = Department.objects.get(key="gongan")
    versions = {version.item.department.key: version for version in one_of_each_department()}
    for key in ("gongan", "shichang"):
        assert accepted(versions[key], liwei, person).stage == "examining"

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
