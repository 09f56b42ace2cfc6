"""A power reaches what says where it belongs; what says nothing belongs to nobody's office."""

from types import SimpleNamespace

import pytest

from onewindow.cases.acts import accept
from onewindow.catalogue.models import ItemVersion
from onewindow.journal.reads import Failed
from onewindow.people.models import Party, Post
from onewindow.rules.grants import Grant, NotGranted, needs
from tests.cast import COUNTY, SEP24, Cast, assemble, officer

pytestmark = pytest.mark.django_db
SCOPES = ("department", "hall", "county")


@pytest.fixture
def cast() -> Cast:
    return assemble()


def post(cast: Cast, scope: str) -> Post:
    office = {"department": {"department": cast.market}, "hall": {"hall": cast.window.hall}}
    grants = [str(grant) for grant in Grant]
    return Post(county=COUNTY, name="岗", scope=scope, grants=grants, **office.get(scope, {}))


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize(
    "subject",
    [
        object(),
        "411521000000",
        SimpleNamespace(department_id=1, hall_id=1),
        SimpleNamespace(county="999999000000", everywhere=False),
    ],
)
def test_what_names_no_county_of_ours_is_covered_by_no_post(cast: Cast, scope: str, subject: object) -> None:
    assert not post(cast, scope).covers(subject, Grant.CASE_ACCEPT)


def test_what_names_the_county_alone_is_the_countys(cast: Cast) -> None:
    subject = SimpleNamespace(county=COUNTY)
    assert [scope for scope in SCOPES if post(cast, scope).covers(subject)] == ["county"]
    assert [scope for scope in SCOPES if post(cast, scope).covers(cast.county)] == ["county"]


def test_an_office_brings_a_file_of_items_for_the_county_because_each_row_is_asked_again(cast: Cast) -> None:
    told = {grant for grant in Grant if post(cast, "department").covers(cast.county, grant)}
    assert told == {Grant.CATALOGUE_DRAFT}


def test_an_office_is_its_own_and_no_other(cast: Cast) -> None:
    assert post(cast, "department").covers(cast.market)
    assert not post(cast, "department").covers(cast.police)
    assert not post(cast, "department").covers(cast.window.hall)
    assert post(cast, "hall").covers(cast.window.hall)
    assert post(cast, "hall").covers(cast.window)
    assert not post(cast, "hall").covers(cast.market)


def test_persons_are_of_the_whole_installation_and_say_so(cast: Cast) -> None:
    assert all(post(cast, scope).covers(cast.wangfang) for scope in SCOPES)


def test_an_applicant_acts_on_what_is_his_and_on_nothing_that_has_no_applicant(cast: Cast) -> None:
    wangfang, case = cast.wangfang, cast.apply()
    for grant in (Grant.CASE_APPLY, Grant.CASE_WITHDRAW, Grant.RATING_GIVE):
        assert wangfang.may(grant, case)
        for other in (object(), SimpleNamespace(county=COUNTY), cast.county, cast.liwei):
            assert not wangfang.may(grant, other)
        assert not Party(pk=wangfang.pk + 1).may(grant, case)


def test_anybody_may_begin_an_application_and_withdraw_or_rate_no_item(cast: Cast) -> None:
    version = ItemVersion.objects.get(pk=cast.version.pk)
    allowed = {grant for grant in Grant if cast.wangfang.may(grant, version)}
    assert allowed == {Grant.CASE_APPLY}


def test_a_subject_passed_by_its_name_is_asked_about_all_the_same(cast: Cast) -> None:
    case = cast.apply()
    with pytest.raises(NotGranted):
        accept.accept(case=case, by=cast.zhaoqiang, at=SEP24)
    case.refresh_from_db()
    assert case.stage == "received"


def test_an_act_without_a_subject_asks_for_the_power_alone(cast: Cast) -> None:
    @needs(Grant.CASE_DECIDE)
    def act(*, by: object) -> str:
        return "done"

    assert act(by=cast.chenju) == "done"
    with pytest.raises(NotGranted):
        act(by=cast.liwei)


def test_who_retries_a_failed_duty_does_so_in_his_own_county(cast: Cast) -> None:
    case = cast.apply()
    entry = case.subject.entries.first()
    keeper = officer(COUNTY, "吴静", "M001", _saved(post(cast, "county")))
    assert keeper.may(Grant.ERRANDS_RETRY, Failed(None, entry, None))  # type: ignore[arg-type]
    assert not keeper.may(Grant.ERRANDS_RETRY, Failed(None, None, None))  # type: ignore[arg-type]
    entry.county = "999999000000"
    assert not keeper.may(Grant.ERRANDS_RETRY, Failed(None, entry, None))  # type: ignore[arg-type]


def _saved(one: Post) -> Post:
    one.save()
    return one
