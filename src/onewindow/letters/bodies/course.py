"""办理过程文书: what do the letters between acceptance and decision say?"""

from __future__ import annotations

from onewindow.letters import words
from onewindow.letters.blocks import Body, bold
from onewindow.letters.bodies.phrases import applied, contest, rights, within, you
from onewindow.letters.data import LetterData, Special
from onewindow.rules.clock import ORGAN

ORIGINALS = (
    ("序号", 0.9, "c"),
    ("原件名称", 3.5, "l"),
    ("证件编号", 3.4, "c"),
    ("份数", 0.9, "c"),
    ("备注", 1.7, "c"),
)


def explanation(data: LetterData) -> Body:
    """请您说明: a question after acceptance; it demands no paper and stops no clock."""
    accepted = f"于{words.day(data.accepted_on)}受理，" if data.accepted_on else "已受理，"
    body = Body().say(*applied(data), f"，本机关{accepted}正在审查。请{you(data)}对下列情况作出说明。")
    body.points(data.questions)
    if data.term:
        body.section("答复期限", *within(data.term), words.counted(data.term))
    if data.ways:
        body.section("答复方式", f"{'；'.join(data.ways)}。")
    due = f"，办结期限仍为{words.due(data.legal_term)}" if data.legal_term else ""
    body.section(
        "说明",
        f"本通知不要求提交办事指南以外的材料，不停止计算办结期限{due}。到期没有答复的，按现有材料审查。",
    )
    return body


def extended(data: LetterData) -> Body:
    """延长办理期限告知书: why, by how much, until when (行政许可法 42)."""
    accepted = f"于{words.day(data.accepted_on)}受理" if data.accepted_on else "已受理"
    body = Body().say(
        *applied(data),
        f"，本机关{accepted}，不能在法定期限内作出决定。{words.law(data.basis)}经{data.approved_by or ORGAN}批准，",
        bold(f"延长{data.longer}"),
        "。",
    )
    body.section("延长的理由", "".join(data.reasons))
    if data.term:
        body.section("延长后的期限", "自受理起共", *within(data.term), words.counted(data.term))
    else:
        body.section("延长后的期限", "现在有特别程序正在进行，期限停止计算；结束以后接着计算，届时告知。")
    body.section("说明", "办理期限只能延长一次。")
    rights(body, data)
    return body


def procedure(data: LetterData) -> Body:
    """特别程序告知书: which, with whom, from when to when, and whether the term stands still (行政许可法 45)."""
    special = data.special
    assert special is not None  # `kinds.check` lets no letter go without
    body = Body().say(
        *applied(data),
        f"，{words.law(data.basis)}需要进行",
        bold(special.name),
        f"。现将所需时间书面告知{you(data)}。",
    )
    body.section("为什么进行", _sentence(special.why))
    body.section("参加的人员和单位", _sentence(special.parties))
    if special.place:
        body.section("地点", _sentence(special.place))
    if special.held_on:
        body.section(
            "举行的时间",
            bold(words.weekday(special.held_on)),
            f"，由{special.host}主持。听证公开举行，"
            f"{you(data)}不承担听证的费用；认为主持人有直接利害关系的，有权申请回避。",
        )
    limit = f"（本事项公布的限时为{special.limit}）" if special.limit else ""
    body.section(
        "所需时间",
        f"自{words.day(special.begins)}至",
        bold(words.weekday(special.until)),
        f"，计划{special.days}个工作日{limit}。",
    )
    body.section("对办理期限的影响", _effect(special))
    rights(body, data)
    return body


def _effect(special: Special) -> str:
    if not special.stops:
        return "这项程序所需的时间计算在办理期限之内，办理期限不变。"
    return (
        f"依法所需的时间不计算在{'、'.join(special.stops)}内：自本告知书发出的次日起停止计算，"
        "这项程序结束的次日起接着计算，新的到期日届时告知。"
    )


def _sentence(text: str) -> str:
    return text if text.endswith(("。", "！", "？")) else f"{text}。"


def withdrawn(data: LetterData) -> Body:
    """撤回申请确认书."""
    body = Body().say(
        *applied(data),
        f"，{you(data)}于{words.day(data.asked_on or data.issued_on)}要求撤回。本机关确认",
        bold("申请已经撤回"),
        "，本件终止办理。",
    )
    body.section("材料", "已交的原件退还，请凭本确认书和身份证件到承办窗口领取。")
    body.section(f"{you(data)}的权利", "撤回申请不影响重新申请。")
    return body


def lapsed(data: LetterData) -> Body:
    """补正逾期终止告知书: not a refusal; the applicant may apply again."""
    asked = f"于{words.day(data.asked_on)}" if data.asked_on else ""
    until = f"，补正期限至{words.due(data.term)}" if data.term else ""
    body = Body().say(
        *applied(data),
        f"，本机关{asked}一次告知需要补正的内容{until}，并已提醒。到期没有收到补正材料，按不再继续申请，本件",
        bold("终止办理"),
        "。",
    )
    body.section("说明", "本告知不是不予受理决定，不影响重新申请。已交的原件请到承办窗口领取。")
    contest(body, data)
    return body


def originals_taken(data: LetterData) -> Body:
    """材料原件收取清单."""
    body = Body().say(
        "因办理", bold(data.item), f"，本机关收取{you(data)}的下列材料原件，共{_copies(data)}份。"
    )
    _originals(body, data)
    body.section("退还", "核验后或者办结时退还，请凭本清单和身份证件领取。")
    rights(body, data)
    return body


def originals_returned(data: LetterData) -> Body:
    """材料原件退还清单."""
    body = Body().say(
        "办理", bold(data.item), f"时收取的下列材料原件，共{_copies(data)}份，现退还{you(data)}。"
    )
    _originals(body, data)
    return body.say("请当面核对，核对无误后签收。")


def _originals(body: Body, data: LetterData) -> None:
    rows = (
        (str(place), paper.name, paper.number or "无", str(paper.copies), paper.note)
        for place, paper in enumerate(data.papers, 1)
    )
    body.table(ORIGINALS, rows)


def _copies(data: LetterData) -> int:
    return sum(paper.copies for paper in data.papers)
