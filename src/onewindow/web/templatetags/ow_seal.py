"""印章: how do the state of a seal, the end of its certificate and the persons behind it stand on a page?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django import template
from django.utils.safestring import SafeString

from onewindow.letters.models import Seal
from onewindow.web.templatetags.ow import tag

register = template.Library()
SOON = timedelta(days=60)
STATES = {
    "waiting": ("等第二人确认", "amber"),
    "coming": ("已确认，到日启用", "blue"),
    "in_force": ("使用中", "green"),
    "ending": ("已提请停用", "amber"),
    "refused": ("已退回", ""),
    "ended": ("已停用", ""),
}


@register.simple_tag
def seal_state(seal: Seal) -> SafeString:
    """Where the seal is in its life."""
    return tag(*STATES[seal.state])


@register.simple_tag
def seal_term(seal: Seal, now: datetime) -> SafeString:
    """Whether its certificate has ended or ends soon; of a seal of before nobody asks."""
    if seal.state in ("refused", "ended") or seal.valid_until > now + SOON:
        return SafeString("")
    return tag("已到期", "amber") if seal.valid_until < now else tag("快到期", "amber")


@register.simple_tag
def who(names: Mapping[str, str], code: str) -> str:
    """The name behind an actor code."""
    return names.get(code, code)
