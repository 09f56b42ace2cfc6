"""要求: which requirements of the official documents are shown by which tests?"""

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def main() -> int:
    """Print each requirement's id with its tests, and the totals."""
    shown: dict[str, list[str]] = defaultdict(list)
    for file in sorted((PROJECT / "tests").rglob("test_*.py")):
        tree = ast.parse(file.read_text("utf-8"), str(file))
        for test, ids in marked(tree.body, []):
            for requirement in ids:
                shown[requirement].append(f"{file.relative_to(PROJECT)}::{test}")
    for requirement in sorted(shown):
        print(requirement)
        for test in shown[requirement]:
            print(f"    {test}")
    tests = {test for tests in shown.values() for test in tests}
    print(f"\n{len(shown)} requirements shown by {len(tests)} tests.")
    return 0


def marked(body: list[ast.stmt], outer: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Every test below with the ids of its own marks and of those of its class."""
    for node in body:
        if not isinstance(node, Definition):
            continue
        ids = outer + [one for mark in node.decorator_list for one in _ids(mark)]
        if isinstance(node, ast.ClassDef):
            for test, found in marked(node.body, ids):
                yield f"{node.name}::{test}", found
        elif node.name.startswith("test_") and ids:
            yield node.name, list(dict.fromkeys(ids))


def _ids(mark: ast.expr) -> list[str]:
    if not isinstance(mark, ast.Call) or not ast.unparse(mark.func).endswith("mark.req"):
        return []
    return [arg.value for arg in mark.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]


if __name__ == "__main__":
    sys.exit(main())
