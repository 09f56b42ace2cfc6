"""保存期限的事实: whose personal parts were cleared, by the ids of the rows and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from onewindow.rules.facts import TERMS_ZH, Fact

KIND = "keeping"


@dataclass(frozen=True, kw_only=True)
class PersonalCleared(Fact):
    """按保存期限清除: the rows of one kind, and how many files of persons went with them; `asked` by themselves."""

    kind: str
    rows: tuple[int, ...]
    persons: int = 0
    asked: bool = False


TERMS_ZH.update({"PersonalCleared": "清除个人信息"})
