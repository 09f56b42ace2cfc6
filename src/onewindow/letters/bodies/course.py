"""办理过程文书: what do the letters between acceptance and decision say?"""

from __future__ import annotations

from onewindow.letters import words
from onewindow.letters.blocks import Body, bold
from onewindow.letters.bodies.phrases import applied, contest, rights, within, you
from onewindow.letters.data import LetterData

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
