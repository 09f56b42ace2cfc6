"""安装: is everything that is pinned installed in a virtual environment beside this project?

Standard library only. Usage: bootstrap.py run | test | lock. Works where Debian left out python3-venv (then
virtualenv comes from the index), after a kill in the middle, in a folder that was moved, and for two at once.
"""

import ctypes
import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
ENVIRONMENT = PROJECT / ".venv"
TOOLS = PROJECT / ".venv-tools"
PYTHON = ENVIRONMENT / "bin" / "python"
OLDEST = (3, 11)
SETS = {"run": ["base"], "test": ["base", "dev"], "lock": ["lock"]}
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def main() -> None:
    wanted = sys.argv[1] if len(sys.argv) > 1 else "run"
    if sys.version_info < OLDEST:
        end(
            f"需要 Python 3.11 以上，现在是 {sys.version.split()[0]}：请安装新版本，或用 make PYTHON=… 指定。"
        )
    try:
        with (PROJECT / ".venv.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            environment_stands()
            install(wanted)
    except PermissionError as error:
        end(f"不能写入 {error.filename}：请用建立 {PROJECT} 的用户运行，或改正这个文件夹的属主。")
    if wanted == "test":
        install_browser()


def environment_stands() -> None:
    """Make the environment, and make it again if it is half made, moved, or of another Python."""
    made = ENVIRONMENT / "made-by"
    maker = f"{sys.version} {ENVIRONMENT}"
    if made.is_file() and made.read_text("utf-8") == maker and PYTHON.exists():
        return
    say("正在建立虚拟环境 .venv ……")
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    if importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv"):
        call([sys.executable, "-m", "venv", str(ENVIRONMENT)], "建立虚拟环境失败。")
    else:
        make_with_virtualenv()
    made.write_text(maker, "utf-8")


def make_with_virtualenv() -> None:
    """Into a folder of its own: Debian's pip refuses to touch the system's packages."""
    if importlib.util.find_spec("pip") is None:
        end("缺少 pip：请先执行 apt-get install -y python3-venv（或 python3-pip），再重新执行。")
    shutil.rmtree(TOOLS, ignore_errors=True)
    pinned = str(PROJECT / "requirements" / "bootstrap.txt")
    pip = [sys.executable, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input"]
    call(
        [*pip, "--require-hashes", "--target", str(TOOLS), "-r", pinned], "安装 virtualenv 失败：请检查网络。"
    )
    call(
        [sys.executable, "-m", "virtualenv", "--quiet", "--no-download", str(ENVIRONMENT)],
        "建立虚拟环境失败。",
        PYTHONPATH=str(TOOLS),
    )


def install(wanted: str) -> None:
    """Install exactly what is pinned, by hash, unless that was done already."""
    files = {name: PROJECT / "requirements" / f"{name}.txt" for name in SETS[wanted]}
    stamps = {ENVIRONMENT / f"installed-{name}": _digest(file) for name, file in files.items()}
    if all(stamp.is_file() and stamp.read_text("ascii") == told for stamp, told in stamps.items()):
        return
    say(f"正在安装固定版本的依赖（{'、'.join(file.name for file in files.values())}），首次约需一分钟……")
    pip = [str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input"]
    lists = [word for file in files.values() for word in ("-r", str(file))]
    call([*pip, "--require-hashes", *lists], "安装依赖失败：请检查网络，然后重新执行同一命令。")
    install_project()
    for stamp, told in stamps.items():
        stamp.write_text(told, "ascii")


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def install_project() -> None:
    """The project itself by a path file and a command; nothing to build, nothing to fetch."""
    libraries = ENVIRONMENT / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"
    (libraries / "onewindow.pth").write_text(f"{PROJECT / 'src'}\n", "utf-8")
    command = ENVIRONMENT / "bin" / "onewindow"
    command.write_text(f"#!/bin/sh\nexec '{PYTHON}' -m onewindow.config.cli \"$@\"\n", "utf-8")
    command.chmod(0o755)


def install_browser() -> None:
    """What the browser tests need; without root the tests' last lines name what is missing."""
    missing = missing_for_browser()
    if not missing or os.geteuid() != 0 or shutil.which("apt-get") is None:
        return
    say(f"正在用 apt 安装浏览器测试所需的 {'、'.join(missing)} ……")
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    call(["apt-get", "-qq", "update"], "apt-get update 失败：请检查网络。", **quiet)
    apt = ["apt-get", "-qq", "install", "-y", "--no-install-recommends", *missing]
    call(apt, f"安装失败，请手工执行：apt-get install -y {' '.join(missing)}", quiet_output=True, **quiet)


def missing_for_browser() -> list[str]:
    """Debian's packages that this machine has not got: a browser, a Chinese font, the driver's library."""
    found = {
        "chromium": any(map(shutil.which, CHROMIUM)),
        "fonts-noto-cjk": has_chinese_font(),
        "libatomic1": has_library("libatomic.so.1"),
    }
    return [package for package, there in found.items() if not there]


def has_chinese_font() -> bool:
    folders = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts")
    patterns = ("*CJK*", "*SourceHan*", "*wqy*", "*LXGW*")
    return any(
        next(folder.rglob(pattern), None) for folder in folders if folder.is_dir() for pattern in patterns
    )


def has_library(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def call(command: list[str], sentence: str, *, quiet_output: bool = False, **variables: str) -> None:
    output = subprocess.DEVNULL if quiet_output else None
    if subprocess.run(command, env=os.environ | variables, stdout=output, check=False).returncode != 0:
        end(sentence)


def say(sentence: str) -> None:
    print(f"OneWindow：{sentence}", file=sys.stderr, flush=True)


def end(sentence: str) -> None:
    say(sentence)
    sys.exit(1)


if __name__ == "__main__":
    main()
