"""申请页的字: small looks into values for the pages of an application."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def at_key(values: Mapping[str, Any], key: str) -> Any:
    """The value under a key that the template itself looked up."""
    return values.get(key, "")


@register.filter
def megabytes(size: int) -> str:
    """2.4 MB, 310 KB."""
    return f"{size / 1048576:.1f} MB" if size >= 1048576 else f"{max(1, size // 1024)} KB"
