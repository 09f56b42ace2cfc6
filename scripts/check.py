"""检查: does everything hold? What `make test` runs, in order, stopping at the first failure."""

import os
import subprocess
import sys
import time
from pathlib import Path

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
# Each of these files starts whole installations that its tests share: one file, one worker.
WHOLE = ["tests/benchmarks/test_benchmarks.py", "tests/config/test_backup.py", "tests/config/test_run.py"]
PYTEST = [PYTHON, "-m", "pytest"]
TESTS = {
    "whole installations": [*PYTEST, "-n", "3", "--dist", "loadfile", *WHOLE],
    "tests": [*PYTEST, "-n", "3", "-m", "not browser", *(f"--ignore={path}" for path in WHOLE)],
    "browser tests": [*PYTEST, "-n", "2", "--dist", "loadfile", "-m", "browser"],
}


def main() -> int:
    """The exit code of the first step that failed, else 0."""
    chosen = LINT if "--lint" in sys.argv else LINT | TESTS
    paths = os.pathsep.join([str(PROJECT / "src"), str(PROJECT)])
    environment = os.environ | {"PYTHONPATH": paths, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    for name, command in chosen.items():
        print(f"== {name}", flush=True)
        began = time.monotonic()
        done = subprocess.run(command, cwd=PROJECT, env=environment, check=False)
        if done.returncode != 0:
            print(f"== {name}: failed", file=sys.stderr, flush=True)
            return done.returncode
        if name in LINT:
            print(f"== {name}: {time.monotonic() - began:.1f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
