"""动期限的表: what is asked for when an examiner wants more days, or begins and ends a special procedure?"""

from __future__ import annotations

from onewindow.web.forms.deeds import DeedForm
from onewindow.web.forms.refusal import area


class LongerForm(DeedForm):
    """提请延长: why."""

    reason = area(
        "延长的理由",
        "请写明延长的理由。",
        max_length=500,
        help_text="写给申请人看的话，会原样印在延长办理期限告知书上",
    )
