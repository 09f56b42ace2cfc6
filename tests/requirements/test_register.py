"""The register of requirements and the marks on the tests agree."""

import tomllib

from scripts.requirements import REGISTER, register, shown_by, table


def test_every_mark_names_a_requirement_of_the_register() -> None:
    assert set(shown_by()) - set(register()) == set()


def test_no_requirement_stands_in_the_register_twice() -> None:
    for name, groups in tomllib.loads(REGISTER.read_text("utf-8")).items():
        ids = [one for group, told in groups.items() if group != "title" for one in told.split()]
        assert len(ids) == len(set(ids)), name


def test_the_counts_are_those_of_the_marks() -> None:
    known, shown = register(), set(shown_by())
    *_, last = table(known, shown)
    assert last.split()[-1] == f"{len(shown)}/{len(known)}"
