"""承诺文书各自要说的: what do the letters of 容缺受理 and 告知承诺 add to what all letters say?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from onewindow.cases.judged import put_right
from onewindow.cases.models import Deferral, Promise, Revocation, Signing, Verdict
from onewindow.catalogue.models import Material
from onewindow.catalogue.promised import offer
from onewindow.ground.clock import SHANGHAI
from onewindow.letters import words
from onewindow.letters.compose import Matter
from onewindow.letters.data import Paper
from onewindow.rules import promises

More = dict[str, Any]
_WAYS = ("凭办件编号和查询码在网上补交", "交到办事大厅综合窗口", "邮寄到办事大厅")
_MISSED = {
    "withdrawn": "视为撤回申请，本件终止办理，可以重新申请",
    "refused": "本件停止办理，由本机关依法作出不予的决定",
}
_SIGNED = {
    Signing.SCREEN: "申请人在窗口签名屏上签字",
    Signing.PAPER: "申请人在纸质承诺书上签字，原件存档",
    Signing.ONLINE: "申请人登录本人账号在网上确认",
}


def deferral(matter: Matter, came: tuple[Paper, ...]) -> More:
    row = Deferral.objects.get(pk=matter.fact.deferral)
    return {
        "papers": came,
        "owed": _following(matter.fact.materials),
        "term": matter.term(promises.TERM, "承诺"),
        "ways": _WAYS,
        "outcome": f"{_consequence(matter)}；并记入失信记录，修复以前不适用容缺受理和告知承诺。",
        "signed": _signed(row),
    }


def accepted(matter: Matter) -> More:
    """What an acceptance owes to a promise; nothing in most lives."""
    told, given = promises.deferral(matter.facts), promises.live(matter.facts)
    more: More = {}
    if told is not None:
        more = {"following": _following(told.owed), "supply_term": matter.term(promises.TERM, "承诺")}
    if given is not None:
        more["by_promise"] = "申请人自愿选择按告知承诺办理，已签告知承诺书"
    return more


def supply_received(matter: Matter) -> More:
    rows = matter.case.application.submitted.filter(
        material__in=matter.fact.materials, added_at=matter.entry.at
    )
    names = rows.select_related("material").order_by("material__order").distinct()
    seen = dict.fromkeys(row.material.name for row in names)
    return {"papers": tuple(Paper(name=name) for name in seen), "owed": _following(matter.fact.left)}


def supply_returned(matter: Matter) -> More:
    verdicts = Verdict.objects.filter(case=matter.case, at__lte=matter.entry.at).order_by("pk")
    why = {verdict.material_id: verdict.reason for verdict in verdicts}
    rows = Material.objects.filter(pk__in=matter.fact.materials).order_by("order")
    return {
        "owed": tuple(Paper(name=row.name, problem=why.get(row.pk, "")) for row in rows),
        "term": matter.term(promises.TERM, "告知"),
        "ways": _WAYS,
        "outcome": f"{_consequence(matter)}。",
    }


def deferral_missed(matter: Matter) -> More:
    told = promises.deferral(matter.facts)
    row = Deferral.objects.get(pk=matter.fact.deferral)
    gone = matter.fact.name == "DeemedWithdrawn"
    return {
        "owed": _following(told.owed if told else ()),
        "until": row.due_on,
        "outcome": f"{_MISSED['withdrawn' if gone else 'refused']}。",
    }


def promise(matter: Matter) -> More:
    row, told = Promise.objects.get(pk=matter.fact.promise), offer(matter.case.version)
    assert told is not None  # nobody signs what the version does not offer
    days = told.check_days or matter.pack.setting("commitment.check_days").number
    names = (
        Material.objects.filter(pk__in=matter.fact.materials).order_by("order").values_list("name", flat=True)
    )
    return {
        "promised": told.promised,
        "demands": told.demands,
        "liability": told.liability,
        "check": f"作出决定后{days}个工作日内核查。{told.check}",
        "spared": tuple(names),
        "signed": _signed(row),
    }


def mend_order(matter: Matter) -> More:
    row = Promise.objects.get(pk=matter.fact.promise)
    return {"reasons": (row.found,), "demands": (row.demand,), "until": matter.fact.mend_by}


def revocation(matter: Matter) -> More:
    row = Revocation.objects.get(pk=matter.fact.revocation)
    return {
        "reasons": (row.grounds,),
        "outcome": row.basis,
        "until": row.reply_by,
        "heard_on": row.heard_at.astimezone(SHANGHAI).date() if row.heard_at else None,
        "consequence": "" if row.promise_id else _GOT_BY_FRAUD,
    }


_GOT_BY_FRAUD = (
    "基于这项许可取得的利益不受保护（《中华人民共和国行政许可法》第六十九条第四款）。"
    "许可属于直接关系公共安全、人身健康、生命财产安全事项的，三年内不得再次申请（同法第七十九条）。"
)


def _following(pks: Iterable[int]) -> tuple[Paper, ...]:
    """Papers that are still to come, each with how it is handed in."""
    rows = Material.objects.filter(pk__in=tuple(pks)).order_by("order")
    return tuple(Paper(name=row.name, how=put_right(row, Verdict.Finding.MISSING)) for row in rows)


def _consequence(matter: Matter) -> str:
    missed = str(matter.pack.setting("rongque.missed").value)
    return f"到期没有补齐的，{_MISSED[missed]}{words.LOCAL}"


def _signed(row: Deferral | Promise) -> str:
    return f"{words.day(row.signed_at.astimezone(SHANGHAI).date())}，{_SIGNED[Signing(row.how)]}"


TOLD: dict[str, Callable[[Matter], More]] = {
    "supply_received": supply_received,
    "supply_returned": supply_returned,
    "deferral_missed": deferral_missed,
    "promise": promise,
    "mend_order": mend_order,
    "revocation_notice": revocation,
    "revoked": revocation,
}
