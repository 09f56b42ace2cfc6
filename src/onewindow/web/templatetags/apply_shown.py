"""申请页的字: small looks into values for the pages of an application."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import template
from django.utils.timezone import localtime

from onewindow.ground.clock import today
from onewindow.web.templatetags.ow_time import at

register = template.Library()


@register.filter
def at_key(values: Mapping[str, Any], key: str) -> Any:
    """The value under a key that the template itself looked up."""
    return values.get(key, "")


@register.filter
def hour(moment: datetime) -> str:
    """9:02 today, 11 月 21 日 9:02 on an earlier day."""
    here = localtime(moment)
    return f"{here.hour}:{here.minute:02}" if here.date() == today() else at(moment)


@register.filter
def megabytes(size: int) -> str:
    """2.4 MB, 310 KB."""
    return f"{size / 1048576:.1f} MB" if size >= 1048576 else f"{max(1, size // 1024)} KB"
