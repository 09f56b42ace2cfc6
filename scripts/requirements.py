"""要求: which requirements of the official documents are shown by which tests, and how many are left?

`make requirements` lists all of them; `make requirements DOC=ZH` those of one document.
"""

import ast
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
TESTS = PROJECT / "tests"
REGISTER = TESTS / "requirements" / "register.toml"
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def main(documents: list[str]) -> int:
    """Print each requirement that is shown with its tests, then the counts by group and document."""
    known = register()
    asked = [one.upper() for one in documents] or list(dict.fromkeys(map(document, known)))
    if unknown := [one for one in asked if one not in set(map(document, known))]:
        print(f"no document {', '.join(unknown)}; there are {', '.join(sorted(set(map(document, known))))}")
        return 2
    shown = {one: tests for one, tests in shown_by().items() if document(one) in asked}
    for one in sorted(shown):
        first, *others = shown[one]
        print(f"{one:<16}{first}" + (f" and {len(others)} more" if others else ""))
    print()
    for line in table({one: group for one, group in known.items() if document(one) in asked}, set(shown)):
        print(line)
    if strange := sorted(set(shown) - set(known)):
        print(f"\nnot in {REGISTER.relative_to(PROJECT)}: {', '.join(strange)}")
    return 1 if strange else 0


def register() -> dict[str, str]:
    """The group of every requirement, by its id."""
    told = tomllib.loads(REGISTER.read_text("utf-8"))
    return {
        f"{name}-{clause}": group
        for name, groups in told.items()
        for group, clauses in groups.items()
        if group != "title"
        for clause in clauses.split()
    }


def shown_by() -> dict[str, list[str]]:
    """The tests that are marked with a requirement, by its id."""
    shown: dict[str, list[str]] = defaultdict(list)
    for file in sorted(TESTS.rglob("test_*.py")):
        tree = ast.parse(file.read_text("utf-8"), str(file))
        for test, ids in marked(tree.body, []):
            for one in ids:
                shown[one].append(f"{file.relative_to(TESTS)}::{test}")
    return dict(shown)


def table(known: Mapping[str, str], shown: set[str]) -> Iterator[str]:
    """Shown of all, one line for each group and one column for each document."""
    documents = list(dict.fromkeys(map(document, known)))
    total = Counter((group, document(one)) for one, group in known.items())
    done = Counter((known[one], document(one)) for one in shown if one in known)
    yield f"{'shown of all':<20}" + "".join(f"{name:>10}" for name in documents) + f"{'all':>10}"
    for group in sorted(set(known.values())):
        cells = [f"{done[group, name]}/{total[group, name]}" for name in documents]
        whole = f"{sum(done[group, n] for n in documents)}/{sum(total[group, n] for n in documents)}"
        yield f"{group:<20}" + "".join(f"{cell:>10}" for cell in (*cells, whole))
    sums = [f"{_of(done, name)}/{_of(total, name)}" for name in documents]
    yield f"{'all':<20}" + "".join(f"{c:>10}" for c in (*sums, f"{done.total()}/{total.total()}"))


def document(one: str) -> str:
    """Which document a requirement comes from: the first letters of its id."""
    return one.partition("-")[0]


def _of(counted: Counter[tuple[str, str]], name: str) -> int:
    return sum(count for (_, one), count in counted.items() if one == name)


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
    sys.exit(main(sys.argv[1:]))
