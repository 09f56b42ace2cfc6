"""结果怎样给您: the ways of the item, what is chosen beforehand, and who pays the post."""

from datetime import date

import pytest

from onewindow.catalogue.models import ItemVersion
from onewindow.intake import delivery
from onewindow.places.reads import pack_of
from onewindow.web.forms.told import ToldForm

TODAY = date(2026, 9, 24)


def version(*listed: str, visits: int = 0) -> ItemVersion:
    content = {"result": {"delivery": list(listed)}, "service": {"visits": visits}}
    return ItemVersion(kind="行政许可", content=content)


CARD = ("窗口领取", "邮寄送达")
LICENCE = ("下载电子证照", "窗口领取", "邮寄送达")


@pytest.mark.parametrize(
    ("listed", "offered"),
    [
        (LICENCE, ("download", "counter", "courier")),
        (CARD, ("counter", "courier")),
        (("下载电子证明",), ("download", "counter")),
        (("银行转账", "短信告知"), ("download", "courier", "counter")),
    ],
)
def test_the_ways_are_those_of_the_guide_and_always_a_paper_at_the_window(
    listed: tuple[str, ...], offered: tuple[str, ...]
) -> None:
    assert delivery.ways(version(*listed)) == offered


HOME = "石榴路测试 1 号"


@pytest.mark.parametrize(
    ("listed", "visits", "agreed", "free", "address", "chosen"),
    [
        (LICENCE, 0, True, False, "", "download"),
        (LICENCE, 0, False, True, HOME, "courier"),
        (LICENCE, 0, False, False, HOME, ""),
        (LICENCE, 0, False, True, "", ""),
        (("银行转账", "短信告知"), 0, False, True, HOME, ""),
        (LICENCE, 1, False, True, HOME, "counter"),
        (CARD, 1, True, False, HOME, "counter"),
        (("窗口领取",), 0, False, False, "", "counter"),
    ],
)
def test_nobody_is_sent_to_the_window_or_made_to_pay_without_choosing_it(
    listed: tuple[str, ...], visits: int, agreed: bool, free: bool, address: str, chosen: str
) -> None:
    item = version(*listed, visits=visits)
    assert delivery.first(item, e_service=agreed, free=free, address=address) == chosen


def test_postage_is_called_free_only_where_a_text_says_so() -> None:
    item = version(*LICENCE)
    assert delivery.post_free(pack_of("luoshan"), item, TODAY) is None
    free = delivery.post_free(pack_of("jining"), item, TODAY)
    assert free is not None
    assert free.cite.quote == "实行免费物流寄递服务"
    said, unsaid = ToldForm(version=item, post="济宁市规定第四条"), ToldForm(version=item)
    assert ("courier", "邮寄，免费") in said.fields["delivery_way"].choices
    assert "济宁市规定第四条" in said.fields["delivery_way"].help_text
    assert ("courier", "邮寄") in unsaid.fields["delivery_way"].choices
    assert "没有规定" in unsaid.fields["delivery_way"].help_text


def test_an_item_that_is_not_posted_asks_for_no_address() -> None:
    form = ToldForm(
        {"phone": "10095715339", "delivery_way": "courier", "declared": "on"}, version=version("窗口领取")
    )
    assert "delivery_address" not in form.fields
    assert "delivery_way" in form.errors
