"""办的时候: how does each act get from its form what it needs?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from onewindow.cases.acts import correct, decide, deliver, examine, receive
from onewindow.cases.acts.receive import Found
from onewindow.cases.models import Case
from onewindow.catalogue.models import Material
from onewindow.ground import files
from onewindow.intake import uploads
from onewindow.intake.acts import Paper
from onewindow.intake.models import Submitted
from onewindow.people.models import Officer
from onewindow.web.forms import deeds as forms
from onewindow.web.forms.dated import DatedReceiveForm, DatedTakerForm
from onewindow.web.forms.examining import GrantForm, ReviewForm
from onewindow.web.forms.judging import JudgeForm
from onewindow.web.views.case.signing import taker_of

Perform = Callable[[Case, Officer, datetime, Any], object]


def judged(case: Case, by: Officer, at: datetime, form: JudgeForm) -> None:
    told = form.cleaned_data
    found = {
        int(name[2:]): Found(value, told.get(f"why-{name[2:]}", ""))
        for name, value in told.items()
        if name.startswith("v-") and value
    }
    receive.judge(case, by=by, at=at, findings=found)


def corrected(case: Case, by: Officer, at: datetime, form: forms.SpotForm) -> None:
    chosen = form.cleaned_data["corrected"]
    papers = [p.material for p in form.whole.papers if p.material.code in chosen]
    put_right = correct.correct_on_spot(
        case, by=by, at=at, materials=chosen, papers=[Paper(m) for m in papers]
    )
    receive.judge(put_right, by=by, at=at, findings={m.pk: Found("fits", "当场更正") for m in papers})


def came(case: Case, by: Officer, at: datetime, form: DatedReceiveForm) -> None:
    chosen = {int(key) for key in form.cleaned_data["came"]} | form.scans.keys()
    with files.atomic():
        papers = [paper_of(p.material, case, at, form) for p in form.whole.papers if p.material.pk in chosen]
        correct.receive_correction(case, by=by, at=at, papers=papers, **form.late)


def paper_of(material: Material, case: Case, at: datetime, form: forms.ReceiveForm) -> Paper:
    """One paper that came: on paper, with its original kept, or as it was scanned at the window."""
    scan, original = form.scans.get(material.pk), f"orig-{material.pk}" in form.data
    how = Submitted.How.SCAN if scan and not original else Submitted.How.PAPER
    file = uploads.keep(case.county, scan, at) if scan else None
    return Paper(material, how=how, original=original, file=file)


def answered(case: Case, by: Officer, at: datetime, form: forms.AnswerForm) -> None:
    told = form.cleaned_data
    question = next(one for one in form.whole.questions if str(one.pk) == told["question"])
    examine.explain(case, by=by, at=at, question=question, answer=told["answer"])


def reviewed(case: Case, by: Officer, at: datetime, form: ReviewForm) -> None:
    told = form.cleaned_data
    examine.review(
        case,
        by=by,
        at=at,
        favourable=told["favourable"] == "yes",
        text=told["text"],
        points=form.points(),
        check=form.check(),
    )


def granted(case: Case, by: Officer, at: datetime, form: GrantForm) -> None:
    told = form.cleaned_data
    points = form.points() if form.alone else []
    valid = {"valid_from": told["valid_from"], "valid_until": told["valid_until"]}
    decide.grant(case, by=by, at=at, text=told["text"], **valid, points=points)


def handed(case: Case, by: Officer, at: datetime, form: DatedTakerForm) -> None:
    deliver.hand_over(case, by=by, at=at, taker=taker_of(form, case, at), window=by.window, **form.late)


def returned(case: Case, by: Officer, at: datetime, form: forms.OriginalsForm) -> None:
    deliver.return_originals(
        case,
        by=by,
        at=at,
        taker=taker_of(form, case, at),
        materials=form.cleaned_data["materials"],
        window=by.window,
    )


def told(act: Any, *names: str) -> Perform:
    """An act that takes the form's fields under their own names."""
    return lambda case, by, at, form: act(
        case, by=by, at=at, **{name: form.cleaned_data[name] for name in names}
    )
