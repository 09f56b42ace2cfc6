"""移交单上的超期和打印: which lines have an overrun to answer for, and what does the printed sheet say?"""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from onewindow.cases.models import Handover, HandoverLine
from onewindow.cases.reads.handing import counted
from onewindow.ground.clock import SHANGHAI, now
from onewindow.letters.handovers import HandoverSheet, Row, typeset
from onewindow.people.reads import names_of
from onewindow.places.reads import here
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.overdue_lines import overdue_among
from onewindow.web.views.handing import load_handover


@require_GET
@never_cache
@staff_required()
def pdf(request: StaffRequest, pk: int) -> HttpResponse:
    """The whole list on paper, however long, for the file of the office."""
    row = load_handover(request, pk)
    county = here()
    lines = list(row.lines.order_by("pk"))
    late = overdue_among(lines)
    names = names_of({row.opened_by, row.signed_by} - {""})
    sheet = HandoverSheet(
        number=f"移交〔{row.opened_at.astimezone(SHANGHAI).year}〕{row.pk}号",
        organ=county.name,
        told=_told(row, names.get(row.opened_by, ""), len(lines), len(late)),
        rows=[_row(one, one.pk in late) for one in lines],
        signed=_signed(row, names.get(row.signed_by, "")),
        drawn=now(),
        demo=county.demo,
    )
    answer = HttpResponse(typeset(sheet), content_type="application/pdf")
    name = f"工作移交单 {row.pk}.pdf"
    answer["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    return answer


def _told(row: Handover, opened_by: str, total: int, late: int) -> list[tuple[str, str]]:
    found = counted(row)
    parts = [word.format(found[kind.value]) for kind, word in _WORDS if found.get(kind.value)]
    said = f"{total} 项" + (f"：{'、'.join(parts)}" if parts else "")
    told = [
        ("移交人", row.officer.name),
        ("接收人", row.to.name),
        ("原因", row.reason),
        ("开单", f"{opened_by}　{_moment(row.opened_at)}".strip()),
        ("状态", row.get_state_display()),
        ("共", said),
    ]
    if late:
        told.append(("超期说明", f"其中 {late} 件有超期说明要交，随件移交。"))
    if row.moved_at:
        told.append(
            (
                "结果",
                f"已移交 {found['moved']} 项"
                + (f"，{found['stayed']} 项没有移交。" if found["stayed"] else "。"),
            )
        )
    return told


_WORDS = (
    (HandoverLine.Kind.CASE, "办件 {} 件"),
    (HandoverLine.Kind.EXTENSION, "提请的延长 {} 个"),
    (HandoverLine.Kind.PROCEDURE, "特别程序 {} 个"),
    (HandoverLine.Kind.HEARING, "听证 {} 个"),
    (HandoverLine.Kind.DRAFT, "没有提交的申请 {} 份"),
    (HandoverLine.Kind.ASKED, "首问 {} 件"),
)


def _row(one: HandoverLine, late: bool) -> Row:
    due = f"{one.due_on.month} 月 {one.due_on.day} 日" if one.due_on else ""
    moved = f"没有移交：{one.stayed}" if one.stayed else "已移交" if one.moved_at else "未移交"
    title = f"{one.title}（有超期说明要交）" if late else one.title
    return Row(str(one.get_kind_display()), one.number, title, due, moved)


def _signed(row: Handover, signed_by: str) -> list[tuple[str, str, str]]:
    """Both: in the system, or with a line to sign on."""
    own = signed_by if signed_by == row.officer.name else f"{signed_by}代签"
    blank = "签名：　　　　　　　　"
    return [
        ("移交人", own if row.signed_at else blank, _moment(row.signed_at) if row.signed_at else "日期："),
        (
            "接收人",
            row.to.name if row.taken_at else blank,
            _moment(row.taken_at) if row.taken_at else "日期：",
        ),
    ]


def _moment(at: object) -> str:
    return f"{at.astimezone(SHANGHAI):%Y年%-m月%-d日 %H:%M}"  # type: ignore[attr-defined]
