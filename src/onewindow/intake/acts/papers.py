"""材料和表单: what every way of applying demands of the form and of the papers, at the counter and online."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from onewindow.catalogue.models import ItemVersion, Material
from onewindow.ground import files
from onewindow.ground.fresh import fresh
from onewindow.ground.models import StoredFile
from onewindow.ground.prepared import put
from onewindow.intake.form import faults
from onewindow.intake.models import Application, Submitted
from onewindow.people.acts import refuse_dead, require_real, require_real_phone
from onewindow.people.models import Party
from onewindow.places.reads import here
from onewindow.rules.grants import NotAllowed


@dataclass(frozen=True)
class Paper:
    """One material as it was handed in."""

    material: Material
    how: str = Submitted.How.PAPER
    original: bool = False
    copies: int = 1
    file: StoredFile | None = None
    reused_from: Submitted | None = None
    valid_until: date | None = None


_PAPER = tuple(field.name for field in fields(Paper))
SCAN = "scan-"  # before a material's id in a draft: which stored file is its picture


class FormFaults(NotAllowed):
    """The form has fields that must be put right; `by_field` gives the sentence beside each."""

    def __init__(self, by_field: Mapping[str, str]) -> None:
        super().__init__(f"表单有 {len(by_field)} 处需要改正，请照每一处的提示改好再交。")
        self.by_field = dict(by_field)


@dataclass(frozen=True)
class Told:
    """What the applicant says beside the form: whom to call, who acts for him, how the result shall reach him."""

    phone: str = ""
    agent: Party | None = None
    delivery_way: str = "counter"
    delivery_address: str = ""
    e_service: bool = False
    mode: str = ""  # direct or entrusted; asked where the guide allows both


NOTHING_TOLD = Told()


def forget_scans(draft: Mapping[str, Sequence[str]], keeping: Collection[int] = ()) -> None:
    """The pictures that only this draft pointed to go with it; those in `keeping` have become papers."""
    scans = {int(texts[0]) for name, texts in draft.items() if name.startswith(SCAN) and texts}
    for file in StoredFile.objects.filter(pk__in=scans - set(keeping)) if scans else ():
        files.forget(file)


def refuse_faults(version: ItemVersion, form: Mapping[str, Any]) -> None:
    """Refuse a form that is not in order, with the sentence beside each field."""
    wrong = faults(version.form, form)
    if wrong:
        raise FormFaults(wrong)


def add_papers(application: Application, papers: Sequence[Paper], at: datetime) -> None:
    """Write down what came in, one row for one paper."""
    put(
        *(
            fresh(
                Submitted,
                application=application,
                added_at=at,
                **{name: getattr(paper, name) for name in _PAPER},
            )
            for paper in papers
        ),
        leaves=True,
    )


def refuse_applicant(applicant: Party, told: Told = NOTHING_TOLD) -> None:
    """The dead do not apply; outside a demonstration no invented number and no telephone that rings nowhere is accepted."""
    refuse_dead(applicant)
    county = here()
    require_real(applicant, county)
    require_real_phone(told.phone, county)
    if told.agent is not None:
        refuse_dead(told.agent)
        require_real(told.agent, county)


def open_for_application(version: ItemVersion) -> None:
    if version.state != "published" or version.item.state != "published":
        raise NotAllowed(f"“{version.name}”的这一版指南已经停用或更换，请重新选择事项，按现行指南收件。")


def check_reuse(applicant: Party, papers: Sequence[Paper], today: date) -> None:
    """A paper given before stands for the same material of the same person, while it is valid."""
    for paper in papers:
        old = paper.reused_from
        if old is None:
            continue
        if old.application.applicant_id != applicant.pk or old.material.name != paper.material.name:
            raise NotAllowed(f"“{paper.material.name}”不能用别人的或别的材料代替，请提交申请人自己的这一份。")
        if not old.usable_on(today):
            raise NotAllowed(f"以前提交的“{paper.material.name}”已过有效期或已退还，请申请人重新提交。")
