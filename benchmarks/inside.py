"""不走网络的: B7 working days, B8 search, B12 the work list, B13 a letter, B15 an import."""

from __future__ import annotations

import csv
import io
import itertools
import random
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from statistics import median

from django.contrib.auth.hashers import check_password, make_password
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from benchmarks.found import Found
from benchmarks.people import People
from onewindow.cases.reads import work
from onewindow.catalogue.acts import ask_import, carry_out_import
from onewindow.catalogue.models import Item
from onewindow.config.import_items import Console
from onewindow.ground.clock import now, today
from onewindow.guidance import index, words
from onewindow.guidance.reads import Wanted, search
from onewindow.journal.models import Entry, Subject
from onewindow.letters.acts import issue
from onewindow.places.reads import here, workdays
from onewindow.rules.grants import SYSTEM

ITEMS, QUERIES = 20_000, 200
ROWS = 1135
PLACES = ["城关", "东风", "胜利", "光明", "新华", "人民", "解放", "建设", "和平", "友谊", "中山", "朝阳"]
THINGS = [
    "食品经营许可",
    "户口迁移",
    "居民身份证",
    "社会保险",
    "医疗保险",
    "婚姻登记",
    "不动产登记",
    "建设工程规划",
    "机动车登记",
    "驾驶证",
    "残疾人证",
    "老年人优待证",
    "公积金",
    "失业保险",
    "养老保险",
    "生育登记",
    "结业证书",
    "教师资格",
    "护士执业",
    "医疗机构",
    "药品经营",
    "公共场所卫生",
    "取水许可",
    "排水许可",
    "林木采伐",
    "烟草专卖",
    "道路运输",
    "出租汽车",
    "特种设备",
    "计量器具",
    "企业设立",
    "个体工商户",
    "农民合作社",
    "社会团体",
    "民办学校",
    "文物保护",
    "广告发布",
    "宗教活动",
    "殡葬服务",
    "社会救助",
]
DEEDS = ["新办", "变更", "延续", "注销", "补办", "换领", "查询", "备案", "年检", "登记"]
KINDS = ["一般", "简易", "告知承诺", "跨省通办", "网上"]


def _times(act: Callable[[int], object], times: int) -> list[float]:
    """Milliseconds of each call, sorted."""
    found = []
    for n in range(times):
        began = time.perf_counter()
        act(n)
        found.append((time.perf_counter() - began) * 1000)
    return sorted(found)


def _at(found: list[float], percent: int) -> float:
    return found[min(len(found) - 1, len(found) * percent // 100)]


def days() -> Found:
    """B7: twenty working days from each day of two years, against counting day by day."""
    calendar, first = workdays(), date(2024, 1, 1)
    starts = [first + timedelta(days=n) for n in range(732)]
    last = date(max(one.year for one in calendar.years if one.noticed), 12, 15)
    marked = calendar.provisional(last, calendar.add(last, 20))
    wrong = sum(calendar.add(start, 20) != _counted(start) for start in starts)
    times, began = 200, time.perf_counter()
    for _ in range(times):
        for start in starts:
            calendar.add(start, 20)
    rate = times * len(starts) / (time.perf_counter() - began)
    figure = f"每秒 {rate:,.0f} 次，{len(starts)} 个起算日错 {wrong} 个；没有放假通知的年份{'标' if marked else '没标'}暂定"
    met = rate >= 1_000_000 and not wrong and marked
    return Found("B7", "加 20 个工作日", figure, "≥ 1,000,000，错 0 个，标暂定", met)


def _counted(start: date) -> date:
    day, left = start, 20
    while left:
        day += timedelta(days=1)
        left -= workdays().day(day).works
    return day


def searching() -> Iterator[Found]:
    """B8: 20,000 items, 200 questions, in this process with its own connection."""
    names = _items()
    began = time.perf_counter()
    index.rebuild(here().code)
    built = time.perf_counter() - began
    chance = random.Random(7)
    asked = _queries(names, chance)
    for one in asked[:20]:
        search(here().code, Wanted(words=one))
    for label, some in (("全部", asked), ("两个字的", [one for one in asked if len(one) == 2])):
        found = _times(partial(_ask, some), len(some))
        figure = f"p50 {_at(found, 50):.1f}，p95 {_at(found, 95):.1f} 毫秒（{len(some)} 问）"
        yield Found("B8", f"搜索 {ITEMS:,} 个事项，{label}", figure, "p95 ≤ 20 毫秒", _at(found, 95) <= 20)
    met, there = _met(asked, names)
    yield Found(
        "B8", "名称里有这几个字的都找得到", f"{met}/{there}，建索引 {built:.0f} 秒", "全部", met == there
    )


def _ask(some: list[str], n: int) -> object:
    return search(here().code, Wanted(words=some[n]))


def _items() -> list[str]:
    """So many listed items, none of them like another."""
    ways = itertools.product(PLACES, THINGS, DEEDS, KINDS)
    names = [f"{place}{thing}{deed}（{kind}）" for place, thing, deed, kind in ways][:ITEMS]
    county = here().code
    if Item.objects.filter(county=county, local_code="B0").exists():  # an earlier run in a kept folder
        return names
    office = Item.objects.filter(county=county, department__isnull=False).values_list(
        "department", flat=True
    )[0]
    with transaction.atomic():
        subjects = Subject.objects.bulk_create(
            [Subject(county=county, kind="item", number=f"B{n}") for n in range(len(names))], batch_size=2000
        )
        Item.objects.bulk_create(
            [
                Item(
                    county=county,
                    subject=subject,
                    department_id=office,
                    local_code=f"B{n}",
                    state=Item.State.LISTED,
                    name=name,
                    kind="公共服务",
                    changed_at=now(),
                )
                for n, (name, subject) in enumerate(zip(names, subjects, strict=True))
            ],
            batch_size=1000,
        )
    return names


def _queries(names: list[str], chance: random.Random) -> list[str]:
    """Names, things with a deed, beginnings, parts, and words of two characters."""
    asked = [name.partition("（")[0] for name in chance.sample(names, 60)]
    asked += [chance.choice(THINGS) + chance.choice(DEEDS) for _ in range(60)]
    asked += [name[: chance.randint(3, 6)] for name in chance.sample(names, 40)]
    asked += [thing[:2] for thing in THINGS]
    return asked[:QUERIES]


def _met(asked: list[str], names: list[str]) -> tuple[int, int]:
    """Of the questions that stand in a name letter for letter: how many show such an item among the first 20."""
    there = [one for one in asked if any(one in name for name in names)]
    met = 0
    for one in there:
        ids = [hit.item for hit in search(here().code, Wanted(words=one)).hits[:20]]
        shown = Item.objects.filter(pk__in=ids).values_list("name", flat=True)
        met += any(words.fold(one) in words.fold(name) for name in shown)
    return met, len(there)


def work_list(sizes: list[tuple[int, list[float]]]) -> Found:
    """B12: the examiner's list by light and due date with the counts of all lists, in each database."""
    told = [
        f"{cases:,} 件：p50 {p50:.1f}，p95 {p95:.1f} 毫秒，{n:.0f} 条语句" for cases, (p50, p95, n) in sizes
    ]
    met = all(p95 <= 50 and n <= 5 for _, (_, p95, n) in sizes)
    return Found("B12", "审核员的待办", "；".join(told), "≤ 50 毫秒，≤ 5 条语句，不随件数变慢", met)


def listing(people: People) -> list[float]:
    """Median and 95th percentile in milliseconds, and the number of statements."""

    def read(_: int = 0) -> None:
        work.page(people.examiner, work.TABS["examine"], today())
        work.counts(people.examiner)

    read()
    with CaptureQueriesContext(connection) as asked:
        read()
    found = _times(read, 60)
    return [_at(found, 50), _at(found, 95), float(len(asked))]


def letter(people: People) -> Found:
    """B13: one sealed PDF from a fact, after warming up."""
    entries = list(
        Entry.objects.filter(fact="Accepted", letters__isnull=True)
        .select_related("subject")
        .order_by("-pk")[:33]
    )
    spans = []
    for n, entry in enumerate(entries):
        began, cpu = time.perf_counter(), time.process_time()
        issue(entry, by=SYSTEM, kind="accepted")
        if n >= 3:
            spans.append(((time.perf_counter() - began) * 1000, (time.process_time() - cpu) * 1000))
    took, spent = sorted(one for one, _ in spans), sorted(cpu for _, cpu in spans)
    figure = f"p50 {_at(took, 50):.0f}，p95 {_at(took, 95):.0f} 毫秒；CPU {median(spent):.0f} 毫秒"
    return Found("B13", "一份盖章签名的文书", figure, "p50 ≤ 50 毫秒", _at(took, 50) <= 50)


def importing(path: Path | None) -> Iterator[Found]:
    """B15: a dry run and the load of a file of items."""
    content = path.read_bytes() if path else _sheet()
    name = path.name if path else "items.csv"
    total = 0.0
    for dry in (True, False):
        by, at, began = Console(), now(), time.perf_counter()
        run = ask_import(here(), by=by, at=at, content=content, name=name, dry=dry, add_departments=True)
        carry_out_import(here(), run, by=by, at=at)
        run.refresh_from_db()
        total += time.perf_counter() - began
    figure = f"{run.total} 行试导入和导入共 {total:.1f} 秒（新增 {run.added}，拒绝 {run.refused}）"
    yield Found("B15", f"导入事项{'' if path else '（生成的表）'}", figure, "≤ 10 秒", total <= 10)


def _sheet() -> bytes:
    """A file of items in the export's columns."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(
        ["事项名称", "实施主体", "事项类型", "地方实施编码", "法定办结时限", "承诺办结时限", "咨询电话"]
    )
    ways = itertools.product(THINGS, DEEDS, KINDS)
    for n, (thing, deed, kind) in enumerate(itertools.islice(ways, ROWS)):
        row = [f"{thing}{deed}（{kind}）", "测试县市场监督管理局", "公共服务", f"BENCH{now():%H%M%S}{n:06d}"]
        writer.writerow([*row, "20工作日", "5工作日", "0000-0000000"])
    return ("\ufeff" + text.getvalue()).encode()


def sign_in() -> Found:
    """What one check of a password costs by design; nothing else here pays it."""
    kept = make_password("yichuang-2026")
    found = _times(lambda _: check_password("yichuang-2026", kept), 3)
    return Found(
        "登录", "核对一次密码（argon2）", f"{median(found):.0f} 毫秒", "有意为之，不计入其他项", None
    )
