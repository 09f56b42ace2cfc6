"""What every story needs: a database and folders of its own."""

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def folders(db: None, tmp_path: Any, settings: Any) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"
