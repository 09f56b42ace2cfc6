"""情形: which materials does this applicant need and how does he apply, after what he answered about his situation?

The guide, the application at home, the window and the API ask the same questions of the same version.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onewindow.catalogue.models import ItemVersion, Material
from onewindow.rules.grants import NotAllowed

PREFIX = "q-"  # before the key of a question, beside the form's own fields


@dataclass(frozen=True)
class Question:
    """One question about the situation with what can be chosen."""

    key: str
    ask: str
    options: tuple[tuple[str, str], ...]

    @property
    def name(self) -> str:
        return PREFIX + self.key


def questions(version: ItemVersion) -> list[Question]:
    """The questions of the guide that decide which materials apply."""
    return [
        Question(one["key"], one["ask"], tuple((o["key"], o["label"]) for o in one.get("options", ())))
        for one in version.content.get("questions") or ()
    ]


def answers(version: ItemVersion, raw: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """What was chosen, where it is one of the options."""
    found = {}
    for question in questions(version):
        chosen = next(iter(raw.get(question.name, ())), "")
        if chosen in dict(question.options):
            found[question.key] = chosen
    return found


def unanswered(version: ItemVersion, raw: Mapping[str, Sequence[str]]) -> list[Question]:
    given = answers(version, raw)
    return [question for question in questions(version) if question.key not in given]


def applies(material: Material, given: Mapping[str, str]) -> bool:
    """Whether a material is for this situation: one fitting answer for each question that it names."""
    return all(given.get(key) in values for key, values in wanted_by(material).items())


def wanted_by(material: Material) -> dict[str, list[str]]:
    """The questions that a material names, each with the answers of which one must be given."""
    return wanted(material.detail.get("when") or ())


def wanted(when: Iterable[object]) -> dict[str, list[str]]:
    """The questions that `question=option` words name, each with its options."""
    wanted: dict[str, list[str]] = {}
    for told in when:
        key, _, value = str(told).partition("=")
        wanted.setdefault(key, []).append(value)
    return wanted


def may_apply(when: Iterable[object], given: Mapping[str, str]) -> bool:
    """Whether what is told for these answers may still concern him: none that he gave speaks against it."""
    return all(given[key] in values for key, values in wanted(when).items() if key in given)


def ways(version: ItemVersion, given: Mapping[str, str]) -> list[str]:
    """How one applies in this situation, where an answer decides it."""
    return [option["way"] for option in _chosen(version, given) if option.get("way")]


def refuse_at_home(version: ItemVersion, given: Mapping[str, str]) -> None:
    """Some situations are dealt with at a window alone."""
    bound = next((option for option in _chosen(version, given) if option.get("window_only")), None)
    if bound is not None:
        raise NotAllowed(
            f"您选的情形是“{bound['label']}”，不能自己在网上申请。{bound.get('way') or '请到窗口办理。'}"
            "选错了的，请回到“确认情形”改选。"
        )


def _chosen(version: ItemVersion, given: Mapping[str, str]) -> list[dict[str, Any]]:
    asked = version.content.get("questions") or ()
    return [o for one in asked for o in one.get("options", ()) if given.get(one["key"]) == o["key"]]


def of_everybody(material: Material) -> bool:
    """Whether everybody hands it in: it is for every situation, and no department has it already.

    A material that the catalogue calls 可容缺 is one of these: it is owed, and may follow only on a signed promise.
    """
    return material.necessity != Material.Necessity.EXEMPT and not material.detail.get("when")


def needed(materials: Iterable[Material], given: Mapping[str, str]) -> list[Material]:
    """The materials of this situation, in their order."""
    return [material for material in materials if applies(material, given)]


def to_hand_in(materials: Iterable[Material], given: Mapping[str, str]) -> list[Material]:
    """Those that the applicant himself hands in: what the state has already is not asked of him."""
    return [m for m in needed(materials, given) if m.necessity != Material.Necessity.EXEMPT]


def filled_in_online(material: Material) -> bool:
    """An application form that the online form itself is, so that nobody uploads it a second time."""
    fill: Any = material.detail.get("fill") or ""
    return "在线填" in str(fill) and material.name.endswith(("表", "申请书"))
