"""起草: how does a person write the next version of an item, or a new item?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from onewindow.catalogue import acts, base, reads, ready
from onewindow.catalogue.gate import Gap
from onewindow.catalogue.models import Item
from onewindow.catalogue.text import VersionText, of_version
from onewindow.ground.clock import now, today
from onewindow.places.models import Department
from onewindow.places.reads import open_departments
from onewindow.rules import codes
from onewindow.rules.grants import Grant, NotAllowed
from onewindow.web.asking import AskingForm, posted, tell
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.views.catalogue.asked import item_of
from onewindow.web.views.catalogue.draft_forms import ROWS, MainForm, row_sets
from onewindow.web.views.catalogue.draft_kinds import NAMED, WholeForm, nothing
from onewindow.web.views.catalogue.draft_parts import parts
from onewindow.web.views.catalogue.draft_questions import faults
from onewindow.web.views.catalogue.draft_text import filled, keys_of, main_of, rows_of, text_of


class NewForm(AskingForm):
    """What a new item needs before anything is written: its office and its code."""

    department = forms.ModelChoiceField(
        label="办理部门", queryset=Department.objects.none(), empty_label="请选择"
    )
    base_code = forms.RegexField(
        r"^\d{12}$",
        label="基本编码",
        help_text="国家或者省目录里的 12 位编码",
        error_messages={"invalid": "基本编码是 12 位数字，请核对。"},
    )
    seq = forms.IntegerField(label="业务办理项顺序号", min_value=1, max_value=99, initial=1)
    name = forms.CharField(label="事项名称", max_length=300)


@require_http_methods(["GET", "POST"])
@staff_required(Grant.CATALOGUE_DRAFT)
def new(request: StaffRequest) -> HttpResponse:
    """A new item: its codes are built and checked, then its first version is written."""
    form = NewForm(posted(request))
    offices = open_departments(request.officer.county)
    if not any(post.scope != "department" for post in request.officer.posts):
        offices = offices.filter(pk__in=request.officer.department_ids)
    form.fields["department"].queryset = offices  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        try:
            item = _begun(request, form.cleaned_data)
        except NotAllowed as refusal:
            tell(form, refusal)
        else:
            return redirect("catalogue_draft", item.pk)
    said = {
        "title": "新建事项",
        "lead": "实施编码由部门的统一社会信用代码、行使层级和基本编码组成，自动生成。",
        "main": "开始起草",
    }
    return render(request, "manage/form.html", {"form": form, "back": "/catalogue/", **said})


@require_http_methods(["GET", "POST"])
@staff_required(Grant.CATALOGUE_DRAFT)
def draft(request: StaffRequest, pk: int) -> HttpResponse:
    """The page on which a version is written; saved as often as one likes until somebody reviewed it."""
    item = item_of(request.officer, pk)
    before, laid_down = _before(item), _laid_down(item)
    if before is not None and laid_down is not None:
        before = base.with_basis(before, laid_down)
    initial = main_of(before) if before else {"name": item.name, "kind": item.kind}
    if request.method == "POST":
        form, sets = _bound_by(WholeForm(request.POST, initial=initial), laid_down), row_sets(request.POST)
        if _fits(form, sets) and _saved(request, item, form, sets, before):
            messages.success(request, "草稿已经保存。审核通过并发布以后才公开。")
            return redirect("catalogue_draft", item.pk)
    else:
        form = _bound_by(WholeForm(initial=initial), laid_down)
        sets = row_sets(initial=rows_of(before) if before else None)
    context = {
        "item": item,
        "form": form,
        "parts": parts(form),
        "sets": [(key, title, sets[key]) for key, (title, _) in ROWS.items()],
        "gaps": _gaps(item) if before and not form.is_bound else [],
        "base": laid_down,
        "same": base.SAME,
        "bounds": base.BOUNDS,
        "own": base.OWN,
    }
    return render(request, "catalogue/draft.html", context)


def _laid_down(item: Item) -> base.BaseText | None:
    """What the base catalogue says of the item today."""
    version = ready.base_of(item.county, item.base_code)
    return ready.base_text(version, item.base_code) if version is not None else None


def _bound_by(form: MainForm, laid_down: base.BaseText | None) -> MainForm:
    """What is taken over from the base catalogue is shown and cannot be changed here."""
    if laid_down is None:
        return form
    form.initial["kind"], form.fields["kind"].disabled = laid_down.kind, True
    form.fields["name"].help_text = f"用基本目录的名称“{laid_down.name}”，情形可以写在后面"
    form.fields["grounds"].help_text = "基本目录的依据已经列入，不能少；可以加地方依据，几个之间用逗号"
    if laid_down.legal_days is not None:
        for name in ("legal_days", "legal_unit"):
            form.initial[name], form.fields[name].disabled = getattr(laid_down, name), True
        form.fields["legal_days"].help_text = "基本目录规定，这里不能改"
        form.fields["promised_days"].help_text = f"不能长于 {laid_down.limit}"
    return form


def _gaps(item: Item) -> list[Gap]:
    newest = reads.whole_versions().filter(item=item).order_by("-number").first()
    return ready.gaps(newest) if newest is not None else []


def _begun(request: StaffRequest, told: dict[str, Any]) -> Item:
    office: Department = told["department"]
    try:
        code = codes.build_item(office.uscc, office.level, told["base_code"], told["seq"])
    except ValueError as wrong:
        raise NotAllowed(f"编码不能生成：{wrong} 请改正后再试。") from wrong
    if Item.objects.filter(county=office.county, handle_code=code.handle).exists():
        raise NotAllowed(f"编码 {code.handle} 已经有事项使用，请换一个顺序号。")
    kind = codes.kind_of(code.base) or "其他行政权力"
    item = Item(
        county=office.county,
        department=office,
        base_code=code.base,
        task_code=code.task,
        handle_code=code.handle,
    )
    empty = text_of(*_empty(told["name"], kind), before=None, county=request.county.name)  # type: ignore[attr-defined]
    return acts.draft(item, empty, by=request.officer, on=today(), at=now()).item


def _empty(name: str, kind: str) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
    main: dict[str, Any] = {**dict.fromkeys(MainForm.base_fields, ""), **nothing()}
    main |= {
        "name": name,
        "kind": kind,
        "audience": [],
        "online": 0,
        "visits": 0,
        "immediate": False,
        "charged": False,
    }
    main |= {"legal_days": None, "promised_days": None, "legal_unit": "working", "promised_unit": "working"}
    return main, {key: [] for key in ROWS}


def _before(item: Item) -> VersionText | None:
    """What the page begins with: the newest version, whatever its state."""
    newest = reads.whole_versions().filter(item=item).order_by("-number").first()
    return of_version(newest) if newest is not None else None


def _fits(form: MainForm, sets: dict[str, Any]) -> bool:
    """Whether every field is sound, and every key of a basis that is named exists."""
    sound = [form.is_valid(), *(rows.is_valid() for rows in sets.values())]
    if not all(sound):
        return False
    rows = filled(sets)
    known = {one["key"] for one in rows["basis"]}
    main = form.cleaned_data
    named = {
        name: main[name]
        for name in ("grounds", "legal_basis", "fee_basis", "limited_basis", "risk_basis", *NAMED)
    }
    for name, text in named.items():
        if lost := [key for key in keys_of(text) if key not in known]:
            form.add_error(name, f"“依据”里没有代号 {'、'.join(lost)}，请先在依据里加上。")
    for title, key in (
        ("受理条件", "conditions"),
        ("申请材料", "materials"),
        ("特别程序", "special"),
        ("收费项目", "charges"),
        ("秒批规则", "instant"),
    ):
        lost = sorted({k for one in rows[key] for k in keys_of(one["basis"]) if k not in known})
        if lost:
            form.add_error(
                None,
                f"{title}里引用的依据代号 {'、'.join(lost)} 不在“依据”里，请先加上这条依据，或者改代号。",
            )
    for fault in faults(rows):
        form.add_error(None, fault)
    return form.is_valid()


def _saved(request: StaffRequest, item: Item, form: MainForm, sets: Any, before: VersionText | None) -> bool:
    text = text_of(form.cleaned_data, filled(sets), before, request.county.name)  # type: ignore[attr-defined]
    try:
        version = acts.draft(item, text, by=request.officer, on=today(), at=now())
    except NotAllowed as refusal:
        tell(form, refusal)
        return False
    messages.success(request, f"第 {version.number} 版草稿已保存。")
    return True
