"""决定和送达文书: what do the decision and the proof of its service say?"""

from __future__ import annotations

from onewindow.letters import words
from onewindow.letters.blocks import Body, bold
from onewindow.letters.bodies.phrases import (
    DENIED,
    GRANTED,
    applied,
    contest,
    fee,
    made_by,
    rights,
    within,
    you,
)
from onewindow.letters.data import LetterData
from onewindow.rules.pack import Kind as ItemKind

RESULT = (("项目", 2.6, "c"), ("内容", 7, "l"))
SERVICE = (("项目", 2.6, "c"), ("内容", 7, "l"))


def granted(data: LetterData) -> Body:
    """准予行政许可决定书, or 办理结果通知书 for other kinds of item."""
    meets = "符合法定条件、标准" if data.item_kind == ItemKind.LICENCE else "符合办理条件"
    body = Body().say(
        *applied(data),
        f"，{_accepted(data)}经审查{_heard(data)}，{meets}。{words.decides(data.basis)}",
        bold(GRANTED.get(data.item_kind, "予以办理")),
        "。",
    )
    if data.result:
        body.section("许可内容" if data.item_kind == ItemKind.LICENCE else "办理结果", "如下表。").table(
            RESULT, data.result, headless=True
        )
    made_by(body, data)
    if data.delivery or data.term:
        _delivery(body, data)
    fee(body, data)
    if data.item_kind == ItemKind.LICENCE:
        body.section("公开", "本决定依法予以公开，公众有权查阅。")
    if data.remedy is not None and data.item_kind != ItemKind.SERVICE:
        contest(body, data)
    else:
        rights(body, data)
    return body


def denied(data: LetterData) -> Body:
    """不予决定书: the grounds and the remedy (行政许可法 38)."""
    fails = "不符合法定条件、标准" if data.item_kind == ItemKind.LICENCE else "不符合办理条件"
    body = Body().say(
        *applied(data),
        f"，{_accepted(data)}经审查{_heard(data)}，{fails}。{words.decides(data.basis)}",
        bold(DENIED.get(data.item_kind, "不予办理")),
        "。",
    )
    if len(data.reasons) == 1:
        body.section("理由", data.reasons[0])
    else:
        body.section("理由", "有下列情形：").points(data.reasons)
    made_by(body, data)
    contest(body, data)
    return body


def _heard(data: LetterData) -> str:
    """行政许可法 48: what was heard is decided on the record of the hearing."""
    return f"，并根据{words.day(data.heard_on)}举行的听证的笔录" if data.heard_on else ""


def service(data: LetterData) -> Body:
    """送达回证: filled from what happened; who receives signs in the table."""
    serving = data.serving
    if serving is None:  # `kinds.check` has refused it before
        raise ValueError("送达回证没有送达情况。")
    rows = (
        ("送达文书", f"{serving.title}　{serving.number}"),
        ("事项", data.item),
        ("受送达人", data.addressee),
        ("送达方式", serving.way),
        ("送达地点", serving.place),
        ("送达时间", serving.at),
        ("收件人", _taker(data)),
        ("收件人签名或者盖章", serving.signed or "\n"),
        ("代收人和受送达人的关系", serving.relation),
        ("送达人", serving.server),
        ("备注", serving.note),
    )
    body = Body().table(SERVICE, ((name, text) for name, text in rows if text), headless=True)
    return body.say(serving.closing or "受送达人在送达回证上的签收日期为送达日期。")


def _taker(data: LetterData) -> str:
    serving = data.serving
    if serving is None:
        return ""
    return f"{serving.taker}（出示{serving.paper_shown}）" if serving.paper_shown else serving.taker


def _accepted(data: LetterData) -> str:
    return f"本机关于{words.day(data.accepted_on)}受理。" if data.accepted_on else "本机关已受理。"


def _delivery(body: Body, data: LetterData) -> None:
    told = f"{data.delivery.removesuffix('。')}。" if data.delivery else ""
    if data.term is None:
        body.section("领取", told)
        return
    body.section("颁发和送达", f"{told}向{you(data)}送达的期限", *within(data.term), words.counted(data.term))
