"""The search as a page: what it shows, how it is narrowed down, and what helps when nothing is found."""

from __future__ import annotations

import pytest
from django.test import Client

from onewindow.catalogue.models import Item
from onewindow.guidance.models import Missed
from onewindow.places.models import County
from tests.guidance.conftest import CODE


@pytest.fixture
def county(many: list[Item]) -> County:
    return County.objects.create(code=CODE, name="罗山县", pack="luoshan", demo=True, phone="0000-0000000")


def test_the_page_shows_hits_marks_what_was_typed_and_leads_to_the_guide(
    client: Client, county: County
) -> None:
    page = client.get("/search/", {"q": "结婚登记"}).content.decode()
    assert "找到 40 个事项" in page
    assert "<mark>结婚登记</mark>" in page
    assert f"/items/{Item.objects.get(name='结婚登记核发（企业）').local_code}/" in page


def test_pages_go_on_where_the_one_before_ended_and_a_page_beyond_is_the_last(
    client: Client, county: County
) -> None:
    def items(number: str) -> list[str]:
        page = client.get("/search/", {"q": "结婚登记", "page": number}).content.decode()
        return [part.split("/")[0] for part in page.split('href="/items/')[1:]]

    one, two = items("1"), items("2")
    assert len(one) == len(two) == 20
    assert not set(one) & set(two)
    assert items("99") == two
    assert items("x") == one


def test_a_chosen_facet_is_kept_and_can_be_taken_back(client: Client, county: County) -> None:
    page = client.get("/search/", {"q": "结婚登记", "kind": "行政确认"}).content.decode()
    assert 'aria-current="true"' in page
    assert 'name="kind" value="行政确认"' in page


def test_nothing_found_gives_help_and_is_remembered_without_numbers_of_people(
    client: Client, county: County
) -> None:
    page = client.get("/search/", {"q": "魑魅魍魉"}).content.decode()
    assert "没有找到“魑魅魍魉”" in page
    assert "换个说法试试" in page
    assert "罗山县公安局" in page
    assert "0000-0000000" in page
    client.get("/search/", {"q": "魑魅魍魉"})
    client.get("/search/", {"q": "魍魉 99152319880304"})
    assert list(Missed.objects.values_list("typed", "times")) == [("魑魅魍魉", 2)]


def test_script_in_the_question_is_shown_as_text(client: Client, county: County) -> None:
    page = client.get("/search/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert(1)" not in page


def test_a_page_of_results_costs_eight_statements_at_most(
    client: Client, county: County, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        client.get("/search/", {"q": "饭馆许可"})
