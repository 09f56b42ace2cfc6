"""短路文书: what do the letters say where a case needs no approval, or is only filed?"""

from __future__ import annotations

from onewindow.letters import words
from onewindow.letters.blocks import Body, bold
from onewindow.letters.bodies.phrases import applied, rights, you
from onewindow.letters.data import LetterData

FILED = (("项目", 2.6, "c"), ("内容", 7, "l"))


def exempted(data: LetterData) -> Body:
    """免予审批告知书: the item is of the tier that needs no approval."""
    body = Body().say(
        *applied(data),
        f"。{words.law(data.basis)}本事项按风险分级属于{data.tier}，",
        bold("不需要审批"),
        f"，{you(data)}可以依法直接开展。",
    )
    if data.reasons:
        body.section("说明", "".join(data.reasons))
    body.section("请注意", "法律、法规禁止的除外；涉及的其他事项需要许可的，仍要依法取得许可。")
    rights(body, data)
    return body


def filed(data: LetterData) -> Body:
    """备案回执: the complete papers are the filing; the office checks afterwards."""
    body = Body().say(
        *applied(data),
        f"。{words.law(data.basis)}材料齐全，本机关",
        bold("予以备案"),
        "。",
    )
    body.section("备案情况", "如下表。").table(FILED, data.result, headless=True)
    body.section("以后的核查", "".join(data.reasons))
    rights(body, data)
    return body
