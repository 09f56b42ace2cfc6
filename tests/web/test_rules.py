"""The page of rules: each beside its clause and words, the difference of two places, the archived text."""

import hashlib

import pytest
from django.conf import settings
from django.test import Client

from onewindow.cases.reads.public import granted as read
from onewindow.packs.acted import LATER_WORDS
from onewindow.packs.reads import explain
from onewindow.places.reads import pack_of
from tests.cast import Cast, assemble, at
from tests.web.citizen import granted, on

OCT9 = at(10, 9)


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


def page(client: Client, address: str, **query: str) -> str:
    with on(OCT9):
        return client.get(address, query).content.decode()


def test_every_rule_stands_beside_its_clause_and_its_words(cast: Cast, client: Client) -> None:
    html = page(client, "/rules/")
    rows = [row for row in explain(pack_of("luoshan"), OCT9.date()) if row.in_force]
    assert len(rows) > 80
    for row in rows:
        assert row.title in html
        for quote in row.quotes:
            assert quote.clause in html
            assert quote.quote.replace("'", "&#x27;").replace('"', "&quot;") in html


def test_what_this_release_does_not_act_on_says_so(cast: Cast, client: Client) -> None:
    html = page(client, "/rules/")
    rows = [row for row in explain(pack_of("luoshan"), OCT9.date()) if row.in_force]
    assert html.count(LATER_WORDS + "</span>") == sum(row.later for row in rows if row.quotes) > 5
    assert html.count("尚未启用</span>") == sum(row.later for row in rows)
    part = html.partition(">超过承诺时限</h3>")[2].partition("</article>")[0]
    assert "本版尚未启用" in part
    assert LATER_WORDS not in html.partition(">一次告知全部补正内容</h3>")[2].partition("</article>")[0]


def test_a_local_setting_carries_its_words(cast: Cast, client: Client) -> None:
    html = page(client, "/rules/", q="补正答复期限")
    assert html.count("本地设定，文件未规定") >= 2
    assert "15个工作日" in html


def test_searching_within_finds_words_of_the_clause(cast: Cast, client: Client) -> None:
    html = page(client, "/rules/", q="督查股")
    assert "投诉受理" in html
    assert "受理期限" not in html.split("ow-rules__bar")[1]
    assert "没有找到" in page(client, "/rules/", q="量子纠缠")


def test_two_places_are_put_side_by_side(cast: Cast, client: Client) -> None:
    html = page(client, "/rules/compare/", a="luoshan", b="hedong")
    assert "窗口无权否决" in html
    assert "没有规定" in html
    assert "河东区" in html
    with on(OCT9):
        assert client.get("/rules/compare/", {"a": "luoshan", "b": "nowhere"}).status_code == 404


@pytest.mark.parametrize("place", ["luoshan", "hedong", "zhanhe", "fangcheng", "jining"])
def test_the_archived_text_is_the_one_whose_fingerprint_is_shown(
    place: str, db: None, client: Client
) -> None:
    assemble(pack=place)
    source = next(s for s in pack_of(place).sources.values() if s.text and s.text.startswith(place))
    html = page(client, f"/rules/text/{source.id}/")
    assert source.sha256 in html
    with on(OCT9):
        raw = client.get(f"/rules/text/{source.id}/raw/").content
    assert hashlib.sha256(raw).hexdigest() == source.sha256
    assert raw == (settings.PACKS_DIR / source.text).read_bytes()


def test_a_text_that_is_not_archived_is_not_found(cast: Cast, client: Client) -> None:
    with on(OCT9):
        assert client.get("/rules/text/xkf/").status_code == 404
        assert client.get("/rules/text/../../etc/").status_code == 404


def test_granted_licences_are_public_with_persons_masked(cast: Cast, client: Client) -> None:
    case = granted(cast)
    html = page(client, "/public/granted/")
    assert "王*" in html
    assert "王芳" not in html
    assert case.decision.result_number in html
    assert "食品经营许可证" in html
    assert "没有找到" in page(client, "/public/granted/", q="采矿")


def test_the_list_of_granted_licences_is_paged_by_key_and_costs_two_statements(
    cast: Cast, client: Client, django_assert_max_num_queries
) -> None:
    cases = [granted(cast) for _ in range(3)]
    first = read(cast.county.code, size=2)
    rest = read(cast.county.code, size=2, after=first.after)
    numbers = [row.result_number for row in (*first.rows, *rest.rows)]
    assert numbers == [case.decision.result_number for case in reversed(cases)]
    assert rest.after == ""
    with on(OCT9), django_assert_max_num_queries(2):
        client.get("/public/granted/", {"after": "nonsense_"})


def test_a_denied_or_other_decision_is_not_on_the_public_list(db: None, client: Client) -> None:
    other = assemble(kind="行政给付")
    granted(other)
    assert "还没有准予的许可" in page(client, "/public/granted/")
