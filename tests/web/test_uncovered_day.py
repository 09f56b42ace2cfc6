"""A day in a year without its holidays is refused in words, on whatever page it turns up."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from onewindow.rules.workdays import UncoveredDay
from onewindow.web.middleware import Who


@pytest.mark.django_db
def test_a_year_without_its_holidays_is_a_sentence_and_no_failure() -> None:
    who = Who(lambda _: HttpResponse())
    answer = who.process_exception(RequestFactory().post("/cases/"), UncoveredDay(2226))
    assert answer is not None
    assert answer.status_code == 409
    assert "2226 年的节假日安排还没有录入" in answer.content.decode()
