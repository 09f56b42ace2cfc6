"""A data folder of the time when all this was the hall's keeps every row when the tables go to packages of their own."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import connection

from onewindow.box.models import Box, Wish
from onewindow.cases.models import ReceiptBlock
from onewindow.emergency.models import Plan, Stop
from onewindow.helping.models import Aid, Remark
from onewindow.places.models import Line
from tests.cast import COUNTY, SEP24, Cast, assemble

pytestmark = pytest.mark.django_db
LEFT = ("emergency", "helping", "box")
KEPT = (Plan, Stop, Aid, Aid.items.through, Remark, Box, ReceiptBlock)


def renamed(*, back: bool) -> None:
    """What the migrations do to the tables, or undo; what they say of the models needs no database."""
    found = [import_module(f"onewindow.{label}.migrations.0001_from_the_hall").Migration for label in LEFT]
    steps = [step for one in found for step in one.operations[0].database_operations]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for step in reversed(steps) if back else steps:
            cursor.execute(step.reverse_sql if back else step.sql)


@pytest.fixture
def cast() -> Cast:
    return assemble()


def rows() -> dict[str, list[dict[str, object]]]:
    """Every row, with every value of it."""
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in KEPT}


def furnish(cast: Cast) -> None:
    """One of each: a plan, a stop, a service for an item, a remark, a machine with its reserved numbers."""
    hall, by = cast.window.hall, {"drafted_by": "officer:1", "drafted_at": SEP24}
    Plan.objects.create(
        county=COUNTY, hall=hall, event="fire", version=1, title="火灾预案", chief=cast.chenju, **by
    )
    Stop.objects.create(
        county=COUNTY, hall=hall, began_at=SEP24, until=SEP24 + timedelta(hours=1), reason="停电"
    )
    Aid.objects.create(hall=hall, way="home", name="上门服务").items.add(cast.version.item)
    Remark.objects.create(
        **{"county": COUNTY, "hall": hall, "day": SEP24.date(), "at": SEP24, "kind": "problem"},
        **{"source": "guide", "by": "officer:1", "text": "门口台阶太高", "phone": "10095715339"},
    )
    box = Box.objects.create(county=COUNTY, hall=hall, key="mmmmmmmm", name="大厅排队主机", key_hash=b"k")
    ReceiptBlock.objects.create(
        county=COUNTY, box=box, first=1, last=50, reserved_by="system", reserved_at=SEP24
    )


def test_no_row_is_lost_when_the_tables_go_to_packages_of_their_own(cast: Cast) -> None:
    furnish(cast)
    before = rows()
    renamed(back=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT title FROM hall_plan")
        assert cursor.fetchall() == [("火灾预案",)]
        cursor.execute("SELECT to_regclass('emergency_plan'), to_regclass('box_box')")
        assert cursor.fetchone() == (None, None)
    renamed(back=False)
    assert rows() == before
    assert all(before.values())
    line = Line.objects.create(hall=cast.window.hall, letter="A", name="综合受理", minutes=10)
    wish = Wish.objects.create(county=COUNTY, hall=cast.window.hall, line=line, asked_at=SEP24)
    assert wish.pk  # numbering of the rows goes on
