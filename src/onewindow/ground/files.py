"""存文件: how are bytes kept outside the web root and read again?"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import datetime
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, transaction

from onewindow.ground.disk import FULL, NoRoom
from onewindow.ground.models import StoredFile
from onewindow.ground.prepared import put, rows

DAY = 24 * 3600
DIGEST = 64  # characters of a file's name; one that is still being written has another


# The digests kept in the transaction that `atomic` opened; what is rolled back takes its bytes with it.
_kept: ContextVar[list[str] | None] = ContextVar("kept files", default=None)


@contextmanager
def atomic() -> Iterator[None]:
    """One transaction of rows and bytes: when it is rolled back, nothing that was kept in it stays on the disk."""
    kept: list[str] = []
    token = _kept.set(kept)
    try:
        with transaction.atomic():
            yield
    except BaseException:
        with suppress(DatabaseError):  # without a database the sweep does it later
            for digest in kept:
                _throw_away(digest)
        raise
    finally:
        _kept.reset(token)


def keep(county: str, content: bytes, *, name: str, media_type: str, at: datetime) -> StoredFile:
    """Write `content` under its digest (once) and record it; the caller's transaction owns the row."""
    digest = hashlib.sha256(content).hexdigest()
    _alone_with(digest)
    if (inside := _kept.get()) is not None:
        inside.append(digest)
    target = path_of(digest)
    if not target.exists():
        _write(target, content)
    kept = StoredFile(
        county=county, sha256=digest, size=len(content), media_type=media_type, name=name[:200], stored_at=at
    )
    put(kept)
    return kept


def read(file: StoredFile) -> bytes:
    """The bytes of a stored file; raises FileNotFoundError when the store lost them."""
    return path_of(file.sha256).read_bytes()


def forget(file: StoredFile) -> None:
    """Delete the record, and the bytes once no other record needs them and the transaction is through."""
    digest = file.sha256
    file.delete()
    transaction.on_commit(lambda: _throw_away(digest))


def forget_all(keys: Collection[int]) -> None:
    """Delete many records at once, and the bytes of each like `forget`."""
    rows = StoredFile.objects.filter(pk__in=keys)
    digests = sorted(set(rows.values_list("sha256", flat=True))) if keys else []
    if digests:
        rows.delete()
    for digest in digests:
        transaction.on_commit(partial(_throw_away, digest))


def without_record(older_than: float) -> int:
    """How many files lie in the store that no record names, written before that moment."""
    found = [
        path
        for path in Path(settings.FILES_DIR).glob("??/*")
        if len(path.name) == DIGEST and path.stat().st_mtime < older_than
    ]
    names = [path.name for path in found]
    groups = (names[start : start + 2000] for start in range(0, len(names), 2000))
    known = (
        StoredFile.objects.filter(sha256__in=group).values("sha256").distinct().count() for group in groups
    )
    return len(names) - sum(known)


def sweep(at: datetime) -> int:
    """Throw away what a process that was killed left in one of the folders: each minute the next one.

    A file without its record belongs to an act that never ended; a day later nobody can still be at it.
    """
    folder = Path(settings.FILES_DIR) / f"{(at.hour * 60 + at.minute) % 256:02x}"
    if not folder.is_dir():
        return 0
    old = [path for path in folder.iterdir() if path.stat().st_mtime < at.timestamp() - DAY]
    left = {path.name for path in old}
    for county in _counties():
        known = StoredFile.objects.filter(county=county, sha256__in=left)
        left -= set(known.values_list("sha256", flat=True))
    for name in left:
        if len(name) == DIGEST:
            _throw_away(name)
        else:
            (folder / name).unlink(missing_ok=True)
    return len(left)


def path_of(digest: str) -> Path:
    return Path(settings.FILES_DIR) / digest[:2] / digest


def _counties() -> Iterator[str]:
    """Each county that keeps files, by the index and not by reading the table."""
    found = StoredFile.objects.order_by("county").values_list("county", flat=True)
    county = found.first()
    while county is not None:
        yield county
        county = found.filter(county__gt=county).first()


@transaction.atomic
def _throw_away(digest: str) -> None:
    _alone_with(digest)
    if not StoredFile.objects.filter(sha256=digest).exists():
        path_of(digest).unlink(missing_ok=True)


def _alone_with(digest: str) -> None:
    """Whoever keeps these bytes and whoever throws them away go one after the other."""
    rows("SELECT pg_advisory_xact_lock(%(key)s)::text", {"key": int(digest[:15], 16)})


def _write(target: Path, content: bytes) -> None:
    """Whole or not at all, also when the disk is full or the power fails."""
    temporary = ""
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, temporary = tempfile.mkstemp(dir=target.parent)
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        os.replace(temporary, target)
    except OSError as fault:
        with suppress(OSError):
            os.unlink(temporary)
        if fault.errno in FULL:
            raise NoRoom from fault
        raise
