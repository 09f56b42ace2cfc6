"""一格: one workload of ours beside its bare counterpart, in turn, round by round; what counts is the ratio."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median

from benchmarks import machine
from benchmarks.box import Box, Floor
from benchmarks.fire import Ask, Shot, fire


@dataclass
class Cell:
    """A workload at one number of clients."""

    id: str
    what: str
    clients: int
    aim: float | None
    bare_what: str
    ours: list[Shot] = field(default_factory=list)
    bare: list[Shot] = field(default_factory=list)
    web: list[float] = field(default_factory=list)  # CPU milliseconds of the web server, each request
    postgres: list[float] = field(default_factory=list)
    bare_web: list[float] = field(default_factory=list)
    bare_postgres: list[float] = field(default_factory=list)
    note: str = ""

    @property
    def ratio(self) -> float:
        """The median of the ratios of the rounds."""
        return median(one.rate / bare.rate for one, bare in zip(self.ours, self.bare, strict=True))

    @property
    def cpu_ratio(self) -> float:
        """The same by CPU: what the bare one spends on a request over what ours spends."""
        ours = [web + pg for web, pg in zip(self.web, self.postgres, strict=True)]
        bare = [web + pg for web, pg in zip(self.bare_web, self.bare_postgres, strict=True)]
        return median(b / o for o, b in zip(ours, bare, strict=True))

    @property
    def met(self) -> bool | None:
        return None if self.aim is None or self.clients != 8 else self.ratio >= self.aim


@dataclass
class Pair:
    """The product and the bare Django on one database."""

    box: Box
    floor: Floor
    rounds: int
    seconds: float

    def run(self, cell: Cell, ours: Ask, bare: Ask, *, port: int | None = None) -> Cell:
        """Both in turn; the first short shot of each is not counted. `port`: where ours is, if not in the box."""
        ours_at = port or self.box.port
        for port, ask in ((self.floor.port, bare), (ours_at, ours)):
            _good(fire(port, ask, cell.clients, min(0.5, self.seconds)))
        for _ in range(self.rounds):
            shot, web, postgres = self._shot(self.floor.port, bare, cell.clients)
            cell.bare.append(shot)
            cell.bare_web.append(web)
            cell.bare_postgres.append(postgres)
            shot, web, postgres = self._shot(ours_at, ours, cell.clients)
            cell.ours.append(shot)
            cell.web.append(web)
            cell.postgres.append(postgres)
        return cell

    def _shot(self, port: int, ask: Ask, clients: int) -> tuple[Shot, float, float]:
        assert self.floor.process is not None
        parts = self.box.parts()
        served = parts["web"] if port == self.box.port else machine.descendants(self.floor.process.pid)
        before = machine.spent(served), machine.spent(parts["postgres"])
        shot = _good(fire(port, ask, clients, self.seconds))
        after = machine.spent(served), machine.spent(self.box.parts()["postgres"])
        times = max(len(shot.took), 1)
        return shot, _more(before[0], after[0]) / times, _more(before[1], after[1]) / times


def _good(shot: Shot) -> Shot:
    if shot.bad:
        raise RuntimeError(f"{len(shot.bad)} of {len(shot.bad) + len(shot.took)} were refused: {shot.bad[0]}")
    return shot


def _more(before: dict[int, float], after: dict[int, float]) -> float:
    return sum(spent - before.get(pid, 0.0) for pid, spent in after.items()) * 1000
