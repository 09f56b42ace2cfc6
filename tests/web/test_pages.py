"""Whole pages: what every page says, what a fault says, what may never stand in a page, and can it be read?"""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.views import defaults

from onewindow.web import context
from onewindow.web.views import mode, styleguide

WEB = Path(context.__file__).parent
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
PIECES = {"field_attrs.html", "field_notes.html", "mark.html"}  # of another part
PARTS = [file for file in TEMPLATES if file.parent.name == "parts" and file.name not in PIECES]
OWN_STATIC = sorted((WEB / "static" / "ow").iterdir())
LUOSHAN = SimpleNamespace(
    name="罗山县",
    brand="网上办事大厅",
    hall_name="罗山县政务服务中心",
    address="罗山县测试街道测试路 36 号",
    hours="周一至周五 8:30–12:00",
    phone="0000-0000000",
)


# --- whole pages


def test_the_head_shows_only_the_entries_that_it_was_given() -> None:
    nav = [{"label": "办事", "url": "/search/", "current": True}]
    html = render_to_string("home.html", {"place": LUOSHAN, "nav": nav})
    assert re.findall(r'<a href="([^"]+)" aria-current="page">办事', html) == ["/search/"]
    assert "主导航" not in render_to_string("home.html", {"place": LUOSHAN})


def test_a_demonstration_says_so_on_every_page() -> None:
    for name in ("home.html", "404.html", "account/locked.html", "base_desk.html"):
        assert "演示" in render_to_string(name, {"place": LUOSHAN, "demo": True}), name
        assert "演示" not in render_to_string(name, {"place": LUOSHAN, "demo": False}), name


def test_the_elder_mode_is_drawn_by_the_server() -> None:
    assert 'data-mode="elder"' in render_to_string("home.html", {"elder": True})
    assert 'data-mode="elder"' not in render_to_string("home.html", {"elder": False})


def test_a_home_page_without_items_says_that_they_are_not_yet_published() -> None:
    assert "还没有发布办事指南" in render_to_string("home.html", {"place": LUOSHAN})


def test_the_search_of_the_home_page_goes_to_the_search() -> None:
    html = render_to_string("home.html", {"place": LUOSHAN})
    assert re.search(r'<form class="ow-find"[^>]* action="/search/" method="get">', html)
    assert 'name="q"' in html


def fault_pages() -> list[tuple[int, HttpResponse]]:
    request = RequestFactory().get("/nowhere/")
    return [
        (400, defaults.bad_request(request, Exception())),
        (403, defaults.permission_denied(request, Exception("您的岗位没有“受理”的权限。"))),
        (404, defaults.page_not_found(request, Exception())),
        (500, defaults.server_error(request)),
    ]


@pytest.mark.django_db
def test_every_fault_has_a_chinese_page_that_says_what_to_do_next() -> None:
    for status, page in fault_pages():
        html = page.content.decode()
        assert page.status_code == status
        assert f"错误号 {status}" in html
        assert len(re.findall(r"<li>[^<]{8,}", html)) >= 2, status
        assert 'href="/"' in html


@pytest.mark.django_db
def test_a_refusal_shows_its_own_sentence() -> None:
    assert "您的岗位没有“受理”的权限。" in fault_pages()[1][1].content.decode()


@pytest.mark.parametrize("name", ["500.html", "503.html", "400.html", "403_csrf.html", "offline.html"])
def test_a_page_of_faults_needs_neither_context_nor_request(name: str) -> None:
    html = render_to_string(name)
    assert "<h1>" in html
    assert "data-hold" in html


def test_signing_out_is_a_post_from_every_desk() -> None:
    html = render_to_string(
        "base_desk.html",
        {"place": LUOSHAN, "account": SimpleNamespace(display_name="李伟"), "desk_where": "3 号窗口"},
    )
    assert re.search(r'<form action="[^"]*logout/" method="post"', html)
    assert "3 号窗口" in html
    assert "李伟" in html


def test_the_page_of_all_parts_is_there_in_a_demonstration_only(settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(styleguide.Http404):
        styleguide.styleguide(RequestFactory().get("/styleguide/"))
    for name in ("styleguide.html", "styleguide_desk.html"):
        html = render_to_string(name, styleguide.parts() | {"place": LUOSHAN})
        ids = re.findall(r' id="([^"]+)"', html)
        assert "超期 1 天" in html or "受理并打印" in html
        assert len(ids) == len(set(ids)), name


def test_the_mode_is_remembered_and_the_way_back_stays_on_this_site() -> None:
    ask = RequestFactory()
    there = mode.display_mode(ask.get("/mode/", {"to": "elder", "next": "/items/1/?a=b"}))
    assert (there.status_code, there["Location"]) == (302, "/items/1/?a=b")
    assert there.cookies["ow_mode"].value == "elder"
    back = mode.display_mode(ask.get("/mode/", {"to": "plain", "next": "//evil.example/x"}))
    assert back["Location"] == "/"
    assert back.cookies["ow_mode"]["max-age"] == 0


@pytest.mark.django_db
def test_every_page_knows_its_place_and_reads_the_county_only_when_it_shows_it(
    django_assert_num_queries: Any,
) -> None:
    from onewindow.places.models import County

    County.objects.create(code="411521000000", name="罗山县", pack="luoshan", phone="0000-1000001")
    request = RequestFactory().get("/")
    request.COOKIES["ow_mode"] = "elder"
    with django_assert_num_queries(0):
        known = context.page(request)
    with django_assert_num_queries(1):
        assert known["place"].hall_name == "罗山县政务服务中心"
    assert known["elder"] is True
    assert known["place"].phone == "0000-1000001"


# --- what may never stand in a page


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_no_template_carries_inline_style_or_script(file: Path) -> None:
    html = file.read_text("utf-8")
    html = re.sub(r"\{[%{].*?[%}]\}", "", html, flags=re.DOTALL)
    assert not re.search(r"\sstyle=|<style|javascript:|\son[a-z]+=", html)
    assert not re.search(r"<script(?![^>]* src=)", html)
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//', html)


@pytest.mark.parametrize("file", PARTS, ids=lambda file: file.name)
def test_every_part_says_what_it_is_and_what_it_takes(file: Path) -> None:
    assert file.read_text("utf-8").startswith("{% comment %}\n")


@pytest.mark.parametrize("file", OWN_STATIC, ids=lambda file: file.name)
def test_styles_and_scripts_come_from_here_and_stay_small(file: Path) -> None:
    text = file.read_text("utf-8")
    assert len(text.splitlines()) <= 400
    outside = re.findall(r"https?://[^'\" )]+", text)
    assert set(outside) <= {"http://www.w3.org/2000/svg"}
    if file.suffix == ".js":
        assert not re.search(r"\beval\(|new Function|innerHTML|document\.write", text)


def test_every_style_sheet_is_loaded_by_a_page() -> None:
    pages = "".join(file.read_text("utf-8") for file in TEMPLATES)
    named = {Path(name).name for name in re.findall(r'{% static "ow/([^"]+)" %}', pages)}
    assert {file.name for file in OWN_STATIC} == named


def test_what_others_wrote_is_listed_with_its_sum_and_its_licence() -> None:
    vendor = WEB / "static" / "vendor"
    listed = tomllib.loads((vendor / "VENDOR.toml").read_text("utf-8"))
    notice = (Path(settings.PACKS_DIR).parent / "NOTICE").read_text("utf-8")
    known = set()
    for entry in listed.values():
        assert entry["version"] in notice
        assert (vendor / entry["licence_file"]).is_file()
        for name, wanted in entry["files"].items():
            file = (vendor / name).resolve()
            known.add(file)
            assert hashlib.sha256(file.read_bytes()).hexdigest() == wanted
    scripts = {file.resolve() for file in vendor.rglob("*.js")}
    assert scripts <= known


# --- can it be read?


def tokens(block: str) -> dict[str, str]:
    text = (WEB / "static" / "ow" / "tokens.css").read_text("utf-8")
    body = re.search(re.escape(block) + r" \{(.*?)\n\}", text, re.DOTALL)
    assert body
    return dict(re.findall(r"--([\w-]+): ([^;]+);", body.group(1)))


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light_, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light_ + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("block", [":root", "[data-mode=elder]"])
def test_text_can_be_read_on_every_ground_that_it_stands_on(block: str) -> None:
    known = tokens(":root") | tokens(block)
    pairs = [(text, ground) for text in ("ink", "ink-2", "ink-3") for ground in ("paper", "wash")]
    pairs += [("green-d", "green-wash"), ("amber", "amber-wash"), ("red", "red-wash"), ("blue", "blue-wash")]
    for text, ground in pairs:
        assert contrast(known[text], known[ground]) >= 4.5, (text, ground)
    assert contrast(known["line-3"], known["paper"]) >= 3


def test_the_elder_mode_has_text_of_18_and_controls_of_60_pixels_at_least() -> None:
    known = tokens("[data-mode=elder]")
    assert min(int(known[f"t{n}"].removesuffix("px")) for n in range(1, 7)) >= 18
    assert int(known["ctl"].removesuffix("px")) >= 60
