"""What became of a case is told as it was: an ending without a grant is no 办结 like the others."""

import re

import pytest
from django.test import Client

from onewindow.cases.acts import decide, deliver, examine
from onewindow.people.models import Account, Party
from tests.cast import assemble, at
from tests.web.citizen import on, page_of

pytestmark = pytest.mark.django_db

TAKER = deliver.Taker(name="王芳", paper_kind="resident", paper="991523198803040427", signed=True)


def test_a_case_that_ended_with_a_denial_is_not_told_like_a_granted_one() -> None:
    cast, wangfang = assemble(), Client()
    account = Account.objects.create(
        username="wangfang", joined_at=at(1, 5), password="!", password_changed_at=at(1, 5)
    )
    Party.objects.filter(pk=cast.wangfang.pk).update(account=account)
    case, granted = cast.accepted(), cast.accepted(at(9, 24, 11))
    for one in (case, granted):
        examine.review(one, by=cast.zhangmin, at=at(9, 28), favourable=one == granted, text="意见")
    decide.deny(
        case, by=cast.chenju, at=at(9, 28), text="不予", grounds="材料虚假", basis="《行政许可法》第三十八条"
    )
    decide.grant(granted, by=cast.chenju, at=at(9, 28), text="准予")
    for one in (case, granted):
        deliver.hand_over(one, by=cast.liwei, at=at(9, 29), taker=TAKER, window=cast.window)
    with on(at(9, 29)):
        wangfang.force_login(account, "onewindow.people.signing.Backend")
        page = wangfang.get("/my/").content.decode()
        assert re.findall(r"<p>([^<]*?办结)。", page) == ["办结", "不予决定已送达，办结"]
        assert "不予决定已送达，办结" in wangfang.get(page_of(case)).content.decode()
        assert "不予决定已送达" not in wangfang.get(page_of(granted)).content.decode()
