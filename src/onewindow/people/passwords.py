"""好密码: is a password long enough, and not the one that every demonstration prints?

Validators beside Django's own for common and numeric passwords.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.password_validation import UserAttributeSimilarityValidator
from django.core.exceptions import ValidationError
from django.utils.functional import lazy

from onewindow.people.demonstration import DEMO_PASSWORD
from onewindow.places.reads import setting_here

if TYPE_CHECKING:
    from onewindow.people.models import Account


def least_length() -> int:
    """口令最短几位: a setting of the county."""
    return int(setting_here("password.min_length", 10))


def _said(beside: str) -> str:
    return f"至少 {least_length()} 个字符{beside}"


long_enough = lazy(_said, str)  # beside a field: what the setting says when the page is made


class LongEnough:
    """The least length is a setting of the county."""

    def validate(self, password: str, user: object | None = None) -> None:
        least = least_length()
        if len(password) < least:
            raise ValidationError(f"密码至少要有 {least} 个字符，现在只有 {len(password)} 个，请加长。")

    def get_help_text(self) -> str:
        return f"密码至少要有 {least_length()} 个字符。"


class NotTheDemonstrations:
    """What is printed on every screen of a demonstration guards nothing."""

    def validate(self, password: str, user: object | None = None) -> None:
        if password == DEMO_PASSWORD and not settings.DEMO:
            raise ValidationError("这是演示系统的公开密码，请换一个。")

    def get_help_text(self) -> str:
        return "不能用演示系统的密码。"


class UnlikeTheAccount(UserAttributeSimilarityValidator):
    """Django's own look at the account's names; its sentence would name the column in English."""

    def validate(self, password: str, user: Account | None = None) -> None:
        try:
            super().validate(password, user)
        except ValidationError as alike:
            raise ValidationError("密码和用户名或者邮箱太像，容易被猜到，请换一个。") from alike
