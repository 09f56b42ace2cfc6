"""备份文件: what stands in a backup, and is it whole?

A plain tar: `manifest.json` (what it is, and the SHA-256 of every part), `database.dump` (pg_dump, custom
format), `keys/`, `files/`, `installation.toml`. It holds the keys, so it must be kept like them.
"""

import hashlib
import json
import tarfile
from dataclasses import asdict, dataclass
from pathlib import Path

from onewindow.config.refused import Refused

MANIFEST, DUMP = "manifest.json", "database.dump"
FORMAT = 1
PARTS = ("keys", "files", "installation.toml")


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself."""

    format: int
    made_at: str
    pack: str
    postgres: str
    digests: dict[str, str]


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def pack(target: Path, root: Path, dump: Path, manifest: Manifest) -> None:
    """Write the tar; the manifest goes first so that it can be read without the rest."""
    told = dump.with_name(MANIFEST)
    told.write_text(json.dumps(asdict(manifest), ensure_ascii=False, indent=1), "utf-8")
    with tarfile.open(target, "w") as tar:
        tar.add(told, MANIFEST)
        tar.add(dump, DUMP)
        for name in sorted(manifest.digests):
            if name != DUMP:
                tar.add(root / name, name)


def contents(root: Path) -> list[str]:
    """The names of everything beside the database that belongs in a backup."""
    found: list[str] = []
    for part in PARTS:
        path = root / part
        inner = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())
        found += [str(file.relative_to(root)) for file in inner]
    return found


def unpack(source: Path, into: Path) -> Manifest:
    """Take everything out and compare every digest, before anything is touched."""
    try:
        with tarfile.open(source, "r:") as tar:
            tar.extractall(into, filter="data")
        manifest = Manifest(**json.loads((into / MANIFEST).read_text("utf-8")))
    except (OSError, tarfile.TarError, ValueError, TypeError) as error:
        raise Refused(f"{source} 不是 OneWindow 的备份文件，或已经损坏：请换一份备份。") from error
    if manifest.format != FORMAT:
        raise Refused(f"{source} 由另一个版本的 OneWindow 备份（格式 {manifest.format}）：请用那个版本恢复。")
    for name, told in manifest.digests.items():
        if not (into / name).is_file() or digest(into / name) != told:
            raise Refused(f"备份文件里的 {name} 已损坏（校验不符）：请换一份备份。")
    return manifest
