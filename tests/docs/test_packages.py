"""Each package says on one page what it holds and who may what; reasons and words are held too."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
from django.apps import apps

from onewindow.rules.facts import TERMS_ZH
from onewindow.rules.grants import GRANT_WORDS
from onewindow.rules.stages import STAGE_WORDS
from onewindow.web.desks import DESKS, PUBLIC, exists
from tests.architecture.test_shape import acts
from tests.docs import reading

PACKAGES = sorted(path.parent.name for path in reading.SOURCE.glob("*/__init__.py"))
REASONS = sorted((reading.PROJECT / "docs" / "adr").glob("*.md"))


def readme(package: str) -> str:
    return reading.text(reading.SOURCE / package / "README.md")


@pytest.fixture(scope="module")
def docs() -> ModuleType:
    """The script that writes the tables of the documents."""
    found = importlib.util.spec_from_file_location("docs", reading.PROJECT / "scripts" / "docs.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_has_one_page_of_at_most_thirty_lines(package: str) -> None:
    lines = readme(package).splitlines()
    assert len(lines) <= 30
    assert re.fullmatch(rf"# {package} [\u4e00-\u9fff]+", lines[0])


@pytest.mark.parametrize("package", PACKAGES)
def test_the_page_of_a_package_names_all_its_tables(package: str) -> None:
    ours = [m.__name__ for m in apps.get_models() if m.__module__.startswith(f"onewindow.{package}.")]
    missing = [name for name in ours if f"`{name}`" not in readme(package)]
    assert missing == [], f"name them in src/onewindow/{package}/README.md"


@pytest.mark.parametrize("package", PACKAGES)
def test_the_page_of_a_package_names_the_powers_of_its_acts(package: str) -> None:
    """By their value (`cases:accept`) or by their name (CASE_ACCEPT)."""
    own = [act for name, act in acts() if name.startswith(f"onewindow.{package}.")]
    needed = {found for act in own if (found := getattr(act, "grant", None))}
    told = readme(package)
    missing = sorted(one.value for one in needed if one.value not in told and one.name not in told)
    assert missing == [], f"name them in src/onewindow/{package}/README.md"


@pytest.mark.parametrize("name", ["README.md", "README.zh.md", "ARCHITECTURE.md", "GLOSSARY.md"])
def test_the_tables_in_the_documents_say_what_the_code_says(docs: ModuleType, name: str) -> None:
    assert not docs.renew(name, write=False), f"{name} is out of date: run make docs"


def test_every_desk_that_is_offered_stands_in_the_table_of_pages(docs: ModuleType) -> None:
    offered = [*(desk.url for desk in DESKS), *(url for _, url in PUBLIC)]
    assert [url for url in offered if exists(url) and url not in docs.PAGES] == []


def test_the_glossary_holds_every_word_of_the_code_tables(docs: ModuleType) -> None:
    glossary = reading.text(reading.PROJECT / "GLOSSARY.md")
    words = {
        **TERMS_ZH,
        **{s.value: w for s, w in STAGE_WORDS.items()},
        **{g.value: w for g, w in GRANT_WORDS.items()},
    }
    assert [name for name, word in words.items() if f"| `{name}` | {word} |" not in glossary] == []
    for choices in docs.choices():
        assert [one for one in choices if f"`{one.value}` {one.label}" not in glossary] == []


@pytest.mark.parametrize("path", REASONS, ids=lambda path: path.stem)
def test_a_reason_is_short_and_says_question_decision_why_and_cost(path: Path) -> None:
    lines = reading.text(path).splitlines()
    assert len(lines) <= 30
    assert lines[0].startswith(f"# {int(path.stem[:4])}. ")
    heads = [found for line in lines if (found := re.match(r"\*\*(.+?)\.?\*\*", line))]
    assert [found.group(1) for found in heads] == ["Question", "Decision", "Why", "What it costs"]


def test_reasons_are_numbered_without_a_gap() -> None:
    assert [int(path.stem[:4]) for path in REASONS] == list(range(1, len(REASONS) + 1))
    assert len(REASONS) >= 8


def test_the_architecture_fits_on_one_page() -> None:
    told = reading.text(reading.PROJECT / "ARCHITECTURE.md")
    assert len(told.splitlines()) <= 100
    assert [name for name in PACKAGES if f"[`{name}`]" not in told] == []
