"""Situation questions written on the draft page: asked, used by materials, and refused where they do not fit."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse

from onewindow.catalogue.models import Item
from onewindow.catalogue.text import VersionText, of_version
from onewindow.people.models import Post
from onewindow.rules.grants import Grant
from tests.cast import SEP24, Cast, assemble
from tests.web.citizen import on
from tests.web.desks import Desk, at_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def zhangmin(cast: Cast) -> Desk:
    post = Post.objects.get(held__officer=cast.zhangmin)
    post.grants = [*post.grants, Grant.CATALOGUE_DRAFT.value]
    post.save()
    return at_desk(cast.zhangmin)


def page(desk: Desk, item: Item) -> HttpResponse:
    return desk.get(f"/catalogue/{item.pk}/draft/")


def as_it_stands(opened: Any) -> dict[str, Any]:
    """What a browser would send when the page is saved without a change."""
    forms = [opened.context["form"], *(row for _, _, rows in opened.context["sets"] for row in rows)]
    forms += [rows.management_form for _, _, rows in opened.context["sets"]]
    told = {field.html_name: field.value() for form in forms for field in form}
    return {
        name: "on" if value is True else value
        for name, value in told.items()
        if value is not None and value is not False
    }


def row(sent: dict[str, Any], part: str, **fields: str) -> dict[str, Any]:
    """One more row in a list of the page."""
    count = int(sent[f"{part}-TOTAL_FORMS"])
    blank = next(
        (n for n in range(count) if not any(sent.get(f"{part}-{n}-{name}") for name in fields)), count
    )
    sent[f"{part}-TOTAL_FORMS"] = max(count, blank + 1)
    return sent | {f"{part}-{blank}-{name}": value for name, value in fields.items()}


def newest(item: Item) -> VersionText:
    return of_version(item.versions.order_by("-number").first())


def asked(sent: dict[str, Any]) -> dict[str, Any]:
    """谁来申请, with two answers; one of them is dealt with at a window."""
    sent = row(sent, "questions", key="agent", ask="谁来申请？")
    sent = row(sent, "answers", of="agent", key="self", label="本人")
    way = "由村委会代办的人到窗口交，您不用自己填。"
    return row(sent, "answers", of="agent", key="village", label="村委会代办", way=way, window_only="on")


def test_questions_with_their_answers_are_written_on_the_page_and_decide_a_material(
    cast: Cast, zhangmin: Desk
) -> None:
    item = cast.version.item
    with on(SEP24):
        sent = asked(as_it_stands(page(zhangmin, item))) | {"materials-0-when": "agent=self"}
        saved = zhangmin.post(f"/catalogue/{item.pk}/draft/", sent)
        assert saved.status_code == 302, saved.context["form"].errors
        again = page(zhangmin, item)
    text = newest(item)
    (question,) = text.content["questions"]
    assert question["ask"] == "谁来申请？"
    assert [(one["key"], one["window_only"]) for one in question["options"]] == [
        ("self", False),
        ("village", True),
    ]
    assert [one.detail.get("when", []) for one in text.materials] == [["agent=self"], [], []]
    said = again.content.decode()
    assert "由村委会代办的人到窗口交" in said
    with on(SEP24):
        assert zhangmin.post(f"/catalogue/{item.pk}/draft/", as_it_stands(again)).status_code == 302
    assert newest(item).content == text.content  # saved again without a change, it says the same


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"materials-0-when": "agent=son"}, "申请材料里的情形 agent=son 没有对应的答案"),
        (
            {"conditions-0-text": "有固定经营场所", "conditions-0-when": "who=self"},
            "受理条件里的情形 who=self 没有对应的答案",
        ),
        ({"answers-1-of": "who"}, "答案写的问题代号 who 不在“情形问题”里"),
        ({"answers-1-key": "self"}, "答案代号 agent=self 用了两次"),
        ({"answers-1-way": "", "answers-1-window_only": ""}, "情形问题 agent 不影响任何材料"),
    ],
)
def test_what_does_not_fit_together_is_told_and_nothing_is_lost(
    cast: Cast, zhangmin: Desk, wrong: dict[str, str], told: str
) -> None:
    item = cast.version.item
    with on(SEP24):
        sent = asked(as_it_stands(page(zhangmin, item))) | wrong
        refused = zhangmin.post(f"/catalogue/{item.pk}/draft/", sent)
    said = refused.content.decode()
    assert refused.status_code == 200
    assert told in said
    assert "谁来申请？" in said
    assert "questions" not in newest(item).content or newest(item).content["questions"] == []
