"""What do the documents name: links, commands, make targets, paths, addresses, parameters?"""

import re
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
SOURCE = PROJECT / "src" / "onewindow"
FOLDERS = ("src", "tests", "scripts", "packs", "docs", "requirements", "benchmarks", ".ci")
OUR_FILES = re.compile(r"[\w./<>*-]+\.(?:py|toml|md|txt|css|js|svg|typ|html|csv|png|yaml)")
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"`([^`\n]+)`")
_FENCE = re.compile(r"```\w*\n(.*?)```", re.DOTALL)
_MAKE = re.compile(r"\bmake ([a-z][a-z-]*)\b")
_COMMAND = re.compile(r"(?<![\w./])onewindow ([a-z][a-z-]*)\b")
_PARAMETER = re.compile(r"(?<![\w$])([A-Z][A-Z_]{3,})(?==|$)")


def documents() -> list[Path]:
    """Every document that we write, from the front page to the packages' own."""
    found = [*PROJECT.glob("*.md"), *(PROJECT / "docs").rglob("*.md"), *SOURCE.rglob("README.md")]
    return sorted(found)


def text(path: Path) -> str:
    return path.read_text("utf-8")


def links(path: Path) -> Iterator[str]:
    """Targets within the project, without their anchors."""
    for target in _LINK.findall(text(path)):
        if not target.startswith(("http://", "https://", "mailto:", "#")):
            yield target.split("#")[0]


def code(path: Path) -> list[str]:
    """What stands between backticks, in a line or in a block."""
    whole = text(path)
    lines = [line.split("#")[0].strip() for block in _FENCE.findall(whole) for line in block.splitlines()]
    return [*_CODE.findall(_FENCE.sub("", whole)), *filter(None, lines)]


def make_targets(path: Path) -> set[str]:
    return {name for told in code(path) for name in _MAKE.findall(told)}


def commands(path: Path) -> set[str]:
    return {name for told in code(path) for name in _COMMAND.findall(told)}


def parameters(path: Path) -> set[str]:
    return {name for told in code(path) for name in _PARAMETER.findall(told)}


def addresses(path: Path) -> set[str]:
    """Addresses of pages: they begin and end with a slash."""
    return {told for told in code(path) if re.fullmatch(r"/(?:[\w<>.-]+/)*(?:\?[\w=&-]*)?", told)}


def paths(path: Path) -> set[str]:
    """Files and folders of the project: they begin with one of its folders, or are a file's name."""
    named = {
        told for told in code(path) if not (" " in told or "NAME" in told or told.startswith(("/", "http")))
    }
    return {
        told for told in named if (told.split("/")[0] in FOLDERS and "/" in told) or OUR_FILES.fullmatch(told)
    }
