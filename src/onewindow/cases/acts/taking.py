"""领取人: may whoever stands at the counter take a result or an original away?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onewindow.cases.models import Case
from onewindow.ground.fields import lookup
from onewindow.ground.models import StoredFile
from onewindow.people.models import PaperKind, Party
from onewindow.places.reads import here
from onewindow.rules import identity
from onewindow.rules.grants import NotAllowed

SELF, AGENT, GUARDIAN, HEAD, CLERK = "本人", "代理人", "监护人", "法定代表人", "单位经办人"
MANDATE_SEEN = "已核对授权委托书或者介绍信"  # the box on the screen; sentences name it in the same words


@dataclass(frozen=True)
class Taker:
    """Who stood at the counter: the paper that he showed, and in what relation to the applicant.

    `mandate`: the clerk has seen the authorisation (授权委托书、介绍信) of somebody who is not on file for the case.
    """

    name: str
    paper_kind: str
    paper: str
    relation: str = SELF
    signature: StoredFile | None = None
    signed: bool = False
    mandate: bool = False


def check_taker(case: Case, taker: Taker, today: date) -> None:
    """The paper shown is a sound one and his for whom he says he comes; and he has signed."""
    if not taker.name.strip() or not taker.paper.strip():
        raise NotAllowed("请登记领取人的姓名和出示的证件号码。")
    if taker.relation not in _MAY_TAKE:
        raise NotAllowed(f"与申请人的关系请从{'、'.join(_MAY_TAKE)}里选一项。")
    if taker.paper_kind not in PaperKind.values:
        raise NotAllowed("请选择领取人出示的是哪种证件。")
    if fault := identity.paper_fault(taker.paper_kind, taker.paper, today):
        raise NotAllowed(f"领取人的证件号码不对：{fault}")
    if identity.is_demo(taker.paper_kind, taker.paper) and not here().demo:
        raise NotAllowed("领取人的证件号码是演示用的（地区码 99），不能登记。请核对领取人出示的证件原件。")
    _MAY_TAKE[taker.relation](case, taker)
    if not taker.signed and taker.signature is None:
        raise NotAllowed("请领取人签收后再登记。")


def _self(case: Case, taker: Taker) -> None:
    if case.applicant.kind != Party.Kind.PERSON:
        raise NotAllowed("申请人是单位，没有“本人”。请选“法定代表人”“单位经办人”或“代理人”，登记来领取的人。")
    if case.applicant.died_on is not None:
        raise NotAllowed(
            "申请人已经登记去世，不能由“本人”领取。请核对来人的证件和委托书或者继承的证明，选别的关系。"
        )
    if not _is(taker, case.applicant):
        raise NotAllowed(
            f"出示的证件和申请人不是同一个人（申请人的证件是 {case.applicant.paper_masked}）。"
            "请核对证件；别人来领的，请选“代理人”或“监护人”。"
        )


def _guardian(case: Case, taker: Taker) -> None:
    guardian = case.applicant.guardian
    if guardian is None:
        raise NotAllowed("申请人的档案里没有登记监护人。请先核对证明、登记监护关系，再办领取。")
    if guardian.died_on is not None:
        raise NotAllowed("档案里的监护人已经登记去世。请先核对证明、登记新的监护人，再办领取。")
    if not _is(taker, guardian):
        raise NotAllowed("出示的证件不是档案里登记的监护人的。请核对证件，或者先更正监护关系。")


def _agent(case: Case, taker: Taker) -> None:
    _not_himself(case, taker)
    agent = case.application.agent
    if not taker.mandate and (agent is None or not _is(taker, agent)):
        raise NotAllowed(
            f"来领取的不是申请时登记的代理人。请核对申请人出具的授权委托书，勾选“{MANDATE_SEEN}”后再登记。"
        )


def _head(case: Case, taker: Taker) -> None:
    """The legal representative of a firm, who needs no authorisation and is recorded as what he is."""
    if case.applicant.kind == Party.Kind.PERSON:
        raise NotAllowed("申请人是个人，没有“法定代表人”。请选“本人”“代理人”或“监护人”。")
    head = case.applicant.representative
    if head is None:
        raise NotAllowed(
            "单位的档案里没有登记法定代表人。请先核对执照、登记法定代表人；"
            f"或者选“单位经办人”，核对单位的介绍信后勾选“{MANDATE_SEEN}”。"
        )
    if not _is(taker, head):
        raise NotAllowed(
            "出示的证件不是档案里登记的法定代表人的。请核对证件；"
            f"单位派别人来的，请选“单位经办人”，核对介绍信后勾选“{MANDATE_SEEN}”。"
        )


def _clerk(case: Case, taker: Taker) -> None:
    if case.applicant.kind == Party.Kind.PERSON:
        raise NotAllowed("申请人是个人，没有“单位经办人”。请选“本人”“代理人”或“监护人”。")
    head, agent = case.applicant.representative, case.application.agent
    if head is not None and _is(taker, head):
        raise NotAllowed("来领取的是法定代表人本人，与申请人的关系请选“法定代表人”。")
    if not taker.mandate and (agent is None or not _is(taker, agent)):
        raise NotAllowed(
            "来领取的不是申请时登记的代理人。"
            f"请核对单位的介绍信或者授权委托书，勾选“{MANDATE_SEEN}”后再登记。"
        )


def _not_himself(case: Case, taker: Taker) -> None:
    if _is(taker, case.applicant):
        raise NotAllowed(
            "出示的是申请人自己的证件。申请人自己来领的，请选“本人”；别人来领的，请登记来人的证件。"
        )


def _is(taker: Taker, party: Party) -> bool:
    """Whether the paper shown is the one on this file."""
    key = identity.paper_key(taker.paper_kind, taker.paper, nation=party.nation, name=party.name)
    return bytes(party.paper_hash) == lookup(key)


_MAY_TAKE = {SELF: _self, AGENT: _agent, GUARDIAN: _guardian, HEAD: _head, CLERK: _clerk}
RELATIONS = tuple(_MAY_TAKE)
