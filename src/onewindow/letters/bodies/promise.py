"""承诺文书: what do the letters of 容缺受理 and 告知承诺 say?"""

from __future__ import annotations

from onewindow.letters import words
from onewindow.letters.blocks import Body, bold
from onewindow.letters.bodies.phrases import (
    PAPERS,
    applied,
    contest,
    paper_count,
    paper_rows,
    rights,
    within,
    you,
)
from onewindow.letters.data import LetterData

FOLLOWING = (("序号", 0.9, "c"), ("可容缺材料", 4, "l"), ("怎样补交", 5, "l"))
WRONG = (("序号", 0.9, "c"), ("材料", 4, "l"), ("不符在哪里", 5, "l"))


def deferral(data: LetterData) -> Body:
    """容缺受理承诺书 with the 一次性告知: the main papers that are there, those that follow, by when, what follows if not."""
    body = Body().say(
        *applied(data),
        "，主要材料齐全、符合法定形式，只缺下列可容缺的材料。经",
        "你" if data.applicant == "person" else "你单位",
        "书面承诺，本机关",
        bold("先予受理"),
        f"，并一次性告知{you(data)}需要补交的全部材料、期限和逾期的后果。",
    )
    body.section("已收到的主要材料", f"{'、'.join(one.name for one in data.papers)}。")
    body.section("需要补交的材料", f"共{len(data.owed)}项，如下表。")
    body.table(FOLLOWING, ((str(n), one.name, one.how) for n, one in enumerate(data.owed, 1)))
    if data.term:
        body.section("补交的期限", *within(data.term), words.counted(data.term))
    body.section("补交的方式", f"{'；'.join(data.ways)}。")
    body.section("逾期不补的后果", data.outcome)
    body.section(
        "申请人的承诺", f"本申请人已知悉以上内容，承诺按期补交，所提交的材料真实有效。{data.signed}。"
    )
    rights(body, data)
    return body


def supply_received(data: LetterData) -> Body:
    """容缺材料收件凭证."""
    body = Body().say(
        f"{you(data)}就",
        bold(data.item),
        f"申请承诺补交的材料，本机关已收到下列各项。{paper_count(data.papers)}",
    )
    body.table(PAPERS, paper_rows(data.papers))
    left = f"还有{len(data.owed)}项没有补来：{'、'.join(one.name for one in data.owed)}。"
    body.section("还差的材料", left if data.owed else "没有。本机关核对以后告知结果。")
    rights(body, data)
    return body


def supply_returned(data: LetterData) -> Body:
    """容缺材料不符告知书: what is wrong with each, and until when it may be brought again."""
    body = Body().say(
        f"{you(data)}就", bold(data.item), "申请补交的材料，本机关已核对，下列材料不符合要求，请改好再交。"
    )
    body.table(WRONG, ((str(n), one.name, one.problem) for n, one in enumerate(data.owed, 1)))
    if data.term:
        body.section("再次补交的期限", *within(data.term), words.counted(data.term))
    body.section("补交的方式", f"{'；'.join(data.ways)}。")
    body.section("逾期不补的后果", data.outcome)
    rights(body, data)
    return body


def deferral_missed(data: LetterData) -> Body:
    """容缺逾期告知书: what was promised, that it did not come, what follows, and the remedy."""
    until = f"至{words.weekday(data.until)}" if data.until else ""
    body = Body().say(
        *applied(data),
        f"，本机关凭{you(data)}的书面承诺容缺受理。承诺补交的期限{until}，到期没有补齐：",
        bold("、".join(one.name for one in data.owed)),
        "。",
    )
    body.section("处理", data.outcome)
    body.section(
        "失信记录",
        "没有按承诺补交，已记入失信记录；修复以前不适用容缺受理和告知承诺，一般程序照常办理。"
        f"补正以后可以向{data.organ}申请信用修复。",
    )
    contest(body, data)
    return body


def promise(data: LetterData) -> Body:
    """告知承诺书: the part of the organ (what is demanded, what follows, how it is checked) and that of the applicant."""
    body = Body().say(
        *applied(data),
        f"，可以由{you(data)}自愿选择按告知承诺办理。不选择的，按一般程序办理，没有不利影响。现告知如下。",
    )
    body.section("应当符合的要求", "").points(data.demands)
    body.section("承诺的内容", "").points(data.promised)
    body.section("违反承诺的法律责任", "").points(data.liability)
    body.section("怎样核查", data.check)
    if data.spared:
        body.section("免于提交的材料", f"{'、'.join(data.spared)}。")
    body.section("收回承诺", "作出决定以前可以收回承诺，改按一般程序办理。")
    body.section(
        "申请人的承诺",
        "本申请人已知悉告知的全部内容，自身符合要求，所作承诺真实，愿意承担违反承诺的法律责任。"
        f"{data.signed}。",
    )
    rights(body, data)
    return body


def mend_order(data: LetterData) -> Body:
    """限期整改通知书: what was found, what is to be put right, by when."""
    body = Body().say(
        *applied(data), "，本机关按告知承诺准予。经核查，情况与承诺不一致，请", bold("限期整改"), "。"
    )
    body.section("核查的情况", "".join(data.reasons))
    body.section("整改的要求", "".join(data.demands))
    if data.until:
        body.section("整改的期限", "至", bold(words.weekday(data.until)), "。")
    body.section("逾期的后果", "到期没有改好或者改了仍不符合要求的，依法撤销原来的决定，记入失信记录。")
    rights(body, data)
    return body


def _why(data: LetterData) -> str:
    """A promise that was not kept, or a licence got by fraud."""
    if data.consequence:
        return "本机关准予。经查，这项许可是以欺骗、贿赂等不正当手段取得的"
    return "本机关按告知承诺准予。经核查没有履行承诺"


def revocation_notice(data: LetterData) -> Body:
    """拟撤销告知书: grounds and basis, and the right to be heard first."""
    body = Body().say(*applied(data), f"，{_why(data)}，本机关", bold("拟撤销原来的决定"), "。")
    body.section("理由", "".join(data.reasons))
    body.section("依据", f"{data.outcome}。")
    if data.consequence:
        body.section("撤销的后果", data.consequence)
    until = words.weekday(data.until) if data.until else ""
    body.section(
        f"{you(data)}的权利",
        f"{you(data)}有权陈述、申辩。请在",
        bold(until),
        "以前提出，书面、口头都可以。到期没有提出的，视为没有意见。",
    )
    return body


def revoked(data: LetterData) -> Body:
    """撤销决定书."""
    heard = f"{you(data)}的陈述申辩已经听取并复核。" if data.heard_on else "告知的期限内没有收到陈述申辩。"
    body = Body().say(
        *applied(data),
        f"，{_why(data)}，依照{data.outcome}，现决定",
        bold("撤销原来的决定"),
        f"。{heard}",
    )
    body.section("理由", "".join(data.reasons))
    if data.consequence:
        body.section("撤销的后果", data.consequence)
    else:
        body.section(
            "失信记录", f"已记入失信记录；修复以前不适用容缺受理和告知承诺。可以向{data.organ}申请信用修复。"
        )
    contest(body, data)
    return body
