"""检查: does everything hold? What `make test` runs, in order, stopping at the first failure.

Whole installations wait much and reckon little, so they run beside the tests; browsers are watched by the second, and run alone.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO

PROJECT = Path(__file__).resolve().parents[1]
PYTHON = sys.executable
BIN = Path(PYTHON).parent
LINT = {
    "ruff": [str(BIN / "ruff"), "check", "."],
    "ruff format": [str(BIN / "ruff"), "format", "--check", "."],
    "mypy": [PYTHON, "-m", "mypy"],
    "import contracts": [str(BIN / "lint-imports")],
    "migrations": [PYTHON, "-W", "ignore", "-m", "django", "makemigrations", "--check", "--dry-run"],
}
# Each of these files starts whole installations that its tests share: one process takes them one after the other.
WHOLE = ["tests/benchmarks/test_benchmarks.py", "tests/config/test_backup.py", "tests/config/test_run.py"]
PYTEST = [PYTHON, "-m", "pytest"]
TESTS = {
    "tests": [*PYTEST, "-n", "3", "-m", "not browser", *(f"--ignore={path}" for path in WHOLE)],
    "browser tests": [*PYTEST, "-n", "2", "--dist", "loadfile", "-m", "browser"],
}
BESIDE = {  # what runs meanwhile, and is shown afterwards
    "mypy": ("collecting", [*PYTEST, "-qqq", "--collect-only"]),  # compiles the tests once for all workers
    "tests": ("whole installations", [*PYTEST, *WHOLE]),
}


def main() -> int:
    """The exit code of the first step that failed, else 0."""
    chosen = LINT if "--lint" in sys.argv else LINT | TESTS
    with tempfile.TemporaryDirectory(
        prefix="ow-kept-"
    ) as kept:  # installations that one step prepares for the next
        Path(kept).chmod(0o711)  # the database's own user passes through
        os.environ["ONEWINDOW_TEST_KEPT"] = kept
        return passed(chosen)


def passed(chosen: dict[str, list[str]]) -> int:
    """The same for these steps."""
    for name, command in chosen.items():
        with tempfile.TemporaryFile() as kept:
            beside = begun(BESIDE[name][1], kept) if name in BESIDE else None
            code = checked(name, command)
            if beside is not None:
                shown = beside.wait()
                kept.seek(0)
                print(f"== {BESIDE[name][0]}", flush=True)
                sys.stdout.buffer.write(kept.read())
                sys.stdout.flush()
                code = code or ended(BESIDE[name][0], shown)
        if code != 0:
            return code
    return 0


def checked(name: str, command: list[str]) -> int:
    print(f"== {name}", flush=True)
    began = time.monotonic()
    code = ended(name, begun(command).wait())
    if code == 0 and name in LINT:
        print(f"== {name}: {time.monotonic() - began:.1f} s", flush=True)
    return code


def begun(command: list[str], output: IO[bytes] | None = None) -> "subprocess.Popen[bytes]":
    paths = os.pathsep.join([str(PROJECT / "src"), str(PROJECT)])
    environment = os.environ | {"PYTHONPATH": paths, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    # Some machines forbid it; then each of the many processes that the tests start compiles everything anew.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    errors = subprocess.STDOUT if output else None
    return subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=output, stderr=errors)


def ended(name: str, code: int) -> int:
    if code != 0:
        print(f"== {name}: failed", file=sys.stderr, flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main())
