"""情形: what is filled in online is asked for by no upload."""

from onewindow.catalogue import text
from onewindow.catalogue.demo.format import read_all
from onewindow.catalogue.models import Material
from onewindow.intake.situation import filled_in_online


def named(name: str, fill: str) -> Material:
    return Material(name=name, detail={"fill": fill})


def test_an_application_that_is_filled_in_online_is_not_uploaded_as_well() -> None:
    assert filled_in_online(named("高龄津贴申请表", "在线填写，或者由村（社区）代填念给老人听。"))
    assert filled_in_online(named("公司登记（备案）申请书", "双方在线填写并签名。"))
    assert not filled_in_online(named("高龄津贴申请表", "到村里领表，手写。"))
    assert not filled_in_online(named("授权委托书", "可以在线填写委托人，下载后签名。"))


def test_no_item_of_the_demonstration_asks_for_an_upload_of_what_its_guide_says_is_filled_in_online() -> None:
    found = 0
    for item in read_all():
        for one in text.of_file(item, "罗山县").materials:
            says = "在线填" in one.detail.get("fill", "")
            found += says
            assert filled_in_online(named(one.name, one.detail.get("fill", ""))) == says, (item.key, one.name)
    assert found > 40
