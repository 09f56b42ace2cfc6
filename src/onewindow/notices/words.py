"""通知的话: in which words is a fact of a case told to its applicant, on the screen and in a text message?"""

from __future__ import annotations

from dataclasses import dataclass

from onewindow.cases.reads import told, told_promise
from onewindow.cases.reads.progress import Progress, progress_of
from onewindow.ground.clock import SHANGHAI
from onewindow.journal.models import Entry
from onewindow.places.models import County
from onewindow.rules.identity import rings

# What a telephone on the table may not give away: reasons stand in the letter.
_DISCREET = {
    "Refused": "理由和救济途径写在决定书里。",
    "NotOurs": "应当找哪个机关，写在告知书里。",
    "NotNeeded": "理由写在告知书里。",
    "Denied": "理由和救济途径写在决定书里。",
    "DeniedAbove": "理由和救济途径写在决定书里。",
    **told_promise.DISCREET,
}
# What the applicant himself just did is shown in his space and not sent to his telephone.
_HIS_OWN = frozenset(
    {
        "Explained",
        "CorrectedOnSpot",
        "CorrectionReceived",
        "PapersSupplied",
        "PromiseSigned",
        "PromiseTakenBack",
    }
)
# The work inside of the office that moves nothing for him, and his own rating, for which the page has thanked him.
_QUIET = frozenset({"Reviewed", "Rated", "JudgedAtOnce", "FilingChecked"})


@dataclass(frozen=True)
class Words:
    """A title, the text in his space, and the text message; empty when nothing is sent."""

    title: str
    text: str
    sms: str


# What is said when a window proved or ended that somebody acts for a party: to him, and to the party.
_RELATION = {
    ("RelationProved", "speaker"): (
        "替{name}办事的登记已核实",
        "窗口已核对证件，您以后可以替{name}申请、查看全部办件和接收消息。不是您本人办的，请马上到窗口说明。",
    ),
    ("RelationProved", "party"): (
        "窗口登记了监护人或负责人",
        "窗口已核对证件，登记了可以替{name}办事的监护人或者负责人。登记不对的，请带证件到窗口更正。",
    ),
    ("RelationEnded", "speaker"): (
        "替{name}办事的登记已终止",
        "窗口核对证件时发现与登记不符，您不能再替{name}办事；已经提交的申请照常办理。有异议的，请带证件到窗口说明。",
    ),
    ("RelationEnded", "party"): (
        "一项替{name}办事的登记已终止",
        "有人登记说可以替{name}办事，窗口核对证件时发现不符，已经终止。他交过的申请不是{name}的意思的，请到窗口撤回。",
    ),
}


def relation_words(fact: str, side: str, name: str, county: County) -> Words:
    """The words for one side of a relation that was proved or ended."""
    title, text = (said.format(name=name) for said in _RELATION[fact, side])
    return Words(title[:100], text, f"【{county.name}政务服务】{title}。{text}")


def password_words(entry: Entry, county: County) -> Words:
    """That a window set the password of his account anew, and what to do when it was not he who asked for it."""
    at = entry.at.astimezone(SHANGHAI)
    title = "窗口重设了您的登录密码"
    ask = f"，或者拨打 {county.phone}" if rings(county.phone) else ""
    text = (
        f"{at.month} 月 {at.day} 日 {at.hour}:{at.minute:02}，窗口核对证件后给您的网上账号设了新密码，原来的密码不能再用。"
        f"不是您本人去办的，请马上带证件到窗口说明{ask}。"
    )
    return Words(title, text, f"【{county.name}政务服务】{title}。{text}")


def words(entry: Entry, county: County) -> Words | None:
    """The words for one fact; None for the office's own work."""
    if entry.fact not in told.TITLES or entry.fact in _QUIET:
        return None
    found = progress_of(entry.subject_id, county)
    step = next((one for one in told.steps(found) if one.entry == entry.pk), None)
    if step is None:
        return None
    return Words(step.title, step.text, "" if entry.fact in _HIS_OWN else _sms(entry, found, step, county))


def _sms(entry: Entry, found: Progress, step: told.Step, county: County) -> str:
    case = found.case
    said = _DISCREET.get(entry.fact, step.text)
    said += "" if not said or said.endswith("。") else "。"
    ends = f"编号 {case.number}"
    if entry.fact == "Received":
        ends += f"，查询码 {case.enquiry_code}"
    return f"【{county.name}政务服务】{case.item_name}：{step.title}。{said}{ends}。"
