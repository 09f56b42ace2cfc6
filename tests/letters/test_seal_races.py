"""Two persons press at the same moment: one seal comes into force, once, and the other is told."""

import pytest

from onewindow.journal.reads import verify as verify_journal
from onewindow.letters.acts import confirm_seal, refuse_seal, see_sample
from onewindow.letters.models import Seal
from onewindow.rules.grants import NotAllowed
from tests.cases.test_races import together
from tests.cast import COUNTY, at, officer
from tests.letters.test_seals import LATER, facts, make_office

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


@pytest.fixture(autouse=True)
def folders(tmp_path, settings) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"
    settings.SEALS_DIR = tmp_path / "seals"


def test_two_confirmations_at_once_are_one() -> None:
    office = make_office()
    third = officer(COUNTY, "吴静", "A003", office.hemin.posts[0])
    for _ in range(4):
        seal = office.load()
        for who in (office.hemin, third):
            see_sample(seal, by=who, at=LATER)
        told = together(
            lambda seal=seal: confirm_seal(seal, by=office.hemin, at=LATER),
            lambda seal=seal: confirm_seal(seal, by=third, at=LATER),
        )
        assert sorted(type(one) for one in told if isinstance(one, NotAllowed)) == [NotAllowed]
        assert Seal.objects.filter(begun_at__isnull=False, ended_at__isnull=True).get() == seal
    assert facts().count("SealBegan") == facts().count("SealConfirmed") == 4
    assert verify_journal() == []


def test_confirming_and_sending_back_at_once_leave_exactly_one_of_them() -> None:
    office = make_office()
    for _ in range(4):
        seal = office.load()
        see_sample(seal, by=office.hemin, at=LATER)
        told = together(
            lambda seal=seal: confirm_seal(seal, by=office.hemin, at=LATER),
            lambda seal=seal: refuse_seal(seal, by=office.zhengkai, at=at(9, 25, 9), reason="图样不对"),
        )
        assert sum(isinstance(one, NotAllowed) for one in told) == 1
        seal.refresh_from_db()
        assert (seal.confirmed_at is None) != (seal.refused_at is None)


def test_two_that_load_for_one_department_at_once_load_one() -> None:
    office = make_office()
    told = together(office.load, office.load)
    assert sum(isinstance(one, Seal) for one in told) == 1
    assert "已经有一枚印章等着" in str(next(one for one in told if isinstance(one, NotAllowed)))
