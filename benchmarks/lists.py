"""待办在另一个库里: how fast is the work list in the database that this process was told?"""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.inside import listing
from benchmarks.kept import read


def main(place: str) -> None:
    known = read(Path(place))
    assert known is not None
    print(json.dumps(listing(known.people)))
