"""Local settings: bounded where they are declared, sound however they were stored, changed on record."""

from pathlib import Path

import pytest

from onewindow.config.checks import office
from onewindow.journal.write import history
from onewindow.packs import load
from onewindow.packs.keys_settings import SETTINGS, changeable
from onewindow.places import acts
from onewindow.places.models import County, SettingChange
from onewindow.places.reads import pack_here, setting_here, unsound
from onewindow.places.write import organisation
from onewindow.rules.facts_org import SettingChanged
from onewindow.rules.grants import FOUNDER, NotAllowed
from tests.cast import SEP24
from tests.places.test_places import found

PROJECT = Path(__file__).resolve().parents[2]
NUMBERS = [name for name, key in SETTINGS.items() if key.kind is int and changeable(name)]


def change(county: County, name: str, value: object) -> None:
    acts.change_setting(county, by=FOUNDER, at=SEP24, name=name, value=value, reason="县里规定")


def store(county: County, name: str, value: object) -> None:
    """As a database holds it that something else has written."""
    County.objects.filter(pk=county.pk).update(settings={name: [["2026-09-01", value]]})


@pytest.mark.parametrize("name", NUMBERS)
def test_every_number_has_its_bounds_and_says_why(name: str) -> None:
    key = SETTINGS[name]
    assert key.least is not None
    assert key.most is not None
    assert key.least < key.most
    assert key.why.endswith("。")
    assert key.least <= load("luoshan", PROJECT / "packs").setting(name).number <= key.most


@pytest.mark.django_db
@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_beyond_its_bounds_is_refused_with_the_bounds_in_the_sentence(name: str) -> None:
    county, key = found(), SETTINGS[name]
    assert key.least is not None
    assert key.most is not None
    for value in (key.least - 1, key.most + 1):
        with pytest.raises(NotAllowed, match=f"只能填 {key.least} 到 {key.most}"):
            change(county, name, value)
    assert not SettingChange.objects.exists()
    for value in (key.least, key.most):
        change(county, name, value)
        assert setting_here(name, None) == value


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "stored", "used"),
    [
        ("staff.session_minutes", 0, 5),
        ("staff.session_minutes", 10_000, 240),
        ("password.min_length", 1, 8),
        ("signin.max_failures", 0, 3),
        ("upload.max_megabytes", 0, 1),
        ("correction.answer_days", 0, 5),
        ("staff.session_minutes", "很久", 30),
        ("staff.second_factor", 0, True),
        ("home.frequent", "", None),
    ],
)
def test_stored_nonsense_is_never_obeyed_and_the_doctor_names_it(
    name: str, stored: object, used: object
) -> None:
    county = found()
    start = pack_here(county).setting(name).value
    store(county, name, stored)
    assert setting_here(name, None) == (start if used is None else used)
    (said,) = office.local_settings()
    assert SETTINGS[name].title in said
    assert "本地设定" in said


@pytest.mark.django_db
def test_a_term_that_follows_a_setting_takes_the_sound_value_too() -> None:
    county = found()
    store(county, "correction.answer_days", 0)
    term = pack_here(County.objects.get()).term("answer_correction", "行政许可", SEP24.date())
    assert term is not None
    assert term.days == 5


@pytest.mark.django_db
def test_a_setting_of_an_earlier_release_is_left_alone_and_named() -> None:
    county = found()
    store(county, "nothing.like_it", 3)
    assert pack_here(County.objects.get()).setting("staff.session_minutes").value == 30
    assert list(unsound(County.objects.get())) == [("nothing.like_it", 3)]
    (said,) = office.local_settings()
    assert "已经不用" in said


@pytest.mark.django_db
def test_sound_settings_are_no_finding() -> None:
    county = found()
    change(county, "staff.session_minutes", 20)
    assert list(office.local_settings()) == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name in SETTINGS if not changeable(name)])
def test_what_nothing_acts_on_or_has_one_choice_cannot_be_changed(name: str) -> None:
    county = found()
    with pytest.raises(NotAllowed, match="不能修改"):
        change(county, name, pack_here(county).setting(name).value)


@pytest.mark.django_db
def test_a_changed_setting_is_a_fact_of_the_county_s_organisation() -> None:
    county = found()
    change(county, "staff.session_minutes", 20)
    kept = SettingChange.objects.get()
    (fact,) = history(organisation(county.code))
    assert fact == SettingChanged(on=SEP24.date(), setting="staff.session_minutes", change=kept.pk)
    assert pack_here(County.objects.get()).setting("staff.session_minutes").since == SEP24.date()
