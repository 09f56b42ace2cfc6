"""Every run gets a PostgreSQL of its own: the one of DATABASE_URL, else an embedded one that ends with the run.

One server per run, started when the first test asks for a database; under pytest-xdist it is started by the
controlling process, and pytest-django gives every worker a database of its own on it.
"""

import fcntl
import gc
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis

from onewindow.config.folders import locked
from onewindow.config.postgres import Cluster
from tests import emptying

DSN = "ONEWINDOW_DATABASE"
TEST_ROOT = "ONEWINDOW_TEST_ROOT"
NO_BROWSER = "缺少浏览器测试所需的软件，请执行：apt-get install -y "
WORKER = "PYTEST_XDIST_WORKER"
SEED = "onewindow_seed"
_clusters: list[Cluster] = []
_seeding: list[threading.Thread] = []
# The same examples in every run, and as much time for each as the machine needs.
hypothesis.register_profile(
    "gate", derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
hypothesis.load_profile("gate")


def start_server() -> str:
    """The DSN of this run's server; the first call starts it."""
    given = os.environ.get("DATABASE_URL") or os.environ.get(DSN)
    if given:
        return given
    cluster = Cluster(Path(os.environ[TEST_ROOT]) / "pg", durable=False)
    _clusters.append(cluster)
    os.environ[DSN] = cluster.start()
    emptying.allow(os.environ[DSN])
    return os.environ[DSN]


def _clusters_are_ours() -> bool:
    """Whether the server ends with this run, so that nothing is left on it."""
    return "DATABASE_URL" not in os.environ


def _seed() -> str:
    """The database with all tables that each worker's own is copied from: its tables are built once in a run."""
    made = Path(os.environ[TEST_ROOT]) / SEED
    with made.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            dsn = os.environ[DSN]
            with psycopg.connect(dsn, autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {SEED}")
            there = os.environ | {DSN: psycopg.conninfo.make_conninfo(dsn, dbname=SEED)}
            command = [sys.executable, "-W", "ignore", "-m", "django", "migrate", "--verbosity", "0"]
            subprocess.run(command, env=there, check=True)
            made.touch()
    return SEED


def pytest_configure(config: pytest.Config) -> None:
    controls_workers = not hasattr(config, "workerinput") and bool(
        getattr(config.option, "numprocesses", None)
    )
    if controls_workers and not config.option.collectonly:
        start_server()
        if _clusters_are_ours():  # while the workers collect
            _seeding.append(threading.Thread(target=_seed, daemon=True))
            _seeding[0].start()


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """What is imported and collected stays to the end: the collector of garbage need not look through it again.

    Until then it is off, and afterwards it waits for more than the few objects of one page.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.set_threshold(10_000, 20, 20)
        gc.enable()


def pytest_unconfigure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):
        return
    for seeding in _seeding:
        seeding.join()
    for cluster in _clusters:
        cluster.stop()
    _remove_leftovers()


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What is missing for the browser tests stands in the last lines, once."""
    reports = (*terminalreporter.getreports("skipped"), *terminalreporter.getreports("error"))
    told = re.findall(NO_BROWSER + r"[\w -]+", "\n".join(str(report.longrepr) for report in reports))
    for line in dict.fromkeys(told):
        terminalreporter.write_line(line)


def _remove_leftovers() -> None:
    """The folders of runs that were killed: nobody holds their lock any more, as a living run always does."""
    for lock in Path(tempfile.gettempdir()).glob("ow-test-*/pg/lock"):
        try:
            descriptor = locked(lock)
        except OSError:
            continue  # somebody else's
        if descriptor is not None:
            os.close(descriptor)
            shutil.rmtree(lock.parent.parent, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Where pytest-django leaves room to say which server its databases stand on."""
    from django.conf import settings
    from django.db import connections

    from onewindow.config.settings import _database

    told: dict[str, Any] = _database(start_server())
    for known in (settings.DATABASES["default"], connections["default"].settings_dict):
        known.update({name: told[name] for name in ("USER", "PASSWORD", "HOST", "PORT", "OPTIONS")})
        known["NAME"] = told["NAME"]
        known["CONN_MAX_AGE"] = 0
        if WORKER in os.environ and _clusters_are_ours():
            known["TEST"]["TEMPLATE"] = _seed()
    if _clusters_are_ours():
        emptying.row_by_row()
