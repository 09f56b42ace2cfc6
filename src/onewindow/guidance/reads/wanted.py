"""要找什么: how do the typed words and the chosen facets become conditions of a query?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from onewindow.guidance import words

WINDOW = 1000  # counted exactly; beyond it stands "1,000+"
SINGLE = 1


@dataclass(frozen=True)
class Wanted:
    """What a person asks for: words, and the facets that he chose."""

    words: str = ""
    who: str = ""
    theme: str = ""
    kind: str = ""
    department: int | None = None
    handling: str = ""
    depth: int = 0
    level: int = 0

    @property
    def is_narrowed(self) -> bool:
        """Whether a facet was chosen."""
        return (
            bool(self.who or self.theme or self.kind or self.handling or self.depth or self.level)
            or self.department is not None
        )

    @property
    def folded(self) -> str:
        return words.fold(self.words)

    @property
    def parts(self) -> list[str]:
        """What must all be found; letters typed with blanks between the syllables are one part."""
        pieces = words.pieces(self.words)
        if len(pieces) > 1 and all(map(words.is_latin, pieces)):
            return ["".join(pieces)]
        longer = [piece for piece in pieces if len(piece) > SINGLE]
        return longer or pieces


@dataclass
class Sql:
    """Pieces of a condition or an expression, with their values in order."""

    text: str
    values: list[Any]

    @staticmethod
    def both(parts: Iterable[Sql], word: str = " AND ") -> Sql:
        told = list(parts)
        return Sql(word.join(f"({one.text})" for one in told), [v for one in told for v in one.values])


def narrowed(county: str, wanted: Wanted) -> list[Sql]:
    """The conditions of the county and the chosen facets."""
    told = [Sql("county = %s", [county])]
    if wanted.who:
        told.append(Sql("audience @> ARRAY[%s]::varchar[]", [wanted.who]))
    if wanted.theme:
        told.append(Sql("themes @> ARRAY[%s]::varchar[]", [wanted.theme]))
    if wanted.kind:
        told.append(Sql("kind = %s", [wanted.kind]))
    if wanted.handling:
        told.append(Sql("handling @> ARRAY[%s]::varchar[]", [wanted.handling]))
    if wanted.department is not None:
        told.append(Sql("department_id = %s", [wanted.department]))
    if wanted.depth:
        told.append(Sql("online_depth >= %s", [wanted.depth]))
    if wanted.level:
        told.append(Sql("level = %s", [wanted.level]))
    return told


def all_of(tokens: Iterable[str]) -> str:
    """The tsquery that wants every one of these tokens; they hold no quotation marks (see `words.fold`)."""
    return " & ".join(f"'{token}'" for token in sorted(tokens))


def any_of(tokens: Iterable[str]) -> str:
    return " | ".join(f"'{token}'" for token in sorted(tokens))
