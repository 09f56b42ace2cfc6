"""个人信息副本 (个人信息保护法 45): everything that this installation keeps about one person, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from onewindow.cases.models import Case
from onewindow.cases.reads import told
from onewindow.feedback.models import Rating
from onewindow.hall.models import Ticket
from onewindow.intake import form as item_form
from onewindow.intake.models import Application, Submitted
from onewindow.journal.models import Access, Entry
from onewindow.letters.models import Letter
from onewindow.letters.reads import place_words
from onewindow.letters.voided import with_void
from onewindow.notices.models import Message
from onewindow.people.models import Party
from onewindow.people.reads import ACCESS_WORDS
from onewindow.rules.facts import TERMS_ZH

MOST = 2000


@dataclass(frozen=True)
class Kind:
    """One sort of what is kept: what, for what, for how long."""

    name: str
    count: int
    why: str
    until: str


def kinds(party: Party, county: str, logs: str, drafts: str) -> list[Kind]:
    """What is kept of this person, in one line each; `logs` and `drafts` say how long, with what that rests on."""
    law = "按档案法和行政许可法，随案卷保存"
    return [
        Kind("姓名、证件、联系方式", 1, "认出您是谁、把结果给您", "有账号或者有办件期间"),
        Kind("没有提交的草稿", _drafts(party, county), "让您接着填", drafts),
        Kind("提交过的申请和材料", _sealed(party, county), "办理、复查、复议和诉讼的依据", law),
        Kind("办件记录和文书", Case.objects.filter(applicant=party, county=county).count(), "同上", law),
        Kind("您的评价", ratings(party, county).count(), "改进服务", "随案卷保存"),
        Kind("给您的消息", Message.objects.filter(party=party).count(), "告诉您进度", "您删除之前"),
        Kind(
            "谁看过您的信息、您何时登录",
            _accesses(party, county).count(),
            "防止有人乱看",
            logs,
        ),
    ]


def whole(party: Party, county: str, at: datetime) -> dict[str, Any]:
    """The copy itself, in plain words and values."""
    return {
        "说明": "个人信息保护法第四十五条规定的副本。办件的内部审查意见不是您的个人信息，不在其中。",
        "生成时间": at.isoformat(),
        "本人": _person(party),
        "我替谁办": [_person(one) for one in Party.objects.filter(pk__in=party.speaks_for - {party.pk})],
        "申请": [_application(one) for one in _applications(party, county)],
        "办件": [_case(one) for one in Case.objects.filter(applicant=party, county=county)[:MOST]],
        "评价": [
            {
                "编号": one.case_number,
                "事项": one.item_name,
                "满意度": one.get_grade_display(),
                "文字": one.text,
                "时间": _at(one.given_at),
            }
            for one in ratings(party, county)[:MOST]
        ],
        "消息": [
            {"时间": _at(one.created_at), "标题": one.title, "内容": one.text}
            for one in Message.objects.filter(party=party)[:MOST]
        ],
        "访问记录": [
            {
                "时间": _at(one.at),
                "谁": "本人" if one.by == party.actor_code else "别人",
                "做了什么": ACCESS_WORDS.get(one.what, one.what),
                "理由": one.reason,
            }
            for one in _accesses(party, county).order_by("-id")[:MOST]
        ],
    }


def _accesses(party: Party, county: str) -> QuerySet[Access]:
    """Who looked at what is his, and what he did himself: both are told on his page."""
    of_his = Q(about=party.actor_code) | Q(by=party.actor_code)
    return Access.objects.filter(of_his, county=county)


def _person(party: Party) -> dict[str, Any]:
    account = party.account
    return {
        "名称": party.name,
        "证件": party.get_paper_kind_display(),
        "证件号码": party.paper_number,
        "出生日期": party.born.isoformat() if party.born else "",
        "性别": party.sex,
        "电话": party.phone,
        "地址": party.address,
        "用户名": account.username if account else "",
        "电子邮箱": account.email if account else "",
        "同意电子送达": _at(party.e_service_agreed_at),
    }


def _applications(party: Party, county: str) -> list[Application]:
    rows = Application.objects.filter(applicant=party, county=county).select_related("version")
    return list(rows.order_by("pk")[:MOST])


def _application(one: Application) -> dict[str, Any]:
    values = one.form or item_form.typed(one.version.form, one.draft)
    papers = Submitted.objects.filter(application=one).select_related("material", "file")
    return {
        "事项": one.version.name,
        "开始": _at(one.begun_at),
        "提交": _at(one.sealed_at),
        "电话": one.phone,
        "送达": told.WAYS.get(one.delivery_way, one.delivery_way),
        "邮寄地址": one.delivery_address,
        "填写的信息": dict(item_form.labels(one.version.form, values)),
        "材料": [
            {
                "名称": paper.material.name,
                "方式": paper.get_how_display(),
                "文件": paper.file.name if paper.file else "",
                "时间": _at(paper.added_at),
            }
            for paper in papers
        ],
    }


def _letter(letter: Letter) -> dict[str, str]:
    told = {"名称": letter.title, "文号": letter.number, "验真码": letter.code}
    place = place_words(letter)
    return {**told, "说明": place} if place else told


def _happened(entry: Entry) -> dict[str, str]:
    happened = {"时间": _at(entry.at), "事情": TERMS_ZH[entry.fact]}
    return {**happened, "说明": "已作废"} if hasattr(entry, "struck") else happened


def _case(one: Case) -> dict[str, Any]:
    facts = Entry.objects.filter(subject=one.subject_id).exclude(fact__in=told.INNER)
    facts = facts.select_related("struck").order_by("place")
    beside = with_void(Letter.objects.select_related("replaces", "replaced_by"))
    letters = beside.filter(subject=one.subject_id).order_by("pk")
    return {
        "编号": one.number,
        "查询码": one.enquiry_code,
        "事项": one.item_name,
        "现在": told.stage_words(one.stage),
        "经过": [_happened(entry) for entry in facts],
        "文书": [_letter(letter) for letter in letters],
    }


def ratings(party: Party, county: str) -> QuerySet[Rating]:
    """Of his cases, and of services at a window while it is known whose number it was; found from his side."""
    cases = Case.objects.filter(applicant=party).values("subject")
    numbers = Ticket.objects.filter(visit__party=party).values("subject")
    return Rating.objects.filter(county=county, subject__in=cases.union(numbers))


def _drafts(party: Party, county: str) -> int:
    return Application.objects.filter(applicant=party, county=county, sealed_at__isnull=True).count()


def _sealed(party: Party, county: str) -> int:
    return Application.objects.filter(applicant=party, county=county, sealed_at__isnull=False).count()


def _at(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
