"""进度页上的费用: what has the applicant to pay, where, until when, and why does his case not wait for it?"""

from __future__ import annotations

from typing import Any

from onewindow.cases.reads.others import billed
from onewindow.cases.reads.whole import Whole
from onewindow.exchange.nontax.client import pay_page
from onewindow.rules.fees import bills, clock_goes_on


def card(found: Whole) -> dict[str, Any]:
    """The bills that hold, the open one first; nothing for a case without."""
    if not bills(found.now.seen):
        return {"billed": []}
    return {
        "billed": [one for one in billed(found) if not one.state.gone],
        "pays_online": bool(pay_page("0")),
        "clock_goes_on": clock_goes_on(found.case.version.kind),
    }
