"""Every refusal says what to do next: a sentence that only says what is wrong leaves a person standing."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.test_shape import ROOT, python_files

CHINESE, NEXT = re.compile("[一-龥]"), re.compile("请|可以")
REFUSALS = frozenset(
    {"NotAllowed", "NotGranted", "Overreach", "Stale", "ValidationError", "FormFaults", "PartyFaults"}
)
COMMAND_LINE = "config"  # speaks to whoever keeps the machine, in the words of the command line


def _name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def _sentence(node: ast.expr) -> str:
    """A written sentence with its gaps; one that ends in a gap is finished by what fills it, held here too."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        parts = [str(p.value) if isinstance(p, ast.Constant) else "…" for p in node.values]
        return "" if parts and parts[-1] == "…" else "".join(parts)
    if isinstance(node, ast.BinOp):
        return _sentence(node.left) + _sentence(node.right)
    if isinstance(node, ast.IfExp):
        return _sentence(node.body) or _sentence(node.orelse)
    return ""


def _written(tree: ast.Module) -> Iterator[tuple[int, ast.expr]]:
    """The expressions that a person reads as a refusal."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node) in REFUSALS and node.args:
            told = node.args[0]
            yield from ((v.lineno, v) for v in (told.values if isinstance(told, ast.Dict) else [told]))
        elif isinstance(node, ast.Call) and _name(node) == "add_error":
            yield from ((one.lineno, one) for one in node.args[1:])
        elif isinstance(node, ast.keyword) and node.arg == "error_messages":
            if isinstance(node.value, ast.Dict):
                yield from ((one.lineno, one) for one in node.value.values)
        elif isinstance(node, ast.ClassDef) and any(_base(b) in REFUSALS for b in node.bases):
            yield from _of_a_kind(node)
        elif isinstance(node, ast.FunctionDef) and node.name.endswith("fault"):
            returned = [n.value for n in ast.walk(node) if isinstance(n, ast.Return) and n.value]
            yield from ((one.lineno, one) for one in returned)


def _base(node: ast.expr) -> str:
    return getattr(node, "id", "")


def _of_a_kind(node: ast.ClassDef) -> Iterator[tuple[int, ast.expr]]:
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and _name(call) == "__init__" and call.args:
            yield call.lineno, call.args[0]


def sentences(path: Path) -> list[tuple[int, str]]:
    found = ((line, _sentence(node)) for line, node in _written(ast.parse(path.read_text())))
    return [(line, said) for line, said in found if CHINESE.search(said)]


def packages() -> list[str]:
    return sorted(
        {p.relative_to(ROOT).parts[0] for p in python_files() if len(p.relative_to(ROOT).parts) > 1}
    )


@pytest.mark.parametrize("package", [name for name in packages() if name != COMMAND_LINE])
def test_every_refusal_of_a_package_says_what_to_do_next(package: str) -> None:
    silent = [
        f"{path.relative_to(ROOT)}:{line} {said}"
        for path in python_files()
        if path.relative_to(ROOT).parts[0] == package
        for line, said in sentences(path)
        if not NEXT.search(said)
    ]
    assert silent == []


def test_the_check_reads_the_refusals_that_are_there() -> None:
    found = [said for path in python_files() for _, said in sentences(path)]
    assert len(found) > 200
    assert any(said.startswith("居民身份证号码应为") for said in found)
    assert any("处需要改正" in said for said in found)


@pytest.mark.parametrize(
    "code",
    [
        'raise NotAllowed("没有窗口。")',
        'raise NotAllowed(f"{one}没有窗口。")',
        'form.add_error("hall", "没有窗口。")',
        'f = CharField(error_messages={"required": "没有窗口。"})',
        'def hall_fault(x):\n    return "没有窗口。" if x else None',
    ],
)
def test_a_sentence_that_leaves_a_person_standing_is_found(tmp_path: Path, code: str) -> None:
    (tmp_path / "act.py").write_text(code)
    ((_, said),) = sentences(tmp_path / "act.py") or ((0, ""),)
    assert said.endswith("没有窗口。")
    assert not NEXT.search(said)
