"""读取政策包: which pack do these files give, and may it be used?

A pack that does not hold together is refused as a whole, with a sentence that names the pack and
the rule: an unknown key, a rule without its kinds, a quotation that is not in its text, a rule
worse for the applicant than the law above it.
"""

import hashlib
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from onewindow.packs import entries
from onewindow.packs.inherit import refuse_less_than_above, refuse_twice
from onewindow.packs.keys import ADDING
from onewindow.packs.laws import Register
from onewindow.rules.pack import Example, Pack, PackError, Rule, Setting, Source, Term

FILES = ("pack.toml", "terms.toml", "rules.toml", "examples.toml")
_PACK_KEYS = frozenset(
    {"id", "title", "place", "division", "prefix", "initials", "seat", "extends", "sources"}
)


@cache
def held(pack_id: str, root: Path) -> Pack:
    """The pack, read once by this process; a pack's files change only with a new release."""
    return load(pack_id, root)


def load(pack_id: str, root: Path, *more: Path) -> Pack:
    """Read a pack and all above it. Packs are looked for in `root`, then in `more`."""
    roots = (root, *more)
    register = Register.read(roots)
    settings = _settings(roots)
    chain = list(_chain(pack_id, roots))
    layers = [_Layer(folder, table, register, settings) for folder, table in chain]
    for depth, layer in enumerate(layers):
        refuse_twice(layer.id, layer.terms, layer.rules)
        for above in layers[depth + 1 :]:
            refuse_less_than_above(layer.id, layer.terms, above.terms, layer.rules, above.rules)
    return _together(layers, register, settings)


class _Layer:
    """One pack's own files, read and checked against their own texts."""

    def __init__(
        self, folder: Path, table: Mapping[str, Any], register: Register, settings: Mapping[str, Setting]
    ) -> None:
        self.id = folder.name
        self.folder = folder
        self.table = table
        self.sources = {s.id: s for s in entries.documents(folder, table.get("sources", {}))}
        quotes = entries.Quotes(self.id, folder, self.sources, register)
        self.terms: list[Term] = [entries.term(self.id, row, quotes, settings) for row in self._rows("terms")]
        self.rules: list[Rule] = [entries.rule(self.id, row, quotes) for row in self._rows("rules")]
        self.examples: list[Example] = [entries.example(self.id, row) for row in self._rows("examples")]

    def _rows(self, name: str) -> list[dict[str, Any]]:
        return entries.rows(self.id, read_toml(self.folder / f"{name}.toml"), name)

    def cited(self) -> set[str]:
        """The sources that its terms and rules cite."""
        quoted = [c for term in self.terms for c in term.cites] + [
            c for rule in self.rules for c in rule.cites
        ]
        return {cite.source for cite in quoted}


def _together(layers: list[_Layer], register: Register, settings: Mapping[str, Setting]) -> Pack:
    own = layers[0]
    cited = set().union(*(layer.cited() for layer in layers))
    sources: dict[str, Source] = {s.id: s for s in register.sources() if s.id in cited}
    for layer in reversed(layers):
        sources |= layer.sources
    return Pack(
        id=own.id,
        title=own.table["title"],
        place=own.table.get("place", ""),
        division=own.table.get("division", ""),
        prefix=own.table.get("prefix", ""),
        initials=own.table.get("initials", ""),
        extends=tuple(layer.id for layer in layers[1:]),
        sources=sources,
        terms=tuple(t for layer in layers for t in sorted(layer.terms, key=lambda t: not t.channels)),
        rules=tuple(r for layer in layers for r in layer.rules),
        settings=settings,
        examples=tuple(e for layer in layers for e in layer.examples),
        adding=ADDING,
        titles={layer.id: layer.table["title"] for layer in layers},
        seat=_seat(own),
        digest=_digest(layer.folder for layer in layers),
    )


def _seat(layer: _Layer) -> tuple[float, float] | None:
    """Latitude and longitude, in China."""
    told = layer.table.get("seat")
    if told is None:
        return None
    numbers = isinstance(told, list) and len(told) == 2 and all(type(one) in (int, float) for one in told)
    if not numbers or not (3 <= told[0] <= 54 and 73 <= told[1] <= 136):
        raise PackError(f"政策包 {layer.id}：pack.toml 的 seat 要写驻地的纬度和经度，如 [32.20, 114.51]。")
    return float(told[0]), float(told[1])


def _chain(pack_id: str, roots: Iterable[Path]) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """The pack and those above it, the nearest first."""
    seen: list[str] = []
    wanted = pack_id
    while wanted:
        if wanted in seen:
            raise PackError(f"政策包 {pack_id}：继承成环（{' → '.join([*seen, wanted])}）。")
        seen.append(wanted)
        folder = _folder(wanted, roots)
        table = read_toml(folder / "pack.toml")
        unknown = set(table) - _PACK_KEYS
        if unknown:
            raise PackError(f"政策包 {wanted}：pack.toml 中有不认识的键 {'、'.join(sorted(unknown))}。")
        if table.get("id") != wanted or not table.get("title"):
            raise PackError(f"政策包 {wanted}：pack.toml 的 id 须与文件夹同名，并写明 title。")
        yield folder, table
        wanted = table.get("extends", "")


def _folder(pack_id: str, roots: Iterable[Path]) -> Path:
    for root in roots:
        if pack_id.isascii() and (root / pack_id / "pack.toml").is_file():
            return root / pack_id
    raise PackError(f"没有名为 {pack_id} 的政策包。")


def _settings(roots: Iterable[Path]) -> dict[str, Setting]:
    found: dict[str, Setting] = {}
    for root in roots:
        for name, row in read_toml(root / "settings.toml").items():
            found[name] = entries.setting(name, row)
    return found


def read_toml(path: Path) -> dict[str, Any]:
    """The file as a table; an absent file is an empty one."""
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise PackError(f"{path.parent.name}/{path.name} 不是合格的 TOML：{wrong}。") from wrong


def _digest(folders: Iterable[Path]) -> str:
    """The fingerprint of all files that make the pack, kept by each case that began with it."""
    total = hashlib.sha256()
    for folder in folders:
        for name in FILES[:3]:
            path = folder / name
            total.update(path.read_bytes() if path.is_file() else b"")
    return total.hexdigest()
