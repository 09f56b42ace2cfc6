"""第二因子: how is the secret of an authenticator app kept, shown as a QR code, and guarded against guessing?"""

from __future__ import annotations

import base64
from io import BytesIO
from typing import Any

import segno
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from axes.handlers.proxy import AxesProxyHandler
from django import forms
from django.conf import settings

from onewindow.ground import sm
from onewindow.people.models import Account
from onewindow.places.models import County

LOCKED = "连续输错次数太多，已暂时锁定，请稍后再试。"


class SecondFactor(DefaultMFAAdapter):
    """Secrets lie encrypted in the table; the QR code is drawn here, no service outside sees it."""

    error_messages = {
        "add_email_blocked": "账号已启用动态口令，不能再添加邮箱。要换验证器的，请联系管理员。",
        "cannot_delete_authenticator": "本单位要求使用动态口令，不能停用。手机丢了的，请联系管理员。",
        "cannot_generate_recovery_codes": "请先启用动态口令，再生成备用码。",
        "incorrect_code": "口令不对或已过期，请输入验证器上现在显示的 6 位数字。",
        "unverified_email": "请先验证邮箱。",
    }

    def get_totp_issuer(self) -> str:
        county = County.objects.first()
        where = (
            " 大厅本机" if settings.BOX else ""
        )  # another secret than the county's, with a name of its own
        return f"OneWindow {county.name}{where}" if county is not None else "OneWindow"

    def build_totp_svg(self, url: str) -> str:
        out = BytesIO()
        segno.make(url, error="m").save(out, kind="svg", scale=5, border=4)
        return out.getvalue().decode()

    def encrypt(self, text: str) -> str:
        return base64.b64encode(sm.encrypt(_key(), text.encode())).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return sm.decrypt(_key(), base64.b64decode(encrypted_text)).decode()


class FirstCode(ActivateTOTPForm):
    """The code that proves that the app has taken the secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = _code_field("验证器显示的 6 位数字")


class Code(AuthenticateForm):
    """The code at sign-in; nobody guesses on after too many failures."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = _code_field("6 位数字或备用码")

    def clean_code(self) -> str:
        _refuse_when_locked(self.user)
        return str(super().clean_code())


class CodeAgain(ReauthenticateForm):
    """The code before a change of the second factor itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = _code_field("6 位数字或备用码")

    def clean_code(self) -> str:
        _refuse_when_locked(self.user)
        return str(super().clean_code())


def _code_field(label: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


def _refuse_when_locked(account: Account) -> None:
    told: dict[str, Any] = {"username": account.username}
    if not AxesProxyHandler.is_allowed(context.request, told):
        raise forms.ValidationError(LOCKED)


def _key() -> bytes:
    return sm.keyed_digest(settings.FIELD_KEY, b"second factor")[:16]
