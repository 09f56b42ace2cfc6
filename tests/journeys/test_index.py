"""The index names every story, and every story that it names is there."""

import ast
import re
from pathlib import Path

HERE = Path(__file__).parent


def test_the_index_and_the_stories_agree() -> None:
    named = re.findall(r"`(test_\w+\.py::test_\w+)`", (HERE / "README.md").read_text("utf-8"))
    told = [
        f"{file.name}::{one.name}"
        for file in sorted(HERE.glob("test_*.py"))
        if file.name != Path(__file__).name
        for one in ast.parse(file.read_text("utf-8")).body
        if isinstance(one, ast.FunctionDef) and one.name.startswith("test_")
    ]
    assert sorted(named) == sorted(told)
    assert len(named) == len(set(named))
