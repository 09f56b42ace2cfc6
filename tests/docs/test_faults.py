"""The table of faults names only tests that are there."""

import ast
import re

import pytest

from tests.docs import reading

TOLD = sorted(
    set(
        re.findall(
            r"`(tests/[\w/.]+\.py)`(?: `(\w+)`)?", reading.text(reading.PROJECT / "docs" / "faults.md")
        )
    )
)


@pytest.mark.parametrize(("path", "name"), TOLD)
def test_a_fault_is_kept_true_by_a_test_that_exists(path: str, name: str) -> None:
    tree = ast.parse(reading.text(reading.PROJECT / path))
    tests = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    assert (name in tests) if name else any(test.startswith("test_") for test in tests)


def test_every_test_of_faults_stands_in_the_table() -> None:
    there = {
        (str(path.relative_to(reading.PROJECT)), node.name)
        for path in [
            *(reading.PROJECT / "tests" / "faults").glob("test_*.py"),
            reading.PROJECT / "tests/browser/test_away.py",
        ]
        for node in ast.parse(reading.text(path)).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }
    minor = {
        "test_nothing_typed_with_a_password_stands_on_a_page",
        "test_a_full_disk_is_known_however_deep_it_lies",
    }
    assert {one for one in there - set(TOLD) if one[1] not in minor} == set()
