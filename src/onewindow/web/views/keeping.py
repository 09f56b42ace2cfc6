"""保存期限: how long are names, telephones and words kept, how many are due, and who cleared them when?

The page of the administrator, and the notice for everybody (个人信息保护法 17); both from the same settings.
"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from onewindow.ground.clock import today
from onewindow.keeping import reads
from onewindow.keeping.terms import months
from onewindow.places.models import County
from onewindow.places.reads import pack_here
from onewindow.rules.grants import Grant
from onewindow.rules.keeping import KEPT, Kind
from onewindow.rules.pack import LOCAL_WORDS
from onewindow.web.clauses import Clause
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.proved import VisitorRequest


@require_GET
@staff_required(Grant.SETTINGS_CHANGE)
def keeping(request: StaffRequest) -> HttpResponse:
    """Each kind with its months, what is due, what is still needed, and the last clearing."""
    county = County.objects.get(pk=request.officer.county)
    context = {
        "lines": reads.overview(county, today()),
        "behind": reads.behind(county, today()),
        "clauses": _clauses(county),
        "local": LOCAL_WORDS,
    }
    return render(request, "manage/keeping.html", context)


@require_GET
def notice(request: VisitorRequest) -> HttpResponse:
    """个人信息处理告知: who keeps what, for what and how long, and how one reads, corrects or has it deleted."""
    county = request.county
    pack = pack_here(county)
    log = pack.rule("log.keep_months", today())
    context = {
        "kinds": [(KEPT[kind], months(county, kind, today())) for kind in Kind],
        "drafts": pack.setting("draft.keep_days").number,
        "log_months": log.value if log is not None else "",
        "clauses": _clauses(county),
        "local": LOCAL_WORDS,
    }
    return render(request, "public/privacy.html", context)


def _clauses(county: County) -> list[Clause]:
    """The words of the law."""
    pack = pack_here(county)
    rule = pack.rule("privacy.kept_shortest", today())
    cites = rule.cites if rule is not None else ()
    return [Clause(pack.sources[one.source].name, one.clause, one.quote, one.verified) for one in cites]
