"""Rating: five grades, none chosen beforehand, the national reasons, once."""

import pytest
from django.test import Client

from onewindow.feedback.models import Rating
from onewindow.feedback.reasons import REASONS
from tests.cast import Cast, assemble, at
from tests.web.citizen import closed, granted, on, shown

OCT13 = at(10, 13)


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


def test_no_grade_is_chosen_and_every_reason_stands_under_its_grade(cast: Cast, client: Client) -> None:
    case = closed(cast)
    with on(OCT13):
        shown(client, case)
        html = client.get(f"/rate/{case.number}/").content.decode()
    assert "checked" not in html
    for code, (grade, words) in REASONS.items():
        group = html.split(f'data-show-if="grade={grade}"')[1].split("</fieldset>")[0]
        assert f'value="{code}"' in group
        assert words in group
    first = html.split('data-show-if="grade=5"')[1].split("<details")[0]
    assert first.count('name="reason"') == 3


def test_a_rating_is_kept_with_its_channel_and_given_once(cast: Cast, client: Client) -> None:
    case = closed(cast)
    address = f"/rate/{case.number}/"
    with on(OCT13):
        shown(client, case)
        client.post(address, {"grade": "5", "reason": ["510", "517"], "text": "很快"}, HTTP_USER_AGENT="Mobi")
        client.post(address, {"grade": "1"})
        html = client.get(address).content.decode()
    rating = Rating.objects.get()
    assert (rating.grade, rating.reasons, rating.text, rating.channel) == (5, [510, 517], "很快", "phone")
    assert "谢谢您的评价" in html
    assert "非常满意" in html


def test_a_bad_rating_is_told_who_reads_it_and_promised_nothing_more(cast: Cast, client: Client) -> None:
    case = closed(cast)
    with on(OCT13):
        shown(client, case)
        html = client.post(
            f"/rate/{case.number}/", {"grade": "2", "reason": "209"}, follow=True
        ).content.decode()
    assert "已经列在监督部门的清单上" in html
    assert "联系您" not in html  # nobody is bound to call yet: nothing promises it


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "请选择一个满意程度"),
        ({"grade": "5", "reason": "115"}, "对不上"),
        ({"grade": "７"}, "请选择一个满意程度"),
    ],
)
def test_a_rating_that_does_not_fit_says_why_and_keeps_what_was_typed(
    cast: Cast, client: Client, typed: dict[str, str], sentence: str
) -> None:
    case = closed(cast)
    with on(OCT13):
        shown(client, case)
        answer = client.post(f"/rate/{case.number}/", {**typed, "text": "<script>alert(1)</script>"})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert sentence in html
    assert "&lt;script&gt;alert(1)" in html
    assert not Rating.objects.exists()


def test_a_service_that_is_not_finished_or_long_past_is_not_rated(cast: Cast, client: Client) -> None:
    case = granted(cast)
    with on(OCT13):
        shown(client, case)
        assert client.get(f"/rate/{case.number}/").headers["Location"] == f"/track/{case.number}/"
    late = closed(cast)
    with on(at(11, 30)):
        shown(client, late)
        answer = client.post(f"/rate/{late.number}/", {"grade": "5"})
    assert "超过 30 天" in answer.content.decode()
    assert not Rating.objects.exists()
