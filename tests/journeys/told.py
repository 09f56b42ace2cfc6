"""How is a story told: who opens which page, what does he send, which days does the proof show, and what is in the file?"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.test import Client
from django.utils.module_loading import import_string

from onewindow.cases.models import Case
from onewindow.cases.recheck import recheck
from onewindow.cases.tick import tick
from onewindow.journal.models import Entry
from onewindow.journal.reads import verify
from onewindow.letters.models import Letter
from onewindow.people.models import Officer
from tests.cast import SEP24, Cast
from tests.web.citizen import on
from tests.web.desks import NUMBER, SHOP, at_desk, begin, marked
from tests.web.test_case import DOT

TAKER = {"taker_name": "王芳", "taker_paper_kind": "resident", "taker_paper": NUMBER, "relation": "本人"}


class Story:
    """One case of 王芳: every step is a page that somebody sends, and what follows from it is carried out at once."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self._carried = cast, 0

    @property
    def case(self) -> Case:
        return Case.objects.select_related("subject", "application").latest("pk")

    def she_finds_her_item(self, *words: str) -> None:
        """The first page and the guide, which nobody signs in for."""
        visitor = Client()
        with on(SEP24):
            assert visitor.get("/").status_code == 200
            guide = visitor.get(f"/items/{self.cast.version.item.address}/").content.decode()
        for word in (self.cast.version.name, *words):
            assert word in guide

    def at_the_window(
        self, do: str = "accept", when: datetime = SEP24, area: str = SHOP["area"], **lacking: str
    ) -> None:
        """李伟 reads her paper, chooses the item, fills in the form, marks each material and sends."""
        with on(when):
            liwei = at_desk(self.cast.liwei)
            told = SHOP | marked(self.cast, **lacking) | {"area": area, "do": do}
            sent = liwei.post(begin(liwei, self.cast), told)
        assert sent.status_code == 302, sent.content.decode()[:500]
        self._carried = 0
        self.carry_out()

    def does(self, who: Officer, act: str, when: datetime, **told: Any) -> None:
        """An act's page, opened and sent."""
        answer = self.tries(who, act, when, **told)
        assert answer.status_code == 302, (act, answer.status_code, answer.content.decode()[:3000])
        self.carry_out()

    def tries(self, who: Officer, act: str, when: datetime, **told: Any) -> Any:
        """The same, whatever the answer is."""
        with on(when):
            return at_desk(who).post(
                f"/cases/{self.case.number}/do/{act}/", {"seen": self.case.subject.length, **told}
            )

    def reads(self, who: Officer, when: datetime, *words: str, page: str = "") -> str:
        """A page of the case as the office sees it."""
        with on(when):
            answer = at_desk(who).get(f"/cases/{self.case.number}/{page}")
        assert answer.status_code == 200
        return _with(answer.content.decode(), words)

    def she_reads(self, when: datetime, *words: str, page: str = "") -> str:
        """The page of her case, which her number and code open; no name of an officer stands there."""
        case, visitor = self.case, Client()
        with on(when):
            visitor.post("/track/", {"number": case.number, "code": case.enquiry_code})
            shown = visitor.get(f"/track/{case.number}/{page}").content.decode()
        assert not any(name in shown for name in ("李伟", "张敏", "陈局"))
        return _with(shown, words)

    def proved(self, term: str, when: datetime, due: date, *words: str) -> str:
        """The proof of a term says this day, to the office and to her."""
        said = f"{due.year} 年 {due.month} 月 {due.day} 日（星期{'一二三四五六日'[due.weekday()]}）到期"
        self.she_reads(when, said, page=f"time/{term}/")
        return self.reads(self.cast.zhangmin, when, said, *words, page=f"time/{term}/")

    def time_passes(self, when: datetime) -> None:
        """The tick of that minute."""
        tick(when)
        self.carry_out()

    def she_takes_it(self, when: datetime) -> None:
        """She signs on the pad at the window."""
        self.does(self.cast.liwei, "hand-over", when, signature=f"data:image/png;base64,{DOT}", **TAKER)

    def carry_out(self) -> None:
        """The duties of every fact since the last time, as the worker does them."""
        case = self.case
        while fresh := list(
            Entry.objects.filter(subject=case.subject, place__gt=self._carried)
            .select_related("subject")
            .order_by("place")
        ):
            self._carried = fresh[-1].place
            for entry in fresh:
                for follower in settings.FOLLOWERS.get(entry.fact, ()):
                    import_string(follower)(entry)

    @property
    def letters(self) -> list[str]:
        return list(
            Letter.objects.filter(subject=self.case.subject).order_by("pk").values_list("kind", flat=True)
        )

    @property
    def facts(self) -> list[str]:
        """What happened, without the lights."""
        rows = Entry.objects.filter(subject=self.case.subject).exclude(fact="LightTurned").order_by("place")
        return list(rows.values_list("fact", flat=True))

    def is_whole(self, stage: str) -> None:
        """What is stored is what the facts say, and the journal's chain holds."""
        assert self.case.stage == stage
        assert list(recheck()) == []
        assert verify() == []


def _with(page: str, words: tuple[str, ...]) -> str:
    for word in words:
        assert word in page, word
    return page
