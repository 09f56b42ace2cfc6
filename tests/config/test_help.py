"""Every command explains itself on any machine, without an installation and without a word of a traceback."""

import os
import subprocess
from pathlib import Path

import pytest
from tests.installation import CLI, NOT_INHERITED, PROJECT, START_SECONDS

from onewindow.config.cli import COMMANDS

CHINESE = range(0x4E00, 0xA000)


@pytest.mark.parametrize("word", [command.word for command in COMMANDS])
def test_a_command_explains_itself_in_a_process_of_its_own(word: str, tmp_path: Path) -> None:
    kept = {name: told for name, told in os.environ.items() if not name.startswith(NOT_INHERITED)}
    ours = {"PYTHONPATH": str(PROJECT / "src"), "ONEWINDOW_DATA": str(tmp_path / "none")}
    done = subprocess.run(
        [*CLI, word, "--help"],
        cwd=tmp_path,
        env=kept | ours,
        capture_output=True,
        text=True,
        check=False,
        timeout=START_SECONDS,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert word in done.stdout
    assert word == "manage" or any(ord(letter) in CHINESE for letter in done.stdout)
    assert not (tmp_path / "none").exists()
