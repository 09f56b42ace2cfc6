"""The office's part of a citizen's story, done by its acts on a running installation.

`python office.py new` takes a case in and prints its number and code, `late` one of 60 days ago that nobody decided;
`python office.py NUMBER STEP…` goes on.
"""

import sys
from datetime import datetime, timedelta
from uuid import uuid4

import django

django.setup()

from onewindow.cases.acts import accept, correct, decide, examine  # noqa: E402
from onewindow.cases.acts.receive import Found, judge, receive  # noqa: E402
from onewindow.cases.judged import look  # noqa: E402
from onewindow.cases.models import Case  # noqa: E402
from onewindow.catalogue.models import Item  # noqa: E402
from onewindow.config.practice import looked_at, visited  # noqa: E402
from onewindow.ground.clock import now  # noqa: E402
from onewindow.intake.acts import Paper, take_in  # noqa: E402
from onewindow.people.models import Officer, Party  # noqa: E402


def officer(username: str) -> Officer:
    found = Officer.objects.get(account__username=username)
    found.day = now().date()
    return found


def do(case: Case, step: str) -> None:
    if step == "correct":
        layout = case.version.materials.get(code="M02")
        why, zhangmin = "布局图没有标出洗手池，请标明后重新交一份。", officer("zhangmin")
        fits = {one.pk: Found("fits") for one in look(case).pending}
        judge(case, by=zhangmin, at=now(), findings={**fits, layout.pk: Found("wrong", why)})
        correct.ask_correction(case, by=zhangmin, at=now(), demands={layout.pk: why})
    elif step == "accept":
        fits = {one.pk: Found("fits") for one in look(case).pending}
        judge(case, by=officer("zhangmin"), at=now(), findings=fits)
        accept.accept(case, by=officer("zhangmin"), at=now())
    elif step == "ask":
        examine.ask_explanation(case, by=officer("zhangmin"), at=now(), text="哪个水池是洗菜用的？")
    elif step == "grant":
        looked = {
            "points": looked_at(case.version),
            "check": visited(case.version, officer("shichang-hc"), now().date()),
        }
        examine.review(case, by=officer("zhangmin"), at=now(), favourable=True, text="建议准予。", **looked)
        decide.grant(case, by=officer("chenju"), at=now(), text="准予许可。")


def new(at: datetime) -> Case:
    """王芳 brings her papers to window 3."""
    version = Item.objects.get(name="食品经营许可（新办）").current
    form = {
        "business_type": "餐饮服务经营者",
        "projects": ["热食类食品制售"],
        "online_sale": False,
        "premises": "测试路 60 号",
        "area": 46,
        "safety_officer": "王芳",
        "safety_officer_phone": "10095715339",
        "staff": 3,
    }
    clerk = officer("liwei")
    papers = [Paper(version.materials.get(code=code)) for code in ("M01", "M02", "M03")]
    told = {"form": form, "papers": papers, "applicant": Party.objects.get(account__username="wangfang")}
    return receive(
        take_in(version, by=clerk, at=at, once=uuid4(), window=clerk.window, **told), by=clerk, at=at
    )


def late() -> Case:
    """Accepted two months ago; the next tick finds it far beyond its days."""
    then = now() - timedelta(days=60)
    case = new(then)
    fits = {one.pk: Found("fits") for one in look(case).pending}
    judge(case, by=officer("zhangmin"), at=then, findings=fits)
    return accept.accept(case, by=officer("zhangmin"), at=then)


if sys.argv[1] in ("new", "late"):
    made = late() if sys.argv[1] == "late" else new(now())
    print(made.number, made.enquiry_code)  # noqa: T201
for step in sys.argv[2:]:
    do(Case.objects.get(number=sys.argv[1]), step)
