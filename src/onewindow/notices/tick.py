"""过期的验证码: which one-time codes, and the messages that carried them, are thrown away?"""

from __future__ import annotations

from datetime import datetime, timedelta

from onewindow.notices.models import Code, Message

KEPT = timedelta(days=1)


def tick(at: datetime) -> int:
    """Codes of yesterday are of no use to anybody."""
    Message.objects.filter(kind__startswith="code:", created_at__lt=at - KEPT).delete()
    return Code.objects.filter(expires_at__lt=at - KEPT).delete()[0]
