"""算例核对: does the clock give the dates that a person worked out by hand?"""

from datetime import date

from onewindow.packs.rehearsal import Impossible, compared, of_example, rehearse
from onewindow.rules.pack import Example, Pack
from onewindow.rules.workdays import Calendar


def disagreements(pack: Pack, example: Example, calendar: Calendar) -> list[str]:
    """What the clock says otherwise than the example, one sentence for each date; empty when all agree."""
    where = f"政策包 {pack.id}：算例“{example.name}”"
    try:
        rows = sorted(compared(reckoned(pack, example, calendar), example))
    except Impossible as wrong:
        return [f"{where}走不下去：{wrong}"]
    return [
        f"{where}的 {name}：手算 {_day(by_hand)}，程序算出 {_day(found)}"
        for name, by_hand, found in rows
        if by_hand != found
    ]


def reckoned(pack: Pack, example: Example, calendar: Calendar) -> dict[str, date]:
    """Every date that the clock gives for the history of an example."""
    return rehearse(of_example(example), pack, calendar).dates()


def provisional(pack: Pack, example: Example, calendar: Calendar) -> set[str]:
    """The dates of an example that rest on a year without its notice."""
    now = rehearse(of_example(example), pack, calendar).now
    return {f"{state.term.name}_due" for state in now.terms if state.reckoning.provisional}


def _day(day: date | None) -> str:
    return day.isoformat() if day else "没有"
