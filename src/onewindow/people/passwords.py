"""好密码: is a password long enough, and not the one that every demonstration prints?

Two validators beside Django's own for common, numeric and user-like passwords.
"""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError

from onewindow.people.demonstration import DEMO_PASSWORD
from onewindow.places.reads import setting_here


class LongEnough:
    """The least length is a setting of the county."""

    def validate(self, password: str, user: object | None = None) -> None:
        least = self._least()
        if len(password) < least:
            raise ValidationError(f"密码至少要有 {least} 个字符，现在只有 {len(password)} 个，请加长。")

    def get_help_text(self) -> str:
        return f"密码至少要有 {self._least()} 个字符。"

    def _least(self) -> int:
        return int(setting_here("password.min_length", 10))


class NotTheDemonstrations:
    """What is printed on every screen of a demonstration guards nothing."""

    def validate(self, password: str, user: object | None = None) -> None:
        if password == DEMO_PASSWORD and not settings.DEMO:
            raise ValidationError("这是演示系统的公开密码，请换一个。")

    def get_help_text(self) -> str:
        return "不能用演示系统的密码。"
