"""拖长的程序: what do the letters say when a special procedure is prolonged, or another leads the hearing?"""

from __future__ import annotations

from onewindow.letters import words
from onewindow.letters.blocks import Body, bold
from onewindow.letters.bodies.phrases import applied, rights, you
from onewindow.letters.data import LetterData


def prolonged(data: LetterData) -> Body:
    """特别程序延长告知书: the second written notice of the time needed, with the reason (行政许可法 45)."""
    special = data.special
    assert special is not None  # `kinds.check` lets no letter go without
    told = f"，本机关原来告知计划{words.day(special.before)}以前结束" if special.before else ""
    body = Body().say(
        *applied(data),
        f"，正在进行{special.name}{told}。{words.law(data.basis)}现将延长以后所需的时间书面告知{you(data)}：",
        bold(f"改为计划{words.weekday(special.until)}以前结束"),
        "。",
    )
    body.section(
        "延长的理由", special.why if special.why.endswith(("。", "！", "？")) else f"{special.why}。"
    )
    effect = (
        f"这项程序所需的时间依法不计算在{'、'.join(special.stops)}内，结束的次日起接着计算。"
        if special.stops
        else "这项程序所需的时间计算在办理期限之内，办理期限不变。"
    )
    body.section("对办理期限的影响", effect)
    body.section("说明", "特别程序只能延长一次。")
    rights(body, data)
    return body


def host(data: LetterData) -> Body:
    """更换听证主持人告知书: who leads the hearing now; whoever doubts his impartiality may ask for another (行政许可法 48)."""
    special = data.special
    assert special is not None  # `kinds.check` lets no letter go without
    body = Body().say(
        *applied(data),
        f"，{words.law(data.basis)}需要进行听证。因原主持人不能主持，",
        bold(f"改由{special.host}主持"),
        "。",
    )
    when = words.weekday(special.held_on) if special.held_on else "另行通知"
    body.section(
        "举行的时间和地点", f"{when}{f'，{special.place}' if special.place else ''}，时间和地点不变。"
    )
    body.section(f"{you(data)}的权利", f"{you(data)}认为主持人与本件有直接利害关系的，有权申请回避。")
    rights(body, data)
    return body
