"""应急页面上的名字: who is behind a code of the journal?"""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def named(code: str, names: dict[str, str]) -> str:
    """The name of whoever did it; the system itself has none."""
    return names.get(code, "系统" if code == "system" else "")
