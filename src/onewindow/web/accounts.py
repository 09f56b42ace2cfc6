"""登录页面说什么: which sentences does allauth show, and where does it send people?"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from onewindow.web.desks import landing
from onewindow.web.middleware import officer_of


class AccountAdapter(DefaultAccountAdapter):
    """Chinese sentences that say what to do; accounts are opened by a clerk who has seen the paper."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "这个账号已经停用，请联系本单位管理员。",
        "incorrect_code": "口令不对或已过期，请重新输入。",
        "incorrect_password": "密码不对，请重新输入。",
        "invalid_login": "用户名或密码不对，请重新输入。",
        "too_many_login_attempts": "连续输错次数太多，已暂时锁定，请稍后再试。",
        "username_password_mismatch": "用户名或密码不对，请重新输入。连续输错多次，账号会暂时锁定。",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """To the first desk of an officer's own; an applicant to his cases."""
        return landing(officer_of(request))

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The head of the page shows who is signed in; nobody needs to be told so twice."""
