"""事后: what happened in a rehearsed day, hour by hour, and how near was what the estimate had told?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import fmean

from onewindow.ground.clock import SHANGHAI
from onewindow.rules.waiting import Told


@dataclass(frozen=True)
class Guess:
    """What somebody was told when he took his number: the range on his screen, and what it was reckoned from."""

    at: datetime
    wait: timedelta
    said: Told


@dataclass
class Record:
    """What happened, as it happened."""

    deeds: Counter[str] = field(default_factory=Counter)
    guesses: dict[int, Guess] = field(default_factory=dict)
    waits: list[tuple[datetime, float]] = field(
        default_factory=list
    )  # when he came, minutes until he was called
    lines: dict[int, int] = field(default_factory=dict)  # the hour, and the most who waited in it
    missed_by: list[tuple[float, bool]] = field(default_factory=list)  # minutes, and whether within the range

    def called(self, ticket: int, taken: datetime, at: datetime) -> None:
        """Somebody is called for the first time: how long did he wait, and what had he been told?"""
        minutes = (at - taken).total_seconds() / 60
        self.waits.append((taken.astimezone(SHANGHAI), minutes))
        guess = self.guesses.pop(ticket, None)
        if guess is not None:
            inside = guess.said.least <= minutes <= guess.said.most
            self.missed_by.append((minutes - guess.wait.total_seconds() / 60, inside))

    def waiting(self, at: datetime, number: int) -> None:
        self.lines[at.hour] = max(number, self.lines.get(at.hour, 0))

    def sentences(self) -> Iterator[str]:
        yield "经过：" + "，".join(f"{deed} {number}" for deed, number in self.deeds.items()) + "。"
        if self.waits:
            yield from self._hours()
        yield self._estimate()

    def _hours(self) -> Iterator[str]:
        minutes = sorted(wait for _, wait in self.waits)
        most = minutes[min(len(minutes) - 1, int(len(minutes) * 0.95))]
        yield (
            f"等候：{len(minutes)} 人被叫到，平均等 {fmean(minutes):.1f} 分钟，"
            f"95% 的人不超过 {most:.1f} 分钟，最长 {minutes[-1]:.1f} 分钟。"
        )
        for hour in sorted({taken.hour for taken, _ in self.waits}):
            theirs = [wait for taken, wait in self.waits if taken.hour == hour]
            yield (
                f"  {hour:>2} 时  取号 {len(theirs):>3} 人  平均等 {fmean(theirs):>5.1f} 分钟  "
                f"最多同时等 {self.lines.get(hour, 0)} 人"
            )

    def _estimate(self) -> str:
        if not self.missed_by:
            return "估计：没有人先听到要等多久、后来被叫到，比不出准不准。"
        wrong = [minutes for minutes, _ in self.missed_by]
        inside = sum(1 for _, within in self.missed_by if within)
        bias = fmean(wrong)
        way = "比估计的久" if bias > 0 else "比估计的短"
        return (
            f"估计：{len(wrong)} 人取号时听到要等多久，{inside * 100 // len(wrong)}% 落在所说的范围里；"
            f"每人平均差 {fmean(map(abs, wrong)):.1f} 分钟，总的{way} {abs(bias):.1f} 分钟。"
        )
