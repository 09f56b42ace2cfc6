"""数据文件夹: where does this installation keep its database, files and keys, and what is it?"""

import fcntl
import os
import secrets
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from onewindow.config.refused import Refused

PROJECT = Path(__file__).resolve().parents[3]
DEFAULT_PACK = "luoshan"
KEY_BYTES = {"secret": 64, "field": 32}  # Django's signing key; the key of encrypted columns


def pack() -> str:
    return os.environ.get("PACK") or DEFAULT_PACK


def packs() -> Path:
    return Path(os.environ.get("ONEWINDOW_PACKS") or PROJECT / "packs")


def places() -> list[str]:
    """The packs that stand for a place; the nation's and the provinces' are only built upon."""
    told = {path.parent.name: tomllib.loads(path.read_text("utf-8")) for path in packs().glob("*/pack.toml")}
    return sorted(name for name, pack in told.items() if "place" in pack)


@dataclass(frozen=True)
class Installation:
    """What was decided when the data folder was made and never changes afterwards."""

    pack: str
    demo: bool
    # Of the machine of a hall: its key name, and where the county answers.
    box: str = ""
    county_url: str = ""


@dataclass(frozen=True)
class Folder:
    """The data folder of one installation; PACK= gives every place its own."""

    root: Path

    @property
    def keys(self) -> Path:
        return self.root / "keys"

    @property
    def files(self) -> Path:
        return self.root / "files"

    @property
    def static(self) -> Path:
        return self.root / "static"

    @property
    def postgres(self) -> Path:
        return self.root / "pg"

    @property
    def box_key(self) -> Path:
        """With what the machine of a hall proves itself to the county."""
        return self.keys / "box"

    @property
    def described(self) -> Path:
        return self.root / "installation.toml"

    def installation(self) -> Installation | None:
        if not self.described.is_file():
            return None
        told = tomllib.loads(self.described.read_text("utf-8"))
        words = (str(told.get(name, "")) for name in ("box", "county_url"))
        return Installation(str(told["pack"]), bool(told["demo"]), *words)

    def make(self) -> None:
        """Create the folder and what belongs in it, or say why that is impossible."""
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            for inner in (self.files, self.static):
                inner.mkdir(exist_ok=True)
            self.keys.mkdir(mode=0o700, exist_ok=True)
            self._refuse_lost_key()
            for name, length in KEY_BYTES.items():
                _make_key(self.keys / name, length)
        except OSError as error:
            raise Refused(
                f"不能写入数据文件夹 {self.root}（{error.strerror}）：请改正它的属主和权限。"
            ) from error

    def _refuse_lost_key(self) -> None:
        """A new key for encrypted columns would open none of those already written."""
        path = self.keys / "field"
        if self.described.exists() and not path.exists() and not os.environ.get("ONEWINDOW_FIELD_KEY"):
            raise Refused(
                f"字段密钥 {path} 不见了，没有它已存的证件号码、电话无法读出："
                "请从备份中恢复这个文件，不要新建。"
            )

    def refuse_other_place(self, pack: str) -> None:
        existing = self.installation()
        if existing is not None and existing.pack != pack:
            raise Refused(
                f"{self.root} 是 {existing.pack} 的数据，不能用 {pack} 的政策包打开："
                f"请改回 PACK={existing.pack}，或用 ONEWINDOW_DATA 指定另一个文件夹。"
            )

    def describe(self, wanted: Installation, made_on: date) -> None:
        """Write down what this installation is, once."""
        if not self.described.exists():
            demo = str(wanted.demo).lower()
            text = f'pack = "{wanted.pack}"\ndemo = {demo}\nmade_on = {made_on.isoformat()}\n'
            if wanted.box:
                text += f'box = "{wanted.box}"\ncounty_url = "{wanted.county_url}"\n'
            self.described.write_text(text, "utf-8")


def folder() -> Folder:
    """`ONEWINDOW_DATA`, else `.data/<pack>` beside the project."""
    given = os.environ.get("ONEWINDOW_DATA")
    return Folder(Path(given).resolve() if given else PROJECT / ".data" / pack())


def key(name: str) -> bytes:
    """The key from the environment (hex) or the data folder; empty when there is none yet."""
    given = os.environ.get(f"ONEWINDOW_{name.upper()}_KEY")
    try:
        return bytes.fromhex(given) if given else bytes.fromhex((folder().keys / name).read_text("ascii"))
    except (OSError, ValueError):
        return b""


def locked(path: Path) -> int | None:
    """An open descriptor that holds the lock on `path` for this process, or None when another holds it."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def _make_key(path: Path, length: int) -> None:
    """Written aside and linked, so that a crash leaves no half key and two first starts agree on one."""
    if path.exists():
        return
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_bytes(length).hex() + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(aside, path)
    except FileExistsError:
        pass
    finally:
        aside.unlink()
