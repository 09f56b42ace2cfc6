"""核对和告知: what does an officer find for each material, and what does he then demand for those that lack?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms

from onewindow.cases.acts.correct import is_late
from onewindow.cases.judged import put_right
from onewindow.cases.reads.whole import Paper, Whole
from onewindow.ground.clock import today
from onewindow.intake.situation import of_everybody
from onewindow.web.forms.deeds import DeedForm
from onewindow.web.forms.refusal import area
from onewindow.web.forms.sheet import JUDGED, MISSING, NONE, WRONG, Choice, condition

_DEMAND = "demand-"


class DemandForm(DeedForm):
    """一次性告知补正: one line for each material that was found lacking; why, when it is told late."""

    def prepare(self) -> None:
        self._prepare_demands()
        if self.told_late and not deemed(self.whole):
            self.fields["why_late"] = forms.CharField(
                label="为什么超期才告知",
                max_length=300,
                error_messages={"required": "请写明为什么超期才告知，会写进告知书。"},
                help_text="告知补正的期限已过：理由写进告知书，并列给监督部门",
            )

    @property
    def told_late(self) -> bool:
        return is_late(self.whole.now, today())

    @property
    def said_late(self) -> str:
        """Why it is told only now; "" in time."""
        return str(self.cleaned_data.get("why_late", ""))

    def _prepare_demands(self) -> None:
        for paper in self.whole.papers:
            if paper.lacks and paper.verdict is not None:
                found, reason = paper.verdict.get_finding_display(), paper.verdict.reason
                self.fields[f"{_DEMAND}{paper.material.pk}"] = forms.CharField(
                    label=f"{paper.material.name}：怎样补正",
                    max_length=300,
                    initial=put_right(paper.material, paper.verdict.finding)[:300],
                    help_text=f"核对为“{found}”{f'：{reason}' if reason else ''}。这一句和问题一起印在告知书上。",
                    error_messages={"required": "请写明怎样补正。只能告知这一次。"},
                    widget=forms.Textarea(attrs={"rows": 3}),
                )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not self.errors and not self.demands:
            raise forms.ValidationError("请写明需要补正的全部内容：每份材料缺什么、怎样补。只能告知这一次。")
        return told

    @property
    def demands(self) -> dict[int, str]:
        """What is demanded; of a material that the page did not offer too, so that the act refuses and notes it."""
        return {
            int(name.removeprefix(_DEMAND)): text.strip()[:300]
            for name, text in self.data.items()
            if name.startswith(_DEMAND) and name.removeprefix(_DEMAND).isdigit() and text.strip()
        }


def deemed(whole: Whole) -> bool:
    """Whether silence accepts such an application."""
    return whole.pack.holds("accept.deemed", whole.case.version.kind)


class AgainForm(DemandForm):
    """再次补正: only for papers handed in as the correction itself."""

    what_is_wrong = area("补来的材料错在哪里", "请写明补来的材料错在哪里。")


@dataclass(frozen=True)
class Row:
    """One material on the page, with what can be found for it and what is chosen."""

    paper: Paper
    verdict: forms.BoundField
    why: forms.BoundField
    choices: tuple[Choice, ...]
    condition: str
    settled: bool  # the notice did not name it: it may not fail any longer

    @property
    def error(self) -> str:
        return " ".join(str(text) for bound in (self.verdict, self.why) for text in bound.errors)


class JudgeForm(DeedForm):
    """核对材料: a verdict for each."""

    def prepare(self) -> None:
        for paper in self.whole.papers:
            key, verdict = paper.material.pk, paper.verdict
            self.fields[f"v-{key}"] = forms.ChoiceField(
                label=paper.material.name,
                choices=[("", ""), *((one.value, one.word) for one in _choices(paper))],
                initial=_chosen(paper),
                required=False,
                widget=forms.RadioSelect,
            )
            self.fields[f"why-{key}"] = forms.CharField(
                label="缺什么、哪里不符",
                max_length=300,
                required=False,
                initial=verdict.reason if verdict and verdict.lacks else "",
            )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        for paper in self.whole.papers:
            key = paper.material.pk
            if told.get(f"v-{key}") == WRONG and not told.get(f"why-{key}", "").strip():
                self.add_error(f"why-{key}", "请写明哪里不符，申请人要照着改。")
        if not self.errors and not any(self._looked_at(paper) for paper in self.whole.papers):
            raise forms.ValidationError("还没有核对任何一份材料。请逐份选符合、缺或者不符，再提交。")
        return told

    def _looked_at(self, paper: Paper) -> bool:
        found = self.cleaned_data.get(f"v-{paper.material.pk}", "")
        return bool(found) and (found != NONE or bool(paper.submitted))

    @property
    def rows(self) -> list[Row]:
        """Each material with its two fields."""
        asked = {one["key"]: one for one in self.case.version.content.get("questions", ())}
        noticed = self.whole.noticed
        return [
            Row(
                paper,
                self[f"v-{paper.material.pk}"],
                self[f"why-{paper.material.pk}"],
                _offered(paper, settled=bool(noticed) and paper.material.pk not in noticed),
                condition(paper.material, asked),
                bool(noticed) and paper.material.pk not in noticed,
            )
            for paper in self.whole.papers
        ]


def _choices(paper: Paper) -> tuple[Choice, ...]:
    """不涉及 only where a situation asks for the material; nothing that did not come is found in order."""
    if of_everybody(paper.material):
        return JUDGED if paper.submitted else tuple(one for one in JUDGED if one.value == MISSING)
    free = paper.material.necessity == "exempt"
    return (*JUDGED, Choice(NONE, "免提交" if free else "不涉及", "N", "none"))


def _offered(paper: Paper, *, settled: bool) -> tuple[Choice, ...]:
    """What the page offers; the act refuses – and writes down – what is sent beside it."""
    found = _choices(paper)
    return tuple(one for one in found if one.value not in (MISSING, WRONG)) if settled else found


def _chosen(paper: Paper) -> str:
    """What stands on the page at first: the verdict that holds; nothing for what has to be looked at."""
    if paper.verdict is not None and not paper.pending:
        return paper.verdict.finding
    return "" if paper.pending else NONE
