"""A granted licence says from when to when it is valid: on the form, in the letter, in public and to programs."""

from datetime import date

import pytest
from django.test import Client

from onewindow.cases.acts import decide, examine
from onewindow.cases.models import Case, Decision
from onewindow.letters.reads import letters_of
from onewindow.rules.grants import NotAllowed
from tests.cast import Cast, assemble, at, carry_out
from tests.letters.test_follow import text
from tests.web.citizen import on
from tests.web.desks import at_desk

pytestmark = pytest.mark.django_db
OCT12 = at(10, 12)
FIVE = {"validity": "5 年", "valid_years": 5}


def deciding(**result: object) -> tuple[Cast, Case]:
    """What 张敏 thinks should be granted, of an item whose result is valid so long."""
    cast = assemble(**result)
    case = cast.accepted()
    examine.review(case, by=cast.zhangmin, at=at(10, 9), favourable=True, text="建议准予。")
    return cast, Case.objects.get(pk=case.pk)


def grant(cast: Cast, case: Case, **told: date) -> Decision:
    return decide.grant(case, by=cast.chenju, at=OCT12, text="准予。", **told)


def test_what_nobody_wrote_is_the_items_own_length() -> None:
    made = grant(*deciding(**FIVE))
    assert (made.valid_from, made.valid_until) == (date(2026, 10, 12), date(2031, 10, 11))


def test_an_item_without_one_length_has_no_validity_unless_it_is_written() -> None:
    made = grant(*deciding(validity="长期"))
    assert (made.valid_from, made.valid_until) == (None, None)


def test_it_may_be_shorter_and_never_longer_nor_earlier() -> None:
    cast, case = deciding(**FIVE)
    with pytest.raises(NotAllowed, match="最长到 2031-10-11"):
        grant(cast, case, valid_until=date(2031, 10, 13))
    with pytest.raises(NotAllowed, match="早于开始日"):
        grant(cast, case, valid_until=date(2026, 10, 1))
    with pytest.raises(NotAllowed, match="作出决定以前"):
        grant(cast, case, valid_from=date(2026, 10, 1), valid_until=date(2030, 1, 1))
    made = grant(cast, case, valid_from=date(2026, 11, 1), valid_until=date(2029, 12, 31))
    assert (made.valid_from, made.valid_until) == (date(2026, 11, 1), date(2029, 12, 31))


def test_the_form_proposes_it_and_asks_for_it() -> None:
    cast, case = deciding(**FIVE)
    chenju = at_desk(cast.chenju)
    page = f"/cases/{case.number}/do/grant/"
    with on(OCT12):
        shown = chenju.get(page).content.decode()
        assert 'value="2026-10-12"' in shown
        assert 'value="2031-10-11"' in shown
        told = {"seen": case.subject.length, "text": "准予。"}
        empty = chenju.post(page, told | {"valid_from": "", "valid_until": ""})
        assert empty.status_code == 422
        assert "请写明截止的日子" in empty.content.decode()
        sent = chenju.post(page, told | {"valid_from": "2026-10-12", "valid_until": "2031-10-11"})
        assert sent.status_code == 302
    assert Decision.objects.get().valid_until == date(2031, 10, 11)


def test_letter_public_list_and_applicant_read_it(client: Client) -> None:
    cast, case = deciding(**FIVE)
    grant(cast, case)
    carry_out(case.subject)
    assert "自2026年10月12日至2031年10月11日" in text(letters_of(case.subject).get(kind="granted"))
    with on(OCT12):
        public = client.get("/public/granted/").content.decode()
    for words in ("2026 年 10 月 12 日", "2031 年 10 月 11 日"):
        assert words in public
