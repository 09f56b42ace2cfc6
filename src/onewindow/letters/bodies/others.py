"""缴费、利害关系人、限制申请的文书: what do the letters about money, to others, and about what follows false papers say?"""

from __future__ import annotations

from onewindow.letters import words
from onewindow.letters.blocks import Body, Run, bold
from onewindow.letters.bodies.phrases import applied, contest, rights, you
from onewindow.letters.data import LetterData
from onewindow.rules.fees import clock_goes_on

CHARGES = (
    ("收费项目", 2.4, "l"),
    ("标准", 2.4, "l"),
    ("依据", 3.2, "l"),
    ("数量", 0.9, "c"),
    ("金额（元）", 1.4, "c"),
)


def bill(data: LetterData) -> Body:
    """缴费通知书: every fee at once with kind, standard, basis and amount (行政许可法 59)."""
    told = data.bill
    assert told is not None  # `kinds.check` lets no letter go without
    body = Body().say(
        *applied(data),
        f"，按照公布的项目和标准应缴下列费用，现一次性告知{you(data)}，合计",
        bold(f"{told.total}元"),
        "。",
    )
    body.table(
        CHARGES,
        [
            (
                one.name + (f"（{one.how}）" if one.how else ""),
                one.standard,
                one.basis,
                str(one.count),
                one.amount,
            )
            for one in told.lines
        ],
    )
    if told.why:
        body.section("为什么另开", told.why if told.why.endswith("。") else f"{told.why}。")
    body.section("缴款人和缴款单号", f"缴款人{told.payer}，缴款单号", bold(told.number), "。")
    body.section("在哪里缴", f"{told.where.removesuffix('。')}。")
    body.section("缴费期限", "请在", bold(words.weekday(told.until)), f"以前缴清；本事项{told.waits}。")
    body.section("对办理期限的影响", clock_goes_on(data.item_kind))
    rights(body, data)
    return body


def third(data: LetterData) -> Body:
    """利害关系人告知书: what is applied for, in what it touches him, and what he may do (行政许可法 36, 47)."""
    told = data.touched
    assert told is not None
    body = Body().say(
        "本机关正在审查一项",
        bold(data.item),
        f"申请，经审查，本件直接关系{you(data)}的重大利益。",
        f"{words.law(data.basis)}现告知{you(data)}。" if data.basis else f"现告知{you(data)}。",
    )
    body.section("关系什么利益", told.concerns if told.concerns.endswith("。") else f"{told.concerns}。")
    body.section(
        f"{you(data)}可以做什么",
        f"自收到本告知书之日起{words.number(told.days)}个工作日内，可以陈述意见、进行申辩，本机关会听取。"
        "没有提出意见的，不影响本机关依法作出决定。",
    )
    if told.ask_days:
        body.section(
            "要求听证",
            f"自收到本告知书之日起{words.number(told.ask_days)}个工作日内，可以要求听证；不承担听证的费用。",
        )
    body.section(
        "怎样提出",
        f"在网上凭编号{told.number}和查询码",
        bold(told.code),
        "提出，或者到承办部门当面说、书面寄来。请妥善保管查询码。",
    )
    return body


def barred(data: LetterData) -> Body:
    """警告和限制申请决定书 (行政许可法 78, 79)."""
    told = data.bar
    assert told is not None
    parts: list[str | Run] = [bold("给予警告")] if told.warned else []
    if told.until:
        until = words.day(told.until)
        parts += ["；" if parts else "", bold(f"到{until}为止不得再次申请{data.item}")]
    body = Body().say(
        f"{you(data)}{told.ground}“{data.item}”。{words.decides(data.basis)}",
        *[one for one in parts if one],
        "。",
    )
    body.section("查明的事实", told.facts if told.facts.endswith("。") else f"{told.facts}。")
    body.section("依据的决定", f"{told.decision.removesuffix('。')}。")
    if told.until:
        body.section("什么时候可以再申请", "期满的第二天起可以申请，不用办理解除手续。")
    contest(body, data)
    return body
