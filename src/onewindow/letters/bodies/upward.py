"""上报和延续的文书: what is written when a case goes up, when the answer comes down, and when a licence goes on by law?"""

from __future__ import annotations

from onewindow.letters import words
from onewindow.letters.blocks import Body, bold
from onewindow.letters.bodies.phrases import (
    PAPERS,
    applied,
    fee,
    paper_count,
    paper_rows,
    rights,
    within,
    you,
)
from onewindow.letters.bodies.result import RESULT
from onewindow.letters.data import LetterData


def sent_up(data: LetterData) -> Body:
    """上报件告知书: to whom it went, with which papers, at what fee and until when (湛河 二(二)2(1))."""
    above = data.above
    assert above is not None  # `kinds.check` lets no letter go without
    body = Body().say(
        *applied(data),
        f"，本机关已经初审。{words.law(data.basis)}于{words.day(above.sent_on)}将初审意见和全部申请材料报送",
        bold(above.organ),
        "，由它作出决定。",
    )
    body.section("报送的材料", f"{paper_count(data.papers)}不要求{you(data)}重复提交。")
    body.table(PAPERS, paper_rows(data.papers))
    fee(body, data)
    if data.term:
        body.section(
            "办结时限", f"{above.organ}的时限自收到之日起", *within(data.term), words.counted(data.term)
        )
    body.section(
        "进度",
        f"本机关负责与{above.organ}联系、协调，决定作出以后转交{you(data)}。本告知不是准予或者不予的决定。",
    )
    return body


def answered(data: LetterData) -> Body:
    """上级决定告知书: what the organ above decided, under which number; its own decision goes with it."""
    above = data.above
    assert above is not None  # `kinds.check` lets no letter go without
    word = "准予" if above.granted else "不予"
    body = Body().say(
        *applied(data),
        f"，经本机关初审后报送{above.organ}。{above.organ}已于{words.day(above.decided_on or above.sent_on)}作出",
        bold(f"{word}的决定"),
        f"（{above.number}）。现予转交。",
    )
    if data.result:
        body.section("决定的内容", "如下表。").table(RESULT, data.result, headless=True)
    if data.reasons:
        one = len(data.reasons) == 1
        body.section("理由", data.reasons[0] if one else "有下列情形：").points(() if one else data.reasons)
    if data.delivery:
        body.section("领取", f"{data.delivery.removesuffix('。')}。")
    body.section(
        "说明",
        f"作出决定的机关是{above.organ}。对决定不服的，救济途径和期限以它的决定书所写为准，自收到之日起算。",
    )
    rights(body, data)
    return body


def renewed(data: LetterData) -> Body:
    """视为准予延续通知书: not decided before the licence ran out (行政许可法 50)."""
    body = Body().say(
        *applied(data),
        f"，{you(data)}在原证有效期届满前依法提出，本机关没有在有效期届满（{words.day(data.asked_on or data.issued_on)}）前"
        f"作出是否准予延续的决定。{words.law(data.basis)}",
        bold("视为准予延续"),
        "。",
    )
    if data.result:
        body.section("延续的内容", "如下表。").table(RESULT, data.result, headless=True)
    if data.delivery:
        body.section("换发证件", f"{data.delivery.removesuffix('。')}。")
    body.section("说明", "本通知证明原行政许可继续有效，这是期限届满的法律后果。")
    rights(body, data)
    return body
