"""A new database gets its tables at once; one of before went, or goes on, through the steps they replace."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from django.db import connection
from django.db.migrations import Migration, RunSQL
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

pytestmark = pytest.mark.django_db
Step = tuple[str, str]
OBJECT = re.compile(r"^\s*(?:CREATE|ALTER|DROP) (?:FUNCTION|TRIGGER|TABLE|INDEX|VIEW|EXTENSION)\b", re.M)


@cache
def one_by_one() -> MigrationLoader:
    """All steps as they lie there, none in the place of others."""
    return MigrationLoader(None, replace_migrations=False)


def at_once() -> dict[Step, Migration]:
    """The steps that stand for others."""
    return {step: found for step, found in one_by_one().disk_migrations.items() if found.replaces}


def of_before() -> list[Step]:
    """What an installation of before went through, in order, to where it has the same tables."""
    graph = one_by_one().graph
    plan = [step for leaf in sorted(graph.nodes) for step in graph.forwards_plan(leaf)]
    return [step for step in dict.fromkeys(plan) if step not in at_once()]


def stands_at(done: list[Step]) -> None:
    """An installation that went through these steps and no others."""
    MigrationRecorder.Migration.objects.all().delete()
    rows = [MigrationRecorder.Migration(app=app, name=name) for app, name in done]
    MigrationRecorder.Migration.objects.bulk_create(rows)


def left() -> list[Step]:
    executor = MigrationExecutor(connection)
    executor.loader.check_consistent_history(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [(step.app_label, step.name) for step, _ in plan]


def test_a_new_database_goes_through_none_of_the_steps_that_are_replaced() -> None:
    stands_at([])
    replaced = {step for found in at_once().values() for step in found.replaces}
    assert replaced
    assert set(at_once()) < set(left())
    assert not replaced & set(left())


def test_an_installation_that_went_through_all_has_nothing_left_to_do() -> None:
    stands_at(of_before())
    assert left() == []


@pytest.mark.parametrize("tenths", range(1, 10))
def test_an_installation_in_the_middle_goes_on_where_it_stands(tenths: int) -> None:
    steps = of_before()
    done = steps[: len(steps) * tenths // 10]
    stands_at(done)
    begun = {app for app, _ in done}
    rest = {step for step in steps[len(done) :] if step[0] in begun}
    assert set(left()) == rest | {step for step in whole() if step[0] not in begun}


def whole() -> list[Step]:
    """What a new database goes through."""
    replaced = {step for found in at_once().values() for step in found.replaces}
    return [step for step in one_by_one().graph.nodes if step not in replaced]


def shape(app: str, step: Step) -> dict[str, Any]:
    """Every table of a package after a step: columns, indexes, constraints, in whatever order."""
    models = one_by_one().project_state(step).models
    return {name: _told(model) for (of, name), model in models.items() if of == app}


def _told(model: Any) -> dict[str, Any]:
    options = {name: value for name, value in model.options.items() if value}
    named = {
        kind: {one.name: repr(one.deconstruct()) for one in options.pop(kind, [])}
        for kind in ("indexes", "constraints")
    }
    fields = {name: repr(field.deconstruct()[1:]) for name, field in model.fields.items()}
    return {"fields": fields, "options": options} | named


def objects(migration: Migration) -> Iterator[str]:
    """What a step makes in the database beside tables of models."""
    for operation in migration.operations:
        told = operation.sql if isinstance(operation, RunSQL) else ""
        for text in told if isinstance(told, list) else [told]:
            if OBJECT.search(str(text)):
                yield str(text).strip()


@pytest.mark.parametrize("step", sorted(at_once()), ids=lambda step: step[0])
def test_the_tables_made_at_once_are_those_of_the_steps_they_replace(step: Step) -> None:
    app, found = step[0], at_once()[step]
    assert shape(app, step) == shape(app, found.replaces[-1])
    before = [text for old in found.replaces for text in objects(one_by_one().disk_migrations[old])]
    assert list(objects(found)) == before
    kinds = ("CreateExtension", "TrigramExtension")
    extended = [
        type(one).__name__
        for old in found.replaces
        for one in one_by_one().disk_migrations[old].operations
        if type(one).__name__ in kinds
    ]
    assert [type(one).__name__ for one in found.operations if type(one).__name__ in kinds] == extended
