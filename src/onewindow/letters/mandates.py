"""首席事务代表授权书: how is the delegation of a head set on paper, for him to sign and seal?"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from onewindow.letters import words
from onewindow.letters.compiling import compiled
from onewindow.letters.fonts import chosen_folder, clean, font_set
from onewindow.people.models import Delegation

TEMPLATE = Path(__file__).parent / "typeset" / "mandate.typ"
DEMO = "演示"
LEFT_OUT = "延长办理期限等依法应当由本机关负责人批准的事项不在授权之内；被授权人不得审核、决定本人收取或者审核的办件，不得转授权。"


def mandate(one: Delegation, *, demo: bool, at: datetime) -> bytes:
    """The letter of one delegation; what was revoked says so on its face."""
    folder = chosen_folder()
    fonts = font_set(folder)
    term = f"自{words.day(one.since)}起至{words.day(one.until)}止，到期自动终止"
    rows = [
        ("授权部门", one.department.name),
        ("被授权人", f"{one.officer.name}（{one.title}，工号 {one.officer.staff_no}）"),
        ("授权事项", f"在政务服务窗口以本部门名义办理：{one.power_words}"),
        ("授权期限", term),
        ("不在授权之内", LEFT_OUT),
        ("授权人", f"{one.given_by.name}，{words.day(one.given_at.date())}"),
    ]
    told = {
        "title": "首席事务代表授权书",
        "organ": one.department.name,
        "number": one.number,
        "mark": DEMO if demo else "",
        "revoked": f"本授权已于{words.day(one.revoked_at.date())}撤销" if one.revoked_at else "",
        "rows": [[clean(name, fonts.has, set()), clean(text, fonts.has, set())] for name, text in rows],
        "fonts": {"title": fonts.title, "body": fonts.body, "hei": fonts.hei},
    }
    stamp = at.astimezone(UTC).replace(microsecond=0)
    return compiled(TEMPLATE, {"mandate": told}, fonts, folder, at=stamp)
