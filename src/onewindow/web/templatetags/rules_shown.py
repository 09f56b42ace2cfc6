"""规则页的字: how does the name of a document lead to its archived text?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from onewindow.rules.pack import LOCAL_WORDS

register = template.Library()


@register.filter
def beyond_local(note: str) -> str:
    """What a note says beside the words that every local setting carries in its tag."""
    return note.removeprefix(LOCAL_WORDS).lstrip("。")


@register.filter
def of(rows: Mapping[str, Any], key: str) -> Any:
    """The row of a table that belongs to a key; nothing where it has none."""
    return rows.get(key)


@register.simple_tag
def source_link(name: str, texts: Mapping[str, Any]) -> SafeString:
    """The name of a source, as a link when its text is archived here."""
    found = texts.get(name)
    if found is None:
        return format_html("{}", name)
    return format_html('<a href="{}">{}</a>', reverse("rules_text", args=[found.id]), name)
