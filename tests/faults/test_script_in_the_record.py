"""Whatever is typed where a fact is said to be wrong, or not, is shown as words."""

import pytest

from onewindow.cases.acts.void import ask_void
from tests.cast import assemble, at
from tests.faults.fields import EVIL, RECORD
from tests.faults.test_script_everywhere import as_words, everything, filled, sweep
from tests.web.citizen import granted, on

pytestmark = pytest.mark.django_db


def test_why_a_fact_is_wrong_and_why_it_is_not_are_shown_as_words() -> None:
    cast = assemble()
    case, chief = granted(cast), everything(cast)
    other = granted(cast)
    with on(at(10, 13)):
        assert sweep(chief, RECORD[:1], number=case.number, place=case.subject.length) > 0
        place = other.subject.length
        asked = ask_void(other, by=cast.zhangmin, at=at(10, 12), place=place, cause="slip", reason=EVIL)
        settle = {"number": other.number, "voiding": asked.pk}
        assert as_words(chief, filled(RECORD[1], **settle)) != []
        assert sweep(chief, RECORD[1:], **settle) > 0
        assert as_words(chief, filled(RECORD[1], **settle)) != []
