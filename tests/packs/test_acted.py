"""What is shown as in force is acted on: every rule and setting is read by the program, held by it, or marked."""

from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

from onewindow.packs import load
from onewindow.packs.acted import HELD, LATER
from onewindow.packs.keys import RULES
from onewindow.packs.keys_settings import SETTINGS, changeable

PROJECT = Path(__file__).resolve().parents[2]
SOURCE = PROJECT / "src" / "onewindow"


@cache
def program() -> str:
    """Everything outside the packages that only hold the law."""
    own = SOURCE / "packs"
    return "".join(path.read_text("utf-8") for path in SOURCE.rglob("*.py") if own not in path.parents)


def is_read(key: str) -> bool:
    return f'"{key}"' in program()


@pytest.mark.parametrize("key", RULES)
def test_every_rule_is_read_or_held_or_marked_as_not_yet_acted_on(key: str) -> None:
    assert [is_read(key), key in HELD, key in LATER].count(True) == 1


@pytest.mark.parametrize("key", HELD)
def test_what_holds_a_rule_is_there(key: str) -> None:
    module, _, name = HELD[key].rpartition(".")
    assert callable(getattr(import_module(f"onewindow.{module}"), name))


def test_the_tables_name_no_key_that_is_not_there() -> None:
    assert set(HELD) | LATER <= set(RULES)


@pytest.mark.parametrize("key", [key for key in SETTINGS if changeable(key)])
def test_every_setting_on_the_page_is_read_by_the_program(key: str) -> None:
    """By its name, or as the days of a term, which every case reads."""
    of_terms = {term.setting for term in load("luoshan", PROJECT / "packs").terms}
    assert is_read(key) or key in of_terms


@pytest.mark.parametrize("key", [key for key in SETTINGS if not changeable(key)])
def test_a_setting_that_the_program_reads_is_not_hidden(key: str) -> None:
    assert not is_read(key)
