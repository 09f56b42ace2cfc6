"""The documents name only what is there."""

import re
from pathlib import Path

import pytest
from django.urls import Resolver404, get_resolver, resolve

from onewindow.config.cli import COMMANDS
from onewindow.config.demo import SIGN_INS
from onewindow.people.passwords import DEMO_PASSWORD
from tests.docs import reading

DOCUMENTS = reading.documents()
FRONT = [reading.PROJECT / name for name in ("README.md", "README.zh.md")]
FILLED = ("1", "a-1", "11111111-1111-4111-8111-111111111111")
CODE = "".join(
    path.read_text("utf-8")
    for folder in ("src", "scripts", "tests")
    for path in (reading.PROJECT / folder).rglob("*.py")
) + (reading.PROJECT / "Makefile").read_text("utf-8")


def name_of(path: Path) -> str:
    return str(path.relative_to(reading.PROJECT))


def leads_somewhere(address: str) -> bool:
    """Whether a page answers the address, whatever stands for its `<parts>`."""
    bare = address.split("?", maxsplit=1)[0]
    for filling in FILLED:
        try:
            resolve(re.sub(r"<[^>]+>", filling, bare))
        except Resolver404:
            continue
        return True
    return False


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_every_link_of_a_document_leads_to_a_file(path: Path) -> None:
    assert [target for target in reading.links(path) if not (path.parent / target).exists()] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_every_make_target_of_a_document_is_in_the_makefile(path: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (reading.PROJECT / "Makefile").read_text(), re.MULTILINE))
    assert reading.make_targets(path) <= targets


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_every_command_of_a_document_can_be_given(path: Path) -> None:
    assert reading.commands(path) <= {command.word for command in COMMANDS if command.exists()}


def is_there(told: str, document: Path) -> bool:
    """A path from the document, the packages or the project; a bare name, anywhere below the document or a package."""
    pattern = re.sub("<[^>]+>", "*", told)
    if "/" not in pattern:
        pattern = f"**/{pattern}"
    here = document.parent if document.parent != reading.PROJECT else reading.PROJECT / "docs"
    folders = (here, reading.SOURCE, reading.SOURCE / "web", reading.PROJECT / "packs")
    return (reading.PROJECT / told).exists() or any(next(folder.glob(pattern), None) for folder in folders)


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_every_file_that_a_document_names_is_there(path: Path) -> None:
    assert [told for told in reading.paths(path) if not is_there(told, path)] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_every_address_that_a_document_names_has_a_page(path: Path) -> None:
    assert get_resolver().url_patterns
    streams = {"/events/"}  # answered before Django, by config.events
    assert [told for told in reading.addresses(path) - streams if not leads_somewhere(told)] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_every_parameter_that_a_document_names_is_read_by_the_code(path: Path) -> None:
    def read(name: str) -> bool:
        derived = name.startswith("ONEWINDOW_") and name.endswith("_KEY")  # built from the key's name
        made = f"$({name})" in (reading.PROJECT / "Makefile").read_text("utf-8")
        there = made or (reading.PROJECT / name).is_file()
        return derived or there or re.search(rf"\b{name}\b", CODE) is not None

    assert [name for name in reading.parameters(path) if not read(name)] == []


@pytest.mark.parametrize("path", FRONT, ids=name_of)
def test_the_front_page_gives_every_sign_in_and_the_password(path: Path) -> None:
    told = reading.text(path)
    assert f"`{DEMO_PASSWORD}`" in told
    assert [who.username for who in SIGN_INS if f"| `{who.username}` | {who.name} |" not in told] == []


@pytest.mark.parametrize("path", FRONT, ids=name_of)
def test_the_front_page_names_the_two_commands_before_all_others(path: Path) -> None:
    block = reading.text(path).split("```")[1]
    assert re.findall(r"^make (\w+)", block, re.MULTILINE) == ["run", "test"]


def test_both_front_pages_name_the_same_things() -> None:
    english, chinese = FRONT
    for found in (reading.commands, reading.make_targets, reading.addresses, reading.parameters):
        assert found(english) == found(chinese)
    headings = [re.findall(r"^(#+) ", reading.text(path), re.MULTILINE) for path in FRONT]
    assert headings[0] == headings[1]


def test_the_changes_begin_with_what_is_not_released_yet() -> None:
    heads = re.findall(r"^## (.+)$", reading.text(reading.PROJECT / "CHANGELOG.md"), re.MULTILINE)
    version = re.search(r'^version = "(.+)"', (reading.PROJECT / "pyproject.toml").read_text(), re.MULTILINE)
    assert version is not None
    assert heads[0] == f"[Unreleased] – {version.group(1)}"


def test_no_document_speaks_of_what_is_not_done() -> None:
    waiting = re.compile(
        r"\b(?:TODO|TBD|FIXME|coming soon|not yet implemented)\b|待定|敬请期待", re.IGNORECASE
    )
    assert [name_of(path) for path in DOCUMENTS if waiting.search(reading.text(path))] == []
