"""暂停服务: who puts up the sign at a window, what does it say, and who takes it down?"""

from __future__ import annotations

from datetime import datetime

from onewindow.ground.events import tell
from onewindow.ground.whole import one
from onewindow.places.models import Window
from onewindow.places.write import journalise
from onewindow.rules.facts_venue import WindowPaused, WindowResumed
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs


@needs(Grant.HALL_CALL)
@one
def pause_window(window: Window, *, by: Actor, at: datetime, reason: str) -> Window:
    """暂停服务: nobody is called there until it goes on; the reason stands on the sign."""
    if not reason.strip():
        raise NotAllowed("请写明暂停服务的原因，群众会在窗口屏上看到。")
    window = _held(window)
    if not window.is_open:
        raise NotAllowed(f"{window.number} 号窗口已经关闭，不用暂停。请刷新后再看。")
    if window.paused:
        raise NotAllowed(f"{window.number} 号窗口已经在暂停服务，不用再办。请刷新后再看。")
    window.paused_at, window.why_paused = at, reason.strip()[:60]
    window.save(update_fields=["paused_at", "why_paused"])
    journalise(window.county, WindowPaused(on=at.date(), window=window.pk), by=by, at=at)
    tell(f"hall:{window.hall_id}", f'{{"fact":"WindowPaused","window":{window.pk}}}')
    return window


@needs(Grant.HALL_CALL)
@one
def resume_window(window: Window, *, by: Actor, at: datetime) -> Window:
    """恢复服务; how long it lasted stands in the journal."""
    window = _held(window)
    if window.paused_at is None:
        raise NotAllowed(f"{window.number} 号窗口没有在暂停服务，不用再办。请刷新后再看。")
    minutes = int((at - window.paused_at).total_seconds() // 60)
    window.paused_at, window.why_paused = None, ""
    window.save(update_fields=["paused_at", "why_paused"])
    journalise(window.county, WindowResumed(on=at.date(), window=window.pk, minutes=minutes), by=by, at=at)
    tell(f"hall:{window.hall_id}", f'{{"fact":"WindowResumed","window":{window.pk}}}')
    return window


def _held(window: Window) -> Window:
    return Window.objects.select_for_update(of=("self",)).select_related("hall").get(pk=window.pk)
