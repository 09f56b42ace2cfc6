"""Who may hear that a matter has changed: the browser whose page handed out the ticket, for an hour."""

import pytest

from onewindow.ground.hearing import LASTS, admitted_until, channel_of, is_open, ticket

SECRET, NOW = b"the installation's own", 1_790_000_000.5
CASE, OTHER = channel_of(12), channel_of(13)
GIVEN = ticket(SECRET, CASE, "session-of-liwei", NOW)


def heard(
    channel: str = CASE, session: str = "session-of-liwei", shown: str = GIVEN, now: float = NOW
) -> bool:
    return now < admitted_until(SECRET, channel, session, shown, now) <= NOW + LASTS


def test_the_ticket_opens_its_own_channel_for_its_own_browser_for_an_hour() -> None:
    assert heard()
    assert heard(now=NOW + LASTS - 2)
    assert not heard(now=NOW + LASTS)


@pytest.mark.parametrize(
    "wrong",
    [
        {"channel": OTHER},
        {"channel": f"{CASE},{OTHER}"},
        {"session": "session-of-zhaoqiang"},
        {"session": ""},
        {"shown": ""},
        {"shown": "9" * 12 + GIVEN[10:]},
        {"shown": f"{GIVEN}0"},
        {"shown": f"１７９{GIVEN[3:]}"},
        {"shown": f"{GIVEN[:-1]}é"},
    ],
)
def test_for_everything_else_it_opens_nothing(wrong: dict[str, str]) -> None:
    assert not heard(**wrong)


def test_the_seal_is_the_installations_own() -> None:
    assert not admitted_until(b"another", CASE, "session-of-liwei", GIVEN, NOW)


def test_the_channels_of_a_hall_are_anybodys() -> None:
    assert is_open("hall:1")
    assert not is_open(CASE)
