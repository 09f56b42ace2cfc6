"""A catalogue of many generated items, and the search over it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime
from itertools import islice, product
from typing import Any

import pytest
from django.db import transaction

from onewindow.catalogue.models import Item
from onewindow.ground.clock import SHANGHAI
from onewindow.guidance import index
from onewindow.journal.models import Subject
from onewindow.places.models import Department

CODE = "411521000000"
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=SHANGHAI)
OFFICES = (
    "公安局",
    "民政局",
    "人力资源和社会保障局",
    "市场监督管理局",
    "卫生健康委员会",
    "交通运输局",
    "自然资源局",
    "教育局",
)
THINGS = (
    "居民身份证", "户口簿", "社会保障卡", "食品经营许可", "药品零售许可", "机动车驾驶证", "不动产权证书", "道路货物运输经营许可",
    "医疗机构执业许可", "公共场所卫生许可", "民办学校办学许可", "残疾人证", "结婚登记", "养老保险待遇", "失业保险金", "工伤认定",
    "建筑工程施工许可", "取水许可", "林木采伐许可", "渔业捕捞许可", "种子生产经营许可", "动物防疫条件合格证", "烟草专卖零售许可证",
    "人力资源服务许可", "劳务派遣经营许可", "娱乐场所经营许可", "旅行社设立许可", "印刷企业设立许可", "营业性演出许可", "文物拍摄许可",
    "临时占用城市道路", "户外广告设置", "排水许可", "燃气经营许可", "供热经营许可", "商品房预售许可", "住房公积金提取", "廉租住房保障",
    "最低生活保障金", "特困人员救助供养", "临时救助金", "高龄津贴", "孤儿基本生活费", "退役军人优待证", "义务教育入学", "教师资格认定",
    "护士执业注册", "医师执业注册", "母婴保健技术服务许可", "生育登记",
)  # fmt: skip
VERBS = ("核发", "换发", "补发", "变更", "延续", "注销", "备案", "年度检验")
WHOM = ("（个人）", "（企业）", "（机关事业单位）", "（农村居民）", "（外国人）")


def names(count: int) -> list[str]:
    """Different names of the usual make; the same ones every time."""
    return [f"{thing}{verb}{whom}" for thing, verb, whom in islice(product(THINGS, VERBS, WHOM), count)]


def fill(count: int, county: str = CODE) -> list[Item]:
    """`count` published items with their index; beyond the generated names, the same in numbered districts."""
    offices = Department.objects.bulk_create(
        Department(
            county=county,
            key=f"k{n}",
            name=f"罗山县{name}",
            short=name[:4],
            uscc="0" * 18,
            phone="0000-0000000",
        )
        for n, name in enumerate(OFFICES)
    )
    told = names(count)
    told += [f"{told[n % len(told)]}第{n // len(told)}片区" for n in range(len(told), count)]
    subjects = Subject.objects.bulk_create(
        Subject(county=county, kind="item", number=f"{n:06}") for n in range(count)
    )
    dice = random.Random(20261123)
    items = Item.objects.bulk_create(
        Item(
            county=county,
            subject=subjects[n],
            department=dice.choice(offices),
            local_code=f"TEST-{n:06}",
            state=Item.State.PUBLISHED if n % 5 else Item.State.LISTED,
            name=name,
            kind=dice.choice(("行政许可", "行政确认", "公共服务")),
            audience=dice.sample(("自然人", "企业法人", "个体工商户"), 2),
            themes=dice.sample(("证件办理", "社会保障", "准营准办", "职业资格"), 2),
            aliases=[],
            online_depth=n % 4,
            changed_at=NOW,
        )
        for n, name in enumerate(told)
    )
    index.rebuild(county)
    return items


@pytest.fixture(scope="module")
def filled(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[Item]]:
    """2,000 items, made once for a module and rolled back after it; each test rolls back its own."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield fill(2000)
        transaction.set_rollback(True)


@pytest.fixture
def many(filled: list[Item], db: None) -> list[Item]:
    return filled
