"""办件上的各种办理: which fields does each act on a case ask for?"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django import forms

from onewindow.cases.acts.taking import AGENT, CLERK, GUARDIAN, HEAD, MANDATE_SEEN, RELATIONS, SELF
from onewindow.cases.models import Case, CorrectionPoint
from onewindow.cases.quotas import fallen_out
from onewindow.cases.reads.forwarding import colleagues_for
from onewindow.cases.reads.whole import Whole
from onewindow.intake import uploads
from onewindow.intake.content import Unfit
from onewindow.people.models import Officer, PaperKind
from onewindow.rules.quotas import LAW, ground
from onewindow.rules.stages import Stage
from onewindow.web.forms.refusal import RefusalFields, area


class DeedForm(forms.Form):
    """No field of its own: pressing the button is all."""

    def __init__(
        self, *args: Any, case: Case, officer: Officer, load: Callable[[], Whole], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.officer, self._load = case, officer, load
        self.prepare()

    @cached_property
    def whole(self) -> Whole:
        """The case with everything about it; read only by the forms that ask for it."""
        return self._load()

    def prepare(self) -> None:
        """Fill in choices and starting values from the case."""

    def choices_of(self, codes: bool, only: Any) -> list[tuple[str, str]]:
        found = [paper.material for paper in self.whole.papers if only(paper)]
        return [(m.code if codes else str(m.pk), m.name) for m in found]


class ReceiveForm(DeedForm):
    """收补正: which of the papers asked for have come, with their scans."""

    came = forms.MultipleChoiceField(
        label="补来了哪些材料", widget=forms.CheckboxSelectMultiple, required=False
    )

    def prepare(self) -> None:
        self.points = [point for _, points in self.whole.corrections[-1:] for point in points]
        self.scans: dict[int, uploads.Upload] = {}
        asked = {point.material_id for point in self.points}
        self.fields["came"].choices = self.choices_of(False, lambda p: p.material.pk in asked)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        most = self.whole.pack.setting("upload.max_megabytes").number
        for point in self.points:
            file = self.files.get(f"file-{point.material_id}")
            if file is not None:
                self._look(point, file, most)
        if not self.errors and not (told.get("came") or self.scans):
            self.add_error("came", "请勾选补来的材料。")
        return told

    def _look(self, point: CorrectionPoint, file: Any, most: int) -> None:
        try:
            self.scans[point.material_id] = uploads.look(file.read(), file.name or "", most)
        except Unfit as unfit:
            names = dict(self.fields["came"].choices)  # type: ignore[attr-defined]
            self.add_error(None, f"{names[str(point.material_id)]}：{unfit}")

    @property
    def rows(self) -> list[tuple[Any, bool, bool]]:
        """Each paper that was asked for, whether it is marked as here, and whether its original is kept."""
        here = {str(key) for key in self["came"].value() or ()}
        kept = {int(name[5:]) for name in self.data if name.startswith("orig-")}
        return [(p, str(p.material_id) in here, p.material_id in kept) for p in self.points]


class SpotForm(DeedForm):
    """当场更正: what was put right at the counter."""

    corrected = forms.MultipleChoiceField(
        label="当场更正了哪些材料",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请勾选当场更正的材料。"},
    )

    def prepare(self) -> None:
        self.fields["corrected"].choices = self.choices_of(  # type: ignore[attr-defined]
            True, lambda p: p.lacks
        )


class RefusalForm(RefusalFields, DeedForm):
    """不予受理, on a case that was received."""


class RemarkForm(DeedForm):
    """A sentence with the reason."""

    remark = area("理由", "请写明理由。")


class ForwardForm(DeedForm):
    """转办: to whom."""

    to = forms.ChoiceField(label="转给", error_messages={"required": "请选择转给谁。"})

    def prepare(self) -> None:
        day, deciding = self.officer.day, self.case.stage == Stage.DECIDING
        found = colleagues_for(self.case, self.officer, day) if day else []
        self.people = {str(one.officer.pk): one.officer for one in found}
        named = {str(one.officer.pk): f"{one.officer.name}（{one.post}）" for one in found}
        if not self.people:
            self.fields["to"].help_text = f"本部门今天没有别的{'有决定权的同志' if deciding else '审核人员'}"
        self.fields["to"].choices = [("", "请选择"), *named.items()]  # type: ignore[attr-defined]


class QuestionForm(DeedForm):
    """请您说明."""

    text = area("请申请人说明什么", "请写明需要申请人说明什么。", max_length=500)
    reply_by = forms.DateField(
        label="请在哪天前说明",
        required=False,
        widget=forms.DateInput,
        help_text="空着按本地设定；不停止任何期限",
        error_messages={"invalid": "日期请写成 2026-10-12 这样。"},
    )


class AnswerForm(DeedForm):
    """已作说明: what the applicant said at the counter."""

    question = forms.ChoiceField(label="哪个问题", widget=forms.RadioSelect)
    answer = area("申请人的说明", "请写下申请人的说明。")

    def prepare(self) -> None:
        open_ones = [one for one in self.whole.questions if one.answered_at is None]
        self.fields["question"].choices = [(str(one.pk), one.text) for one in open_ones]  # type: ignore[attr-defined]


class AgainReviewForm(DeedForm):
    """退回重新审核: why."""

    text = area("退回的理由", "请写明退回重新审核的理由。")


class DenyForm(DeedForm):
    """不予: grounds and basis are law."""

    text = area("决定内容", "请写决定内容。")
    grounds = area(
        "理由", "请写明理由，不予决定必须说明理由。", help_text="写给申请人看的话，会原样印在决定书上"
    )
    basis = forms.CharField(
        label="依据",
        max_length=300,
        error_messages={"required": "请写明依据：哪部法律、第几条。"},
    )

    def prepare(self) -> None:
        """Whoever fell out of a limited number: the ground is prepared, and may be changed."""
        if quota := fallen_out(self.case, self.officer.day):
            self.fields["grounds"].initial, self.fields["basis"].initial = ground(quota), LAW


class TakerForm(DeedForm):
    """领取人: who stands at the counter, what he shows, and that he signs."""

    taker_name = forms.CharField(
        label="领取人姓名", max_length=60, error_messages={"required": "请登记领取人的姓名。"}
    )
    taker_paper_kind = forms.ChoiceField(
        label="出示的证件", choices=PaperKind.choices, initial=PaperKind.RESIDENT
    )
    taker_paper = forms.CharField(
        label="证件号码", max_length=60, error_messages={"required": "请登记领取人出示的证件号码。"}
    )
    relation = forms.ChoiceField(
        label="与申请人的关系",
        choices=[(one, one) for one in RELATIONS],
        widget=forms.RadioSelect,
        error_messages={"required": "请选来领取的人与申请人的关系。"},
    )
    mandate = forms.BooleanField(
        label=MANDATE_SEEN,
        required=False,
        help_text="来人不是申请时登记的代理人的，要看委托书或者介绍信；本人、监护人、法定代表人来的不用",
    )
    signed = forms.BooleanField(label="领取人已在纸质回证上签收", required=False)
    signature = forms.CharField(required=False, widget=forms.HiddenInput)

    def prepare(self) -> None:
        person = self.case.applicant.kind == "person"
        fitting = (SELF, AGENT, GUARDIAN) if person else (HEAD, CLERK, AGENT)
        relation = self.fields["relation"]
        relation.choices = [(one, one) for one in fitting]  # type: ignore[attr-defined]
        relation.initial = SELF if person else None  # who comes for a firm is asked, not supposed
        if person:
            self.fields["taker_name"].initial = self.case.applicant_name

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not told.get("signed") and not told.get("signature"):
            self.add_error("signed", "请领取人在签名板上签名，或者在纸质回证上签收后勾选。")
        return told


class OriginalsForm(TakerForm):
    """退还原件: which ones."""

    materials = forms.MultipleChoiceField(
        label="退还哪些原件",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请勾选退还的原件。"},
    )

    def prepare(self) -> None:
        super().prepare()
        kept = {material.pk for material in self.whole.originals}
        self.fields["materials"].choices = self.choices_of(True, lambda p: p.material.pk in kept)  # type: ignore[attr-defined]


class TrackingForm(DeedForm):
    """寄出."""

    tracking = forms.CharField(label="运单号", max_length=40, error_messages={"required": "请填写运单号。"})


class WhyBackForm(DeedForm):
    """退件."""

    why = forms.CharField(
        label="退件原因",
        max_length=200,
        error_messages={"required": "请写明退件原因。"},
        help_text="如地址不详、电话不通、拒收",
    )
