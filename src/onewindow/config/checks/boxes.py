"""体检·大厅本机: does the machine of a hall reach its county, and does the county hear its machines?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from onewindow.box import ledger
from onewindow.box.models import Box, Outgoing
from onewindow.box.reads import boxes, clock_words, copy, since_words
from onewindow.cases.acts.offline import left_of
from onewindow.places.models import County, Hall

SILENT = timedelta(minutes=10)
FEW = 10  # receipt numbers left


def described(key: str, now: datetime) -> str:
    """How the line of this machine is."""
    box = Box.objects.filter(key=key).first()
    if box is None:
        return "大厅本机：还没有连上过县里。"
    heard = since_words(now - box.heard_at) if box.heard_at is not None else "从来没有"
    off = f"{abs(box.clock_off)} 秒" if box.clock_off else "没有差"
    return (
        f"大厅本机“{box}”：县里最近一次回音 {heard}，{_waiting(box)} 条没有报上去，和县里的时钟相差：{off}。"
    )


def machine(key: str, now: datetime) -> Iterator[str]:
    """On the machine of a hall."""
    box = Box.objects.select_related("hall").filter(key=key).first()
    if box is None:
        yield "大厅本机还没有连上过县里：请检查网络和密钥文件，再执行 onewindow box。"
        return
    if box.heard_at is None or now - box.heard_at > SILENT:
        yield f"县里联系不上，{_waiting(box)} 条等着上报：请检查网络；大厅照常取号叫号，恢复后自动报上去。"
    if box.trouble:
        yield f"县里没有接收：{box.trouble}"
    if wrong := clock_words(box):
        yield f"本机{wrong}：请校准（timedatectl set-ntp true），等候、收件日期都按本机的时钟记。"
    if box.heard_at is not None and not Hall.objects.filter(pk=box.hall_id, box=key).exists():
        yield "本机现在不取号叫号：还没有接管，或者刚从备份恢复。请连上县里，看县里的“大厅本机”页面。"
    if (left := left_of(box)) < FEW:
        yield f"离线收件编号还有 {left} 个：请管理员在县里的“大厅本机”页面再预留一批。"


def _waiting(box: Box) -> int:
    ledger.find()
    return Outgoing.objects.filter(number__gt=box.held).count()


def county(now: datetime) -> Iterator[str]:
    """At the county: which machines are silent, and which are not believed."""
    for box in (box for place in County.objects.all() for box in boxes(place.code)):
        held = copy(box, now)
        if box.heard_at is None:
            yield f"大厅本机“{box}”（{box.hall}）登记以后还没有连上过：请在那台机器上执行 onewindow box。"
        elif now - box.heard_at > SILENT:
            yield (
                f"大厅本机“{box}”（{box.hall}）没有声音了，最近一次联系 {since_words(now - box.heard_at)}，"
                f"数据 {held.words}更新：请看那台机器是不是开着，再看网络。"
            )
        if box.trouble:
            yield f"大厅本机“{box}”报的没有接收：{box.trouble}"
        if wrong := clock_words(box):
            yield f"大厅本机“{box}”{wrong}：请通知大厅校准那台机器的时钟。"
