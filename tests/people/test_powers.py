"""Every act of people and places names its power and refuses whoever does not hold it."""

import inspect
import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import onewindow
from onewindow.people.acts import accounts, deaths, parties, posts, relations, tokens
from onewindow.people.models import Holding
from onewindow.places.acts import offices, pausing, venue
from onewindow.rules.grants import FOUNDER, SYSTEM, Grant, NotGranted
from tests.cast import SEP24
from tests.people.conftest import Stage

# These ask and change nothing.
HELPERS = {"guardian_fault", "require_real", "require_real_phone", "hashed", "faults_of", "refuse_dead"}
STEPS = {"locked_file", "new_account", "open_file"}  # of acts: nothing outside the acts may call them
GIVEN = {  # what the founder lays, what the owner keeps
    Grant.PEOPLE_MANAGE,
    Grant.PEOPLE_FILE,
    Grant.PLACES_MANAGE,
    Grant.SETTINGS_CHANGE,
    Grant.ACCOUNT_KEEP,
    Grant.ACCOUNT_KEEP_OWN,
    Grant.PEOPLE_UNMASK,
    Grant.TOKENS_MANAGE,
    Grant.HALL_CALL,
}


def acts_of(*modules: ModuleType) -> dict[str, Callable[..., Any]]:
    """The public functions that these modules define."""
    return {
        name: found
        for module in modules
        for name, found in inspect.getmembers(module, inspect.isfunction)
        if inspect.unwrap(found).__module__ == module.__name__ and not name.startswith("_")
    }


ACTS = acts_of(accounts, deaths, parties, posts, relations, tokens, offices, pausing, venue)


def test_every_act_names_its_power() -> None:
    bare = {name for name, act in ACTS.items() if not hasattr(act, "grant")}
    assert bare == HELPERS | STEPS
    assert {act.grant for act in ACTS.values() if hasattr(act, "grant")} == GIVEN


def test_the_steps_of_acts_are_called_by_acts_alone() -> None:
    root = Path(onewindow.__file__).parent
    outside = [p for p in root.rglob("*.py") if p.parent != root / "people" / "acts"]
    callers = [p.name for p in outside for step in STEPS if f"{step}(" in p.read_text("utf-8")]
    assert callers == []


@pytest.mark.parametrize("name", sorted(set(ACTS) - HELPERS - STEPS))
def test_an_act_refuses_those_without_its_power_before_it_looks_at_anything(stage: Stage, name: str) -> None:
    act = ACTS[name]
    powerless = [stage.cast.zhaoqiang, stage.cast.chenju, stage.sunli, SYSTEM]
    if act.grant is not Grant.PEOPLE_FILE:
        powerless.append(stage.cast.wangfang)
    if act.grant in (Grant.PEOPLE_MANAGE, Grant.PLACES_MANAGE, Grant.SETTINGS_CHANGE, Grant.TOKENS_MANAGE):
        powerless.append(stage.cast.liwei)
    else:
        powerless.append(stage.admin)
    for who in powerless:
        with pytest.raises(NotGranted):
            act(stage.cast.market, by=who, at=SEP24)


def test_the_administrator_holds_no_power_over_cases(stage: Stage) -> None:
    case = stage.cast.accepted()
    over_cases = [grant for grant in Grant if grant.value.startswith(("cases:", "intake:", "ratings:"))]
    assert not any(stage.admin.may(grant, case) for grant in over_cases)


def test_only_the_command_line_and_the_demonstration_act_as_the_founder() -> None:
    root = Path(onewindow.__file__).parent
    users = {
        str(path.relative_to(root))
        for path in root.rglob("*.py")
        if re.search(r"\bFOUNDER\b", path.read_text("utf-8"))
    }
    assert {user.split("/")[0] for user in users} == {"config", "rules"}
    assert not any(FOUNDER.may(grant) for grant in Grant if grant.value.startswith("cases:"))


def test_somebody_without_a_post_today_may_do_nothing(stage: Stage) -> None:
    Holding.objects.filter(officer=stage.cast.liwei).update(until="2026-09-23")
    liwei = stage.on(stage.cast.liwei, SEP24.date())
    assert not any(liwei.may(grant) for grant in Grant)
