"""登录: what does the sign-in page ask for? By any of three names, with one password."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm
from django import forms


class SignInForm(LoginForm):
    """allauth's own form, whose first field takes a number or a telephone as well as a user name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "用户名、身份证号或者手机号"
        self.fields["login"].widget = forms.TextInput(attrs={"autocomplete": "username"})
        self.fields["password"].widget.attrs.pop("placeholder", None)  # its label says it already
