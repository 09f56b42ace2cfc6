"""A draft left lying is thrown away, but never one that its owner takes up at that moment."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connections, transaction

from onewindow.catalogue.models import Item
from onewindow.intake import tick
from onewindow.intake.models import Application
from tests.cast import SEP24, assemble
from tests.intake.test_online import filled

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]
LATE = SEP24 + timedelta(days=91)


@pytest.fixture(autouse=True)
def folders(tmp_path, settings) -> None:
    settings.FILES_DIR = tmp_path / "files"


@pytest.mark.parametrize("value", [{"sealed_at": LATE}, {"saved_at": LATE}])
def test_what_is_handed_in_or_gone_on_with_during_the_erasing_is_kept(value: dict[str, object]) -> None:
    cast = assemble()
    Item.objects.filter(pk=cast.version.item_id).update(online_depth=3, audience=["自然人"])
    application = filled(cast)
    rows = Application.objects.filter(pk=application.pk)
    taken, look = threading.Event(), threading.Event()

    def owner() -> None:
        with transaction.atomic():
            rows.select_for_update().get()
            taken.set()
            look.wait(300)
            rows.update(**value)

    going_on = _beside(owner)
    assert taken.wait(300)
    assert tick.tick(LATE) == 0  # his row is in his hand: not waited for, not erased
    look.set()
    going_on.join()
    assert tick.tick(LATE) == 0
    assert rows.get().submitted.exists()


def _beside(act: Callable[[], None]) -> threading.Thread:
    def run() -> None:
        try:
            act()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread
