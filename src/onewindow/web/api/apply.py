"""申请接口: a program hands an application in, and it becomes a case with its receipt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Literal
from uuid import uuid4

from django.http import Http404, HttpResponse
from django.urls import reverse
from ninja import Header, Router
from pydantic import BaseModel, ConfigDict, Field

from onewindow.cases.acts.receive import Found, receive
from onewindow.cases.models import Case
from onewindow.catalogue.models import ItemVersion, Material
from onewindow.catalogue.reads import open_versions
from onewindow.intake.acts import Paper, Told, take_in
from onewindow.people.acts.parties import PartyData, file_party, require_real
from onewindow.people.models import ApiToken, Officer, PaperKind, Party
from onewindow.people.reads import party_by_paper
from onewindow.rules.grants import Grant, NotAllowed, NotGranted
from onewindow.web.api import shapes
from onewindow.web.api.cases import stage_of
from onewindow.web.api.door import ApiRequest, Caller, Door
from onewindow.web.api.once import once
from onewindow.web.api.problems import Fault, Kind, Refusal
from onewindow.web.api.refusals import WITH_TOKEN, refusals
from onewindow.web.api.shapes import said

router = Router(tags=["申请"])
Key = Annotated[str | None, Header(alias="Idempotency-Key", description="同一个键和正文只办一次")]
CLOSED = ConfigDict(extra="forbid", str_strip_whitespace=True)


class ApplicantIn(BaseModel):
    """Who applies, by the paper that he showed; a file is opened for whoever has none."""

    model_config = CLOSED
    paper_kind: PaperKind
    paper_number: str = Field(min_length=1, max_length=40)
    name: str = Field(min_length=1, max_length=100)
    nation: str = Field("", max_length=3)
    phone: str = Field("", max_length=20)
    address: str = Field("", max_length=200)
    born: date | None = None
    legal_representative: str = Field("", max_length=60)


class MaterialIn(BaseModel):
    """One material of the item's list as it came in, and what was found."""

    model_config = CLOSED
    code: str = Field(min_length=1, max_length=20)
    original: bool = False
    copies: int = Field(1, ge=1, le=99)
    valid_until: date | None = None
    finding: Literal["fits", "missing", "wrong"] | None = None
    reason: str = Field("", max_length=300)


class ApplicationIn(BaseModel):
    """An application."""

    model_config = CLOSED
    item: str = Field(min_length=1, max_length=64, description="办事指南的编码")
    applicant: ApplicantIn
    form: dict[str, Any] = Field(description="申请表，按事项的 JSON Schema")
    materials: list[MaterialIn] = Field([], max_length=100)
    phone: str = Field("", max_length=20)
    delivery_way: Literal["counter", "courier", "download"] = "counter"
    delivery_address: str = Field("", max_length=200)
    e_service: bool = Field(False, description="申请人同意电子送达")


@router.post(
    "/applications",
    auth=Door("apply", ApiToken.Scope.APPLY, a_minute=600),
    response=refusals(shapes.Opened, 404, 409, 413, *WITH_TOKEN, status=201),
)
def apply(request: ApiRequest, told: ApplicationIn, idempotency_key: Key = None) -> HttpResponse:
    """提交申请: 窗口的令牌代表收件人员收件，马上有编号、查询码和收件凭证。"""
    return once(request, lambda: _open(request.auth, told))


def _open(caller: Caller, told: ApplicationIn) -> HttpResponse:
    clerk = caller.actor
    if not isinstance(clerk, Officer) or not clerk.may(Grant.INTAKE_RECEIVE):
        raise NotGranted("这个令牌的账号没有“收件”的权限，请联系管理员。")
    version = open_versions(caller.county.code, told.item).first()
    if version is None:
        raise Http404("没有这个事项，或者现在不能申请，请核对编码。")
    materials = _materials(version, told.materials)
    application = take_in(
        version,
        by=clerk,
        at=caller.at,
        once=uuid4(),
        applicant=_applicant(caller, clerk, told.applicant),
        window=clerk.window,
        form=told.form,
        papers=_papers(told.materials, materials),
        told=Told(
            phone=told.phone,
            delivery_way=told.delivery_way,
            delivery_address=told.delivery_address,
            e_service=told.e_service,
        ),
    )
    findings = {materials[m.code].pk: Found(m.finding, m.reason) for m in told.materials if m.finding}
    case = receive(application, by=clerk, at=caller.at, findings=findings, county=caller.county)
    return _opened(case, caller)


def _opened(case: Case, caller: Caller) -> HttpResponse:
    url = reverse("api-1:case", args=[case.number])
    answer = said(
        shapes.Opened(
            number=case.number,
            national_number=case.national_number,
            enquiry_code=case.enquiry_code,
            stage=stage_of(case, caller),
            received_at=case.received_at,
            due_on=case.due_on,
            provisional=case.provisional,
            url=url,
        ),
        status=201,
    )
    answer["Location"] = url
    return answer


def _applicant(caller: Caller, clerk: Officer, told: ApplicantIn) -> Party:
    """The file of this paper; one is opened for somebody who comes for the first time."""
    found = party_by_paper(told.paper_kind, told.paper_number, nation=told.nation, name=told.name)
    if found is not None and found.name == told.name:
        require_real(found, caller.county)
        return found
    data = PartyData(**told.model_dump())
    try:
        filed = file_party(data, by=clerk, at=caller.at)
        require_real(filed, caller.county)
    except NotAllowed as refusal:
        refusal.within = "applicant"  # type: ignore[attr-defined]
        raise
    return filed


def _materials(version: ItemVersion, told: Sequence[MaterialIn]) -> Mapping[str, Material]:
    """The materials of the list by their codes; nothing outside the list may be handed in (行政许可法 31)."""
    codes = [one.code for one in told]
    found = {m.code: m for m in Material.objects.filter(version=version, code__in=codes)} if codes else {}
    faults = [
        Fault(field=f"materials.{n}.code", message="不在本事项的材料清单里，不得收取。")
        for n, code in enumerate(codes)
        if code not in found
    ]
    faults += [
        Fault(field=f"materials.{n}.code", message="同一份材料写了两次。")
        for n, code in enumerate(codes)
        if code in codes[:n]
    ]
    if faults:
        raise Refusal(Kind.FAULTS, f"材料有 {len(faults)} 处需要改正。", faults)
    return found


def _papers(told: Sequence[MaterialIn], materials: Mapping[str, Material]) -> list[Paper]:
    return [
        Paper(materials[one.code], original=one.original, copies=one.copies, valid_until=one.valid_until)
        for one in told
        if one.finding != "missing"
    ]
