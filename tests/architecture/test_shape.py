"""The shape of the code, held against ARCHITECTURE.md."""

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import ForeignKey
from django.utils.module_loading import import_string

import onewindow
from onewindow.rules import all_facts
from onewindow.rules.facts import FACTS, TERMS_ZH, Fact
from onewindow.rules.grants import Grant

ROOT = Path(onewindow.__file__).parent
PROJECT = ROOT.parent.parent
ORDER = [
    "rules",
    "packs",
    "ground",
    "journal",
    "places",
    "people",
    "catalogue",
    "holdings",
    "guidance",
    "hall",
    "emergency",
    "helping",
    "box",
    "agency",
    "intake",
    "cases",
    "joint",
    "letters",
    "licences",
    "feedback",
    "market",
    "oversight",
    "archive",
    "notices",
    "exchange",
    "checkup",
    "web",
]
PLACES = ("luoshan", "zhanhe", "fangcheng", "jining", "hedong", "罗山", "湛河", "方城", "济宁", "河东")


def python_files() -> list[Path]:
    return [p for p in ROOT.rglob("*.py") if "migrations" not in p.parts]


def acts() -> Iterator[tuple[str, Callable[..., object]]]:
    """Every public function of an `acts` room that takes `by`."""
    for info in pkgutil.walk_packages([str(ROOT)], "onewindow."):
        if ".acts" not in info.name:
            continue
        module = importlib.import_module(info.name)
        for name, thing in vars(module).items():
            ours = (
                inspect.isfunction(thing) and thing.__module__ == module.__name__ and not name.startswith("_")
            )
            if ours and "by" in inspect.signature(thing).parameters:
                yield f"{info.name}.{name}", thing


def is_ours(label: str) -> bool:
    return any(app.name == f"onewindow.{label}" for app in apps.get_app_configs())


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    places = [*python_files(), *(PROJECT / "tests").rglob("*.py"), *(PROJECT / "scripts").rglob("*.py")]
    long = {str(p.relative_to(PROJECT)): n for p in places if (n := len(p.read_text().splitlines())) > 400}
    assert long == {}


def test_no_function_is_longer_than_forty_lines() -> None:
    long = []
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
                body = node.end_lineno - node.body[0].lineno + 1
                if body > 40:
                    long.append(f"{path.relative_to(ROOT)}:{node.name} {body}")
    assert long == []


def test_every_module_says_in_one_sentence_what_it_answers() -> None:
    silent = [
        str(p.relative_to(ROOT))
        for p in python_files()
        if p.read_text() and not ast.get_docstring(ast.parse(p.read_text()))
    ]
    assert silent == []


@pytest.mark.parametrize("room", ["models", "reads", "acts", "follow"])
def test_rooms_keep_to_their_work(room: str) -> None:
    """models and reads do not write; no room reads the wall clock."""
    wrong = []
    for path in python_files():
        if room not in (path.stem, path.parent.name) or "web" in path.parts:
            continue
        text = path.read_text()
        if room in ("models", "reads") and any(
            w in text for w in (".save(", ".create(", ".bulk_create(", ".delete(")
        ):
            wrong.append(f"{path.relative_to(ROOT)} writes")
        if any(w in text for w in ("timezone.now", "datetime.now", "date.today", "clock.now", "clock.today")):
            wrong.append(f"{path.relative_to(ROOT)} reads the wall clock")
    assert wrong == []


def test_rules_never_ask_for_today() -> None:
    asking = [
        p.name
        for p in (ROOT / "rules").glob("*.py")
        if ".today()" in p.read_text() or ".now(" in p.read_text()
    ]
    assert asking == []


def test_foreign_keys_point_to_the_past() -> None:
    wrong = []
    for model in apps.get_models():
        label = model._meta.app_label
        if not is_ours(label):
            continue
        for field in model._meta.get_fields():
            if isinstance(field, ForeignKey) and is_ours(field.related_model._meta.app_label):
                there = field.related_model._meta.app_label
                if ORDER.index(there) > ORDER.index(label):
                    wrong.append(f"{model.__name__}.{field.name} → {there}")
    assert wrong == []


def test_every_act_names_its_grant() -> None:
    unguarded = [name for name, act in acts() if not isinstance(getattr(act, "grant", None), Grant)]
    assert unguarded == []


def test_every_fact_has_a_chinese_term_and_only_facts_have_one() -> None:
    assert set(FACTS) == set(TERMS_ZH)
    assert all(issubclass(kind, Fact) for kind in FACTS.values())


def test_the_journal_knows_the_facts_of_every_package() -> None:
    modules = {path.stem for path in (ROOT / "rules").glob("facts_*.py")}
    assert modules == {module.__name__.rpartition(".")[2] for module in all_facts.ALL}


def test_every_follower_can_be_imported_and_follows_a_fact() -> None:
    for fact, paths in settings.FOLLOWERS.items():
        assert fact in FACTS
        assert all(callable(import_string(path)) for path in paths)


def test_follow_rooms_are_imported_by_nobody() -> None:
    importing = []
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.endswith(".follow"):
                importing.append(str(path.relative_to(ROOT)))
    assert importing == []


def test_code_that_mentions_a_place_is_a_bug() -> None:
    """Places are data: only the default of a setting and the demonstration may name one."""
    wrong = []
    for path in python_files():
        if "demo" in path.parts or path.parts[-2] == "config":
            continue
        tree = ast.parse(path.read_text())
        docs = {id(node.body[0].value) for node in ast.walk(tree) if _has_docstring(node)}
        for node in ast.walk(tree):
            text = isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
            if text and any(place in node.value for place in PLACES):
                wrong.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert wrong == []


def test_every_table_of_the_journey_carries_its_county() -> None:
    roots = (
        "journal.Subject",
        "journal.Entry",
        "intake.Application",
        "cases.Case",
        "letters.Letter",
        "feedback.Rating",
    )
    assert [
        m for m in roots if not any(f.name == "county" for f in apps.get_model(m)._meta.get_fields())
    ] == []


def _has_docstring(node: ast.AST) -> bool:
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return isinstance(node, kinds) and ast.get_docstring(node) is not None
