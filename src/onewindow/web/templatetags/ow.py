"""零件: how is a small part drawn – an icon, a light, a key, a letter to open, a pager?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django import template
from django.http import QueryDict
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from onewindow.ground.clock import today
from onewindow.places.models import Zone
from onewindow.places.reads import here, kinds_of_zone
from onewindow.rules.identity import rings

register = template.Library()

SPRITE = Path(__file__).parents[1] / "icons" / "tabler.svg"
_SYMBOL = re.compile(r'<symbol id="([a-z0-9-]+)" viewBox="0 0 24 24">(.*)</symbol>')
# The word beside the shape says the rest; the classes speak of time, not of colour.
LIGHTS = {"green": "go", "yellow": "near", "red": "over", "held": "held", "done": "done"}


@cache
def icons() -> dict[str, str]:
    """The strokes of every icon that ships, by name."""
    return dict(_SYMBOL.findall(SPRITE.read_text("utf-8")))


@register.filter
def zone_kind(zone: Zone) -> str:
    """区域种类, in the words of the place."""
    return dict(kinds_of_zone(here(), today()))[zone.kind]


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon inside the page; it is never alone, so a screen reader passes over it."""
    # The strokes come from our own sprite and from nowhere else.
    strokes = mark_safe(icons()[name])  # noqa: S308
    return format_html('<svg class="i" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', strokes)


@register.simple_tag
def light(colour: str, word: str, form: str = "") -> SafeString:
    """灯: shape, word and colour together; `form` "bare" leaves out the box. Takes what `rules.lights.light` gives."""
    bare = " ow-light--bare" if form == "bare" else ""
    return format_html('<span class="ow-light ow-light--{}{}">{}</span>', LIGHTS[colour], bare, word)


@register.simple_tag
def tag(word: str, colour: str = "") -> SafeString:
    """标签: a short word about a thing; colours blue, green, amber, red, line, or none."""
    return format_html('<span class="ow-tag{}">{}</span>', f" ow-tag--{colour}" if colour else "", word)


@register.simple_tag(takes_context=True)
def telephone(context: Context, *numbers: str) -> str:
    """The first of these that rings, else what a demonstration shows in its place."""
    rung = next((number for number in numbers if rings(number)), "")
    shown = next((number for number in numbers if number), "") if context.get("demo") else ""
    return rung or shown or "没有登记"


@register.simple_tag
def key(name: str) -> SafeString:
    """按键: the key that does what its button does; put `data-key` with the same name on the button."""
    return format_html('<kbd class="ow-key" aria-hidden="true">{}</kbd>', name)


@register.inclusion_tag("parts/letter.html")
def letter_link(title: str, url: str, number: str = "", note: str = "") -> dict[str, str]:
    """文书: a letter to open; `number` is its 文号, `note` for example its size or day."""
    return {"title": title, "url": url, "number": number, "note": note}


@register.inclusion_tag("parts/stat.html")
def stat(label: str, value: object, unit: str = "", note: str = "", url: str = "") -> dict[str, object]:
    """数字: a figure with its unit, what it is compared with, and the way to its records."""
    return {"label": label, "value": value, "unit": unit, "note": note, "url": url}


@register.inclusion_tag("parts/progress.html")
def progress(label: str, done: int, total: int, word: str = "") -> dict[str, object]:
    """进度: a real count; `word` says what is counted, such as 项."""
    words = {"done_word": f"{done:,}", "total_word": f"{total:,}", "word": word}
    return {"label": label, "done": done, "total": max(total, 1), **words}


@register.inclusion_tag("parts/material.html")
def material(number: object, name: str, help: str = "", **more: Any) -> dict[str, Any]:
    """材料: one paper in a guide or a list; see the head of the part for what `more` may hold."""
    return {"number": number, "name": name, "help": help, **more}


@register.inclusion_tag("parts/verdict.html")
def verdict(
    number: int,
    name: str,
    help: str,
    field: str,
    value: str = "",
    options: Sequence[tuple[str, str]] = (),
    **more: Any,
) -> dict[str, Any]:
    """核对: one material at the counter with its verdict; `options` are (value, word), the first one fits."""
    keys = more.get("keys") or ("空格", "-", "X")
    rows = [
        {"value": found, "word": word, "key": pressed, "chosen": found == value, "tone": tone}
        for (found, word), pressed, tone in zip(options, keys, ("fits", "lacks", "wrong"), strict=False)
    ]
    return {"number": number, "name": name, "help": help, "field": field, "rows": rows, **more}


@register.inclusion_tag("parts/pager.html", takes_context=True)
def pager(
    context: Mapping[str, Any],
    next_key: object = "",
    shown: object = "",
    count: object = "",
    word: str = "after",
    quiet: object = False,
    inside: object = False,
) -> dict[str, Any]:
    """翻页: pages by key, for lists of any length; the query's other words are kept.

    `word`: under which the key stands in the address, where a page has several lists; `quiet`: a list that is whole
    says nothing; `inside`: so does one that stands in a pane, which it ends.
    """
    request = context.get("request")
    query = request.GET.copy() if request is not None else QueryDict(mutable=True)
    after = query.pop(word, None)
    rest = f"&{query.urlencode()}" if query else ""
    first = f"?{query.urlencode()}" if query else "?"
    return {
        "next_key": next_key,
        "shown": shown,
        "count": count,
        "after": after,
        "word": word,
        "inside": inside,
        "silent": (quiet or inside) and not next_key and after is None,
        "rest": rest,
        "first": first,
    }
