"""A second reckoning of the worked examples: slow, one day after another, sharing no code with `rules`.

It reads the notices and the statutory days from their files by itself.
"""

import tomllib
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from onewindow.rules.pack import Example, Kind, Pack, Term

PACKS = Path(__file__).resolve().parents[2] / "packs"
DAY = timedelta(days=1)
FAR = date(2099, 1, 1)
ANSWERS = ("Accepted", "CorrectionAsked", "Refused", "NotOurs", "NotNeeded", "Withdrawn")

# Typed here from the statute and the almanac, apart from the shipped file: the days off of 2027.
OFF_2027 = "01-01 02-05 02-06 02-07 02-08 02-09 02-10 04-05 05-01 05-02 05-03 05-04 06-09 09-15 10-01 10-02 10-03 10-04 10-05"


@cache
def days_of(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Days off and make-up working days of a year."""
    if year == 2027:
        return frozenset(date.fromisoformat(f"2027-{day}") for day in OFF_2027.split()), frozenset()
    table = tomllib.loads((PACKS / f"cn/calendar/{year}.toml").read_text(encoding="utf-8"))
    off = set()
    for row in table["holidays"]:
        day = row["from"]
        while day <= row["to"]:
            off.add(day)
            day += DAY
    return frozenset(off), frozenset(row["on"] for row in table["makeup"])


def is_worked(day: date) -> bool:
    off, makeup = days_of(day.year)
    return day in makeup or (day.weekday() not in (5, 6) and day not in off)


def after(start: date, days: int, out: frozenset[date] = frozenset()) -> date:
    """The last of so many working days, the first of them the day after the start; `out` are not counted."""
    day = start
    while days:
        day += DAY
        if is_worked(day) and day not in out:
            days -= 1
    return day


# 行政许可法 45, typed here from the statute; 42: ten days more.
EIGHT = ("听证", "招标", "拍卖", "检验", "检测", "检疫", "鉴定", "专家评审")


def taken_out(example: Example) -> frozenset[date] | None:
    """The days after the notice up to and with the end of each procedure; None while one has not ended."""
    withdrawn = next((step.on for step in example.history if step.fact == "Withdrawn"), None)
    ends = {step.told["procedure"]: step.on for step in example.history if step.fact == "ProcedureEnded"}
    out: set[date] = set()
    for step in example.history:
        if step.fact == "ProcedureBegun" and step.told["kind"] in EIGHT and example.kind is Kind.LICENCE:
            end = ends.get(step.told["procedure"], withdrawn)
            if end is None:
                return None
            out |= {step.on + DAY * n for n in range(1, (end - step.on).days + 1)}
    return frozenset(out)


def due(
    pack: Pack, example: Example, name: str, start: date, out: frozenset[date] | None = frozenset()
) -> date | None:
    kind = example.case_kind or ("即办件" if example.item_promised_days == 0 else "承诺件")
    term: Term | None = pack.term(name, example.kind, start, example.channel, kind)
    told = (example.item_legal_days, example.item_promised_days, example.item_above_days)
    days = term.days_for(*told) if term else None
    if days is None or out is None:
        return None
    if term and term.legal and name in ("decide", "first_look") and example.item_legal_unit == "calendar":
        day = start + DAY * days
        while not is_worked(day):  # 民法典 203
            day += DAY
        return day
    more = sum(step.told.get("days", 0) for step in example.history if step.fact == "Extended")
    return after(start, days + (more if name == "decide" else 0), out)


def promised_papers(example: Example) -> dict[str, date]:
    """Until when they are to be brought: the promise itself says how many days."""
    said = [step for step in example.history if step.fact in ("PapersDeferred", "SupplyReturned")]
    return {"supply_deferred_due": after(said[-1].on, said[-1].told["days"])} if said else {}


def reckon(pack: Pack, example: Example) -> dict[str, date]:
    """Every date that the history gives rise to."""
    on = {step.fact: step.on for step in example.history}
    found: dict[str, date | None] = {
        "accept_due": due(pack, example, "accept", on.get("PromiseTakenBack", on["Received"]))
    }
    accepted = on.get("Accepted")
    last = found["accept_due"]
    answered = [on[fact] for fact in ANSWERS if fact in on]
    late = last and (not answered or min(answered) > last) and (example.as_of or FAR) > last
    if late and example.kind is Kind.LICENCE and accepted is None:
        found |= {"deemed_on": last + DAY, "accepted_as_of": on["Received"]}
        accepted = on["Received"]
    if "CorrectionAsked" in on:
        found["answer_correction_due"] = due(pack, example, "answer_correction", on["CorrectionAsked"])
    if "CorrectionReceived" in on:
        found["check_correction_due"] = due(pack, example, "check_correction", on["CorrectionReceived"])
    if accepted:
        out = taken_out(example)
        found["decide_due"] = due(pack, example, "decide", accepted, out)
        found["first_look_due"] = due(pack, example, "first_look", accepted, out)
        found["promised_due"] = due(pack, example, "promised", accepted, out)
    found |= promised_papers(example)
    if "ExplanationAsked" in on:
        found["answer_explanation_due"] = due(pack, example, "answer_explanation", on["ExplanationAsked"])
    if decided := on.get("Granted") or on.get("RenewedByLaw"):
        found["deliver_due"] = due(pack, example, "deliver", decided)
    if "SentUp" in on:
        found["above_due"] = due(pack, example, "above", on["SentUp"])
        asked = on.get("ContactedAbove") or on["SentUp"]
        found["contact_above_due"] = due(pack, example, "contact_above", asked)
    if "GrantedAbove" in on:
        found["pass_on_due"] = due(pack, example, "pass_on", on["GrantedAbove"])
    return {name: day for name, day in found.items() if day}
