"""A fake outside party is a process of its own: started, asked over the network, ended."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


@contextmanager
def running(module: str, **told: str) -> Iterator[int]:
    """Start `python -m module`; it says on its first line on which port it listens."""
    process = subprocess.Popen(
        [sys.executable, "-m", module],
        cwd=PROJECT,
        env={**os.environ, **told},
        stdout=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        yield int(process.stdout.readline())
    finally:
        process.terminate()
        process.communicate(timeout=120)
