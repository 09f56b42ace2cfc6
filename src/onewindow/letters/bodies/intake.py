"""收件和受理文书: what do the letters up to acceptance say?"""

from __future__ import annotations

from datetime import date

from onewindow.letters import words
from onewindow.letters.blocks import Body, bold
from onewindow.letters.bodies.phrases import (
    DEEMED,
    NOT_PURSUED,
    PAPERS,
    applied,
    contest,
    fee,
    made_by,
    paper_count,
    paper_rows,
    rights,
    within,
    you,
)
from onewindow.letters.data import LetterData
from onewindow.rules.pack import Kind as ItemKind

RECEIVED = (
    ("序号", 1.1, "c"),
    ("材料", 4.6, "l"),
    ("份数", 1.1, "c"),
    ("形式", 1.6, "c"),
    ("来源", 1.8, "c"),
)
LACKING = (("序号", 1.1, "c"), ("材料", 4, "l"), ("存在的问题", 5, "l"))
DEFECTS = (("序号", 0.9, "c"), ("材料", 2.5, "l"), ("存在的问题", 3, "l"), ("怎样补正", 3, "l"))


def receipt(data: LetterData) -> Body:
    """收件凭证: what came in, what happens next, how to ask."""
    received = data.received_on or data.applied_on
    body = Body().say(
        f"{you(data)}提出的",
        bold(data.item),
        f"申请材料，本机关已于{words.day(received)}收到。"
        f"{paper_count(data.papers)}本凭证证明收到材料，不是受理决定。",
    )
    _received_table(body, data)
    if data.case_kind:
        body.section("办件类型", f"{data.case_kind}。")
    fee(body, data)
    _what_next(body, data)
    _first_asked(body, data)
    _enquiry(body, data)
    return body


def correction_received(data: LetterData) -> Body:
    """补正材料收件凭证: the papers that were asked for came in, or the answer that there are none."""
    received = data.received_on or data.issued_on
    if data.nothing:
        return _answered(data, received)
    body = Body().say(
        f"{you(data)}就",
        bold(data.item),
        f"申请提交的补正材料，本机关已于{words.day(received)}收到。{paper_count(data.papers)}",
    )
    _received_table(body, data)
    if data.term:
        body.section(
            "审查期限", "本机关对补正材料进行审查，期限", *within(data.term), words.counted(data.term)
        )
    _enquiry(body, data)
    return body


def _answered(data: LetterData, received: date) -> Body:
    body = Body().say(
        f"{you(data)}就",
        bold(data.item),
        "申请的补正告知答复：",
        bold("没有可以补正的，请按现有材料处理"),
        f"。本机关已于{words.day(received)}收到这一答复，照现有材料依法处理，不再要求补正。",
    )
    if data.term:
        body.section("处理期限", "本机关决定是否受理，期限", *within(data.term), words.counted(data.term))
    _enquiry(body, data)
    return body


def accepted(data: LetterData) -> Body:
    """受理通知书: why, until when and counted how, with which papers, at what fee."""
    body = _acceptance(data)
    if data.at_receipt:
        body.section("办件类型", f"{data.case_kind}。")
        received = data.received_on or data.applied_on
        body.section("收件", f"本机关{words.day(received)}收到申请材料，收件即受理；本通知书同时是收件凭证。")
    if data.lacking:
        body.section("仍有问题的材料", "如下表。受理不表示这些材料已经核对为齐全、符合法定形式。")
        body.table(
            LACKING,
            ((str(place), one.name, one.problem) for place, one in enumerate(data.lacking, 1)),
        )
    if data.following and data.supply_term:
        names = "、".join(one.name for one in data.following)
        body.section("承诺补交的材料", f"{names}，", *within(data.supply_term), "补齐以前不能发结果。")
    if data.term:
        promise = f"法定期限{_legal(data)}。" if data.legal_term else ""
        body.section("办结期限", *within(data.term), promise, words.counted(data.term), _specials(data))
    if data.papers:
        body.section("收到的材料", paper_count(data.papers))
        body.table(PAPERS, paper_rows(data.papers))
    made_by(body, data)
    fee(body, data)
    if data.at_receipt:
        _first_asked(body, data)
        _enquiry(body, data)
    rights(body, data)
    return body


def refused(data: LetterData) -> Body:
    """不予受理决定书: the grounds, and the remedy."""
    body = Body().say(
        *applied(data),
        f"，本机关已审查。{words.decides(data.basis)}",
        bold("不予受理" if data.item_kind != ItemKind.SERVICE else "不予办理"),
        "。",
    )
    body.section("理由", *_first(data.reasons))
    body.points(data.reasons if len(data.reasons) > 1 else ())
    made_by(body, data)
    contest(body, data)
    return body


def not_ours(data: LetterData) -> Body:
    """不属本机关职权: refused at once, and told where to go (行政许可法 32(二))."""
    body = Body().say(
        *applied(data), f"，依法不属于本机关职权范围。{words.decides(data.basis)}", bold("不予受理"), "。"
    )
    body.section("向哪里申请", f"请{you(data)}向", bold(data.go_to), "提出申请。")
    if data.reasons:
        body.section("说明", *_first(data.reasons)).points(data.reasons if len(data.reasons) > 1 else ())
    contest(body, data)
    return body


def not_needed(data: LetterData) -> Body:
    """依法不需要办理: told at once (行政许可法 32(一))."""
    what = "不需要取得行政许可" if data.item_kind == ItemKind.LICENCE else "不需要办理"
    body = Body().say(
        *applied(data), f"，依法{what}。{words.law(data.basis)}现告知{you(data)}", bold("不受理"), "。"
    )
    body.section("理由", *_first(data.reasons)).points(data.reasons if len(data.reasons) > 1 else ())
    contest(body, data)
    return body


def correction(data: LetterData) -> Body:
    """补正告知书: everything at once, how to put it right, by when, and what follows."""
    body = Body()
    if data.second:
        body.say(
            *applied(data),
            "，补正时提交的下列材料本身仍有问题。现告知如下，本次告知只涉及这些补正材料。",
        )
    else:
        body.say(
            *applied(data),
            "，申请材料不齐全或者不符合法定形式。",
            f"{words.law(data.basis)}现将需要补正的全部内容一次告知如下。",
        )
    rows = (
        (str(place), paper.name, paper.problem, paper.how or "按办事指南重新提交")
        for place, paper in enumerate(data.papers, 1)
    )
    body.table(DEFECTS, rows)
    if data.late:
        body.section("超期的说明", f"本次告知超过了规定的期限：{data.late.rstrip('。')}。")
    if data.term:
        body.section("补正期限", *within(data.term), words.counted(data.term))
    if data.ways:
        body.section("补正方式", f"{'；'.join(data.ways)}。")
    body.section("逾期的后果", data.consequence or NOT_PURSUED)
    if not data.second:
        body.section(
            f"{you(data)}的权利",
            "以上为需要补正的全部内容。除补正材料本身仍不符合要求外，本机关不再要求补正其他材料；"
            "全部补正的，本机关予以受理。",
        )
    return body


def _acceptance(data: LetterData) -> Body:
    if data.by_silence:
        received = data.received_on or data.applied_on
        return Body().say(
            *applied(data),
            f"，本机关于{words.day(received)}收到申请材料，没有在规定的期限内告知需要补正的内容。"
            f"{words.law(data.basis)}自收到申请材料之日（{words.day(received)}）起",
            bold("即为受理"),
            "。这是期限届满的法律后果，不表示材料已经核对为齐全、符合法定形式。",
        )
    if data.lacking:
        return Body().say(
            *applied(data),
            f"，属于本机关职权范围。需要补正的内容已经一次告知，{_how_answered(data)}",
            f"{words.law(data.basis)}补正只告知一次，本机关照现有材料",
            bold("予以受理"),
            "，在现有材料上进行审查、作出决定。",
        )
    if data.following or data.by_promise:
        why = (
            "主要材料齐全、符合法定形式，其余可容缺的材料已书面承诺补交"
            if data.following
            else data.by_promise
        )
        said = f"，属于本机关职权范围，{why}。现决定"
        return Body().say(*applied(data), said, bold("予以受理"), "。")
    complete = "已按要求提交全部补正申请材料" if data.corrected else "申请材料齐全、符合法定形式"
    return Body().say(
        *applied(data),
        f"，属于本机关职权范围，{complete}。{words.decides(data.basis)}",
        bold("予以受理"),
        "。",
    )


def _how_answered(data: LetterData) -> str:
    if data.nothing:
        return f"{you(data)}答复没有可以补正的，下列材料仍不齐全或者不符合法定形式。"
    return "下列材料经补正仍不齐全或者不符合法定形式。"


def _legal(data: LetterData) -> str:
    legal = data.legal_term
    return f"为{words.length(legal)}，至{words.due(legal)}" if legal else ""


def _specials(data: LetterData) -> str:
    if not data.specials:
        return ""
    return f"{'、'.join(data.specials)}所需时间依法不计算在期限内，届时另行书面告知。"


def _received_table(body: Body, data: LetterData) -> None:
    rows = (
        (str(place), paper.name, str(paper.copies), paper.form, paper.source or "提交")
        for place, paper in enumerate(data.papers, 1)
    )
    body.table(RECEIVED, rows)


def _what_next(body: Body, data: LetterData) -> None:
    if data.term is None:
        return
    deemed = f"{DEEMED[:-1]}（{'、'.join(map(str, data.basis))}）。" if _deemed(data) else ""
    body.section(
        "下一步",
        "本机关决定是否受理，或者一次告知需要补正的全部内容，期限",
        *within(data.term),
        deemed,
        words.counted(data.term),
    )


def _deemed(data: LetterData) -> bool:
    return data.item_kind == ItemKind.LICENCE and bool(data.basis)


def _first_asked(body: Body, data: LetterData) -> None:
    if data.first_asked:
        body.section("首问", f"{data.first_asked}。没有答复以前由首问责任人负责到底。")


def _enquiry(body: Body, data: LetterData) -> None:
    scan = "扫“查进度”的码，或者" if data.track_url else ""
    code = f"和查询码{data.enquiry_code}" if data.enquiry_code else ""
    care = "查询码请妥善保管，不要告诉他人。" if code else ""
    body.section("查询", f"{scan}凭办件编号{data.case_number}{code}可随时查询办理进度，不需要登录。{care}")


def _first(reasons: tuple[str, ...]) -> tuple[str, ...]:
    """A single ground stands in the line of its heading; several follow as points."""
    return reasons if len(reasons) == 1 else ("有下列情形：",)
