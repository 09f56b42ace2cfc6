"""事项的反应: what follows when a file of items was handed in?"""

from __future__ import annotations

from onewindow.catalogue.acts import carry_out_base_import, carry_out_import
from onewindow.catalogue.models import ImportRun
from onewindow.ground.clock import SHANGHAI
from onewindow.journal.models import Entry
from onewindow.people.reads import on_duty
from onewindow.places.models import County
from onewindow.rules.grants import NotAllowed


def run_import(entry: Entry) -> None:
    """Check or take in the file, on behalf of the officer who handed it in; the command line does it itself."""
    run = ImportRun.objects.select_related("subject", "file", "asked_by__account").get(pk=entry.body["run"])
    if run.asked_by is None:
        return
    at = entry.at.astimezone(SHANGHAI)
    officer = on_duty(run.asked_by.account, at.date())
    if officer is None:
        raise NotAllowed("提交导入的人已经离岗，请由在岗的同事重新提交。")
    carry_out = carry_out_base_import if run.of_base else carry_out_import
    carry_out(County.objects.get(code=run.county), run, by=officer, at=at)
