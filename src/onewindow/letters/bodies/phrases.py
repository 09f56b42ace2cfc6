"""共用语句: which sentences do several kinds of letter share?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from onewindow.letters import words
from onewindow.letters.blocks import Body, bold
from onewindow.letters.data import LetterData, Paper, Remedy, Term
from onewindow.rules.pack import Kind as ItemKind

# What is decided, for each kind of item; what is not here is 予以办理 or 不予办理.
GRANTED: dict[str, str] = {
    ItemKind.LICENCE: "准予行政许可",
    ItemKind.CONFIRMATION: "予以确认",
    ItemKind.BENEFIT: "予以给付",
    ItemKind.REWARD: "予以奖励",
    ItemKind.RULING: "予以裁决",
}
DENIED: dict[str, str] = {
    ItemKind.LICENCE: "不予行政许可",
    ItemKind.CONFIRMATION: "不予确认",
    ItemKind.BENEFIT: "不予给付",
    ItemKind.REWARD: "不予奖励",
    ItemKind.RULING: "不予裁决",
}
# 行政许可法 32(四), in its own words; only a licence is accepted by silence.
DEEMED = "逾期不告知的，自收到申请材料之日起即为受理。"
# The setting correction.unanswered = "not_pursued".
NOT_PURSUED = (
    "到期没有补正的，本机关提醒一次；提醒后仍没有补正的，按不再继续申请终止办理，"
    "不作为不予受理，不影响重新申请。"
)

PAPERS = (("序号", 1.1, "c"), ("材料", 4.6, "l"), ("份数", 1.1, "c"), ("来源", 2.6, "c"))


def you(data: LetterData) -> str:
    return "你" if data.applicant == "person" else "你单位"


def applied(data: LetterData) -> tuple[str, tuple[str, str], str]:
    """你于2026年9月24日提出的 X 申请."""
    return (f"{you(data)}于{words.day(data.applied_on)}提出的", bold(data.item), "申请")


def made_by(body: Body, data: LetterData) -> None:
    """作出方式: by delegation or by the published rules; nothing is said of the usual way."""
    if data.made_by:
        body.section("作出方式", data.made_by)


def paper_rows(papers: Iterable[Paper]) -> list[tuple[str, ...]]:
    return [
        (str(place), paper.name, str(paper.copies), paper.source or "提交")
        for place, paper in enumerate(papers, 1)
    ]


def paper_count(papers: tuple[Paper, ...]) -> str:
    """共6项，其中提交2项、调取4项。"""
    sources = Counter(paper.source or "提交" for paper in papers)
    if len(sources) == 1:
        return f"共{len(papers)}项，均为{next(iter(sources))}。"
    return f"共{len(papers)}项，其中{'、'.join(f'{source}{count}项' for source, count in sources.items())}。"


def within(term: Term) -> tuple[str, tuple[str, str], str]:
    """8个工作日，至 2026年10月13日（星期二）；当场办结，即 2026年10月13日（星期二）。"""
    return (f"{words.length(term)}，{'至' if term.days else '即'}", bold(words.due(term)), "。")


def fee(body: Body, data: LetterData) -> None:
    if data.fee:
        body.section("费用", data.fee if data.fee.endswith("。") else f"{data.fee}。")


def rights(body: Body, data: LetterData) -> None:
    """The closing section of letters that decide nothing against the applicant."""
    asked = "扫码或者凭办件编号和查询码" if data.track_url else ""
    text = f"可{asked}随时查询进度，对服务作出评价"
    if data.complaint_phone:
        text += f"；认为本机关及工作人员有违规情形的，可拨打{data.complaint_phone}投诉"
    body.section(f"{you(data)}的权利", f"{text}。")


def contest(body: Body, data: LetterData) -> None:
    """The closing section of a decision: the remedy of the law, or for a public service the way to complain."""
    if data.item_kind != ItemKind.SERVICE and data.remedy is not None:
        body.section("救济途径", remedy(data.remedy, data))
        return
    text = f"对办理结果有疑问的，可向本机关咨询{f'（电话{data.phone}）' if data.phone else ''}"
    if data.complaint_phone:
        text += f"，也可拨打{data.complaint_phone}投诉"
    body.section("咨询和投诉", f"{text}。")


def remedy(remedy: Remedy, data: LetterData) -> str:
    """行政复议法 20, 行政诉讼法 46: day and month counts come from the policy pack."""
    start = "自收到本文书之日起"
    review = f"{start}{words.number(remedy.review_days)}日内依法向{remedy.review_organ}申请行政复议"
    if remedy.review_first:
        return (
            f"{you(data)}如不服本决定，应当先{review}；"
            f"对行政复议决定不服的，可以再依法向{remedy.court}提起行政诉讼。"
        )
    months = f"{words.number(remedy.court_months)}个月"
    return f"{you(data)}如不服本决定，可以{review}，也可以{start}{months}内依法向{remedy.court}提起行政诉讼。"
