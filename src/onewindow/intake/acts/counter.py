"""窗口收件: the clerk begins an application, keeps what is typed, and takes it in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from onewindow.catalogue.models import ItemVersion
from onewindow.ground.fresh import fresh
from onewindow.ground.models import StoredFile
from onewindow.ground.prepared import put
from onewindow.ground.whole import one
from onewindow.intake.acts.online import give_back, moved
from onewindow.intake.acts.papers import (
    NOTHING_TOLD,
    SCAN,
    Paper,
    Told,
    add_papers,
    check_reuse,
    forget_scans,
    open_for_application,
    refuse_applicant,
    refuse_faults,
)
from onewindow.intake.known import filled
from onewindow.intake.models import ONLINE, Application, Channel
from onewindow.intake.situation import PREFIX
from onewindow.journal.write import log_access
from onewindow.people.acts import refuse_dead
from onewindow.people.bars import refuse_barred
from onewindow.people.models import Officer, Party
from onewindow.places.models import Window
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs
from onewindow.rules.kinds_of_case import Mode

TAKEN_UP = "申请人在窗口，同意打开他在网上没交的申请接着办"


@needs(Grant.INTAKE_RECEIVE)
@transaction.atomic
def begin(
    version: ItemVersion,
    *,
    by: Officer,
    at: datetime,
    once: UUID,
    applicant: Party,
    window: Window | None,
    agent: Party | None = None,
    visit: int | None = None,
    at_home: bool = False,
) -> Application:
    """Open an application at the counter: a draft that keeps what is typed until it is sealed.

    `visit`: the stay of the person whose number was called at this window; `at_home`: the clerk is at his (上门).
    """
    open_for_application(version)
    refuse_dead(applicant)
    refuse_barred(applicant, version.item.subject_id, at.date())
    application, _ = Application.objects.get_or_create(
        county=version.county,
        once=once,
        defaults={
            **_head(version, applicant, window, by),
            "agent": agent,
            "visit_id": visit,
            "channel": Channel.VISIT if at_home else Channel.COUNTER,
            "phone": applicant.phone,
            "draft": filled(version.form, applicant, at.date()),
            "begun_at": at,
            "saved_at": at,
        },
    )
    return application


@needs(Grant.INTAKE_RECEIVE)
@transaction.atomic
def take_up(
    application: Application, *, by: Officer, at: datetime, window: Window | None, origin: str = ""
) -> list[str]:
    """接着办: the applicant stands here and wants his unsent online draft finished with him.

    The only way for an officer into a draft that was not handed in; it is written into the access log. Answers the
    names of papers that the current guide no longer asks for in this form.
    """
    beside = ("version__item__current", "applicant")
    rows = Application.objects.select_for_update(of=("self",)).select_related(*beside)
    mine = rows.filter(pk=application.pk, sealed_at__isnull=True, channel__in=ONLINE).first()
    if mine is None:
        raise NotAllowed("这份申请已经交上、删掉，或者有窗口在接着办。请刷新后再看。")
    refuse_dead(mine.applicant)
    dropped = moved(mine, at)
    open_for_application(mine.version)
    refuse_barred(mine.applicant, mine.version.item.subject_id, at.date())
    mine.begun_as, mine.channel = mine.channel, Channel.COUNTER
    mine.taken_by, mine.window, mine.saved_at = by, window, at
    mine.save(update_fields=["begun_as", "channel", "taken_by", "window", "saved_at"])
    about = f"party:{mine.applicant_id}"
    log_access(mine.county, by=by, at=at, what="read", about=about, reason=TAKEN_UP, origin=origin)
    return dropped


@needs(Grant.INTAKE_RECEIVE)
@transaction.atomic
def keep(application: Application, *, by: Officer, at: datetime, typed: Mapping[str, Sequence[str]]) -> bool:
    """暂存: keep the page as it was typed; answers whether it was still the clerk's own draft."""
    own = _own_draft(application, by)
    if own is None:
        return False
    page = {name: list(texts) for name, texts in typed.items() if not name.startswith((SCAN, PREFIX))}
    _redraw(application, own, {**page, **scans_of(own)}, at)
    return True


@needs(Grant.INTAKE_RECEIVE)
@transaction.atomic
def scan(application: Application, *, by: Officer, at: datetime, pages: Mapping[int, StoredFile]) -> bool:
    """高拍、扫描: the picture of a paper by material, kept with the draft; a new one takes the old one's place."""
    own = _own_draft(application, by)
    if own is None:
        return False
    found = {f"{SCAN}{material}": [str(file.pk)] for material, file in pages.items()}
    old = {name: texts for name, texts in own.draft.items() if name in found and texts != found[name]}
    _redraw(application, own, {**own.draft, **found}, at)
    forget_scans(old)
    return True


def scans_of(application: Application) -> dict[str, list[str]]:
    """What the server wrote down of scans and of the situation told online; the counter's page cannot send it."""
    return {name: texts for name, texts in application.draft.items() if name.startswith((SCAN, PREFIX))}


def _own_draft(application: Application, by: Officer) -> Application | None:
    own = Application.objects.filter(pk=application.pk, taken_by=by, sealed_at__isnull=True)
    return own.select_for_update(of=("self",)).first()


def _redraw(application: Application, own: Application, draft: dict[str, list[str]], at: datetime) -> None:
    own.draft, own.saved_at = draft, at
    own.save(update_fields=["draft", "saved_at"])
    application.draft, application.saved_at = draft, at


@needs(Grant.INTAKE_RECEIVE)
@transaction.atomic
def discard(application: Application, *, by: Officer, at: datetime) -> None:
    """Throw the clerk's own draft away with its pictures; nothing was received yet, so no fact is lost.

    What the applicant had begun at home goes back to him.
    """
    own = _own_draft(application, by)
    if own is not None and own.begun_as:
        give_back(own, at)
    elif own is not None:
        own.delete()
        forget_scans(own.draft)


@needs(Grant.INTAKE_RECEIVE)
@one
def take_in(
    version: ItemVersion,
    *,
    by: Actor,
    at: datetime,
    once: UUID | None,
    applicant: Party,
    window: Window | None,
    form: Mapping[str, Any],
    papers: Sequence[Paper],
    told: Told = NOTHING_TOLD,
    complete: bool = True,
) -> Application:
    """Take an application in at the counter and seal it; the same page sent twice gives the same application.

    What is refused on the spot need not be `complete`: nobody fills in a form for an office that is not his.
    Without `once` nothing is looked for: the caller itself sees to it that it asks but once.
    """
    seal = {
        **_head(version, applicant, window, by),
        **{field.name: getattr(told, field.name) for field in fields(told)},
        "mode": _mode(version, told, complete=complete),
        **{"form": dict(form), "draft": {}, "saved_at": at, "sealed_at": at},
    }
    application, new = _begun(version.county, once, {**seal, "begun_at": at})
    if not new and application.sealed_at is not None:
        return application
    open_for_application(version)
    refuse_applicant(applicant, told)
    refuse_barred(applicant, version.item.subject_id, at.date())
    _check(version, form if complete else None, papers)
    check_reuse(applicant, papers, at.date())
    draft = {} if new else application.draft
    if not new:
        at_home = application.channel == Channel.VISIT
        _write(application, seal | ({"channel": Channel.VISIT} if at_home else {}))
    add_papers(application, papers, at)
    forget_scans(draft, keeping=[paper.file.pk for paper in papers if paper.file is not None])
    return application


def _mode(version: ItemVersion, told: Told, *, complete: bool) -> str:
    """办理方式: where the guide allows both, the applicant says which; nobody is entrusted to without his wish."""
    both = bool(version.clock.get("entrusted"))
    if told.mode == Mode.ENTRUSTED and not both:
        raise NotAllowed("本事项没有开通委托全程代办，请按直接办理收件。")
    if both and complete and not told.mode:
        raise NotAllowed("请选择直接办理还是委托全程代办。")
    if told.mode == Mode.ENTRUSTED and told.agent is None:
        raise NotAllowed("委托全程代办的，请登记代办人员的证件。")
    return told.mode or Mode.DIRECT.value


def _begun(county: str, once: UUID | None, values: Mapping[str, Any]) -> tuple[Application, bool]:
    """The application of this page, and whether it is new."""
    if once is None:
        begun = fresh(Application, county=county, once=uuid4(), **values)
        put(begun)
        return begun, True
    rows = Application.objects.select_for_update(of=("self",))
    return rows.get_or_create(county=county, once=once, defaults=values)


def _head(version: ItemVersion, applicant: Party, window: Window | None, by: Actor) -> dict[str, Any]:
    return {
        "version": version,
        "department_id": version.item.department_id,
        "applicant": applicant,
        "channel": "counter",
        "window": window,
        "taken_by": by if isinstance(by, Officer) else None,
    }


def _write(application: Application, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(application, name, value)
    application.save()


def _check(version: ItemVersion, form: Mapping[str, Any] | None, papers: Sequence[Paper]) -> None:
    """The form must be in order, and nothing outside the item's list may be kept (行政许可法 31)."""
    if form is not None:
        refuse_faults(version, form)
    if any(paper.material.version_id != version.pk for paper in papers):
        raise NotAllowed("收到的材料里有不在本事项清单中的，请退还申请人，不得索要清单以外的材料。")


@needs(Grant.CASE_TICK)
@transaction.atomic
def pass_drafts(officer: Officer, *, by: Actor, to: Officer) -> int:
    """移交: what he began at a counter and nobody has handed in goes on with whoever took his work over."""
    return Application.objects.filter(taken_by=officer, sealed_at__isnull=True).update(taken_by=to)
