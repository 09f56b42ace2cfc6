"""The embedded server: one owner, others attach, nothing stays behind, whoever is killed."""

import os
import pwd
import signal
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from tests.installation import free_port

from onewindow.config import binaries, child, pgfiles, postgres
from onewindow.config.postgres import Cluster
from onewindow.config.refused import Refused
from onewindow.config.unprivileged import reachable

PROJECT = Path(__file__).resolve().parents[2]
OWNER = [sys.executable, str(Path(__file__).with_name("owner.py"))]
ENVIRONMENT = {name: told for name, told in os.environ.items() if name != "ONEWINDOW_DATABASE"}
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can change the user")


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder that the server's user can reach (pytest's own are closed to others)."""
    with tempfile.TemporaryDirectory(prefix="ow-pg-") as folder:
        Path(folder).chmod(0o711)
        yield Path(folder) / "pg"


@pytest.fixture
def owner(home: Path) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """Starts processes that own or attach to the server of `home`, and ends them after the test."""
    started: list[subprocess.Popen[str]] = []

    def start() -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [*OWNER, str(home)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=ENVIRONMENT | {"PYTHONPATH": str(PROJECT / "src")},
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()
    wait_until(lambda: not servers(home))


def servers(home: Path) -> list[int]:
    """The numbers of all processes that work in the cluster below `home`."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if str(home) in os.readlink(entry / "cwd"):
                    found.append(int(entry.name))
            except OSError:
                continue
    return found


def wait_until(true: Callable[[], object], seconds: float = 300.0) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.05)


def said(process: subprocess.Popen[str]) -> list[str]:
    assert process.stdout is not None
    return process.stdout.readline().split()


def test_a_first_start_makes_a_database_that_knows_chinese(home: Path) -> None:
    cluster = Cluster(home, durable=False)
    try:
        with psycopg.connect(cluster.start(), autocommit=True) as connection:
            connection.execute("CREATE EXTENSION pg_trgm")
            row = connection.execute("SELECT array_length(show_trgm('户口迁移'), 1), upper('é')").fetchone()
            assert row == (5, "É")
    finally:
        cluster.stop()
    assert servers(home) == []


def test_the_server_listens_on_no_port_and_its_socket_is_closed_to_others(home: Path) -> None:
    cluster = Cluster(home, durable=False)
    try:
        with psycopg.connect(cluster.start()) as connection:
            assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        assert cluster.socket_folder.stat().st_mode & 0o077 == 0
        assert not listening_sockets(servers(home))
    finally:
        cluster.stop()


def listening_sockets(processes: list[int]) -> set[str]:
    """The listening TCP sockets (state 0A) that these processes hold."""
    held = set()
    for pid in processes:
        with suppress(OSError):  # one of them may have ended meanwhile
            held |= {os.readlink(fd) for fd in Path(f"/proc/{pid}/fd").iterdir()}
    listening = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        rows = Path(table).read_text().splitlines()[1:] if Path(table).exists() else []
        listening |= {f"socket:[{row.split()[9]}]" for row in rows if row.split()[3] == "0A"}
    return held & listening


def test_a_second_start_attaches_and_its_end_leaves_the_server_running(
    home: Path, owner: Callable[[], subprocess.Popen[str]]
) -> None:
    assert said(owner())[2] == "True"
    second = Cluster(home, durable=False)
    dsn = second.start()
    assert not second.owned
    second.stop()
    with psycopg.connect(dsn) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_whoever_attached_takes_over_when_the_owner_ends(
    home: Path, owner: Callable[[], subprocess.Popen[str]]
) -> None:
    first = owner()
    said(first)
    second = Cluster(home, durable=False)
    dsn = second.start()
    try:
        first.communicate()
        assert second.take_over()
        assert second.owned
        with psycopg.connect(dsn) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    finally:
        second.stop()


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGKILL])
def test_a_killed_owner_leaves_no_process_and_the_next_start_is_clean(
    home: Path, owner: Callable[[], subprocess.Popen[str]], signum: signal.Signals
) -> None:
    first = owner()
    dsn = said(first)[1]
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('收件')")
    first.send_signal(signum)
    first.wait(300)
    second = owner()
    assert said(second)[2] == "True"
    with psycopg.connect(dsn) as connection:
        assert connection.execute("SELECT word FROM kept").fetchone() == ("收件",)
    second.send_signal(signal.SIGTERM)
    second.wait(300)
    wait_until(lambda: not servers(home))


def test_a_server_killed_outright_with_its_owner_starts_again(
    home: Path, owner: Callable[[], subprocess.Popen[str]]
) -> None:
    first = owner()
    said(first)
    main = int((home / "data" / "postmaster.pid").read_text().split()[0])
    for pid in (main, first.pid):
        os.kill(pid, signal.SIGKILL)
    first.wait(300)
    assert (home / "data" / "postmaster.pid").exists()
    assert said(owner())[2] == "True"


def test_a_pid_file_that_names_a_foreign_process_is_no_obstacle(home: Path) -> None:
    cluster = Cluster(home, durable=False)
    cluster.start()
    written = (home / "data" / "postmaster.pid").read_text().splitlines()
    cluster.stop()
    (home / "data" / "postmaster.pid").write_text("\n".join([str(os.getpid()), *written[1:]]) + "\n")
    cluster.start()
    cluster.stop()


def test_a_server_that_dies_is_started_again_by_its_owner(home: Path) -> None:
    cluster = Cluster(home, durable=False)
    try:
        dsn = cluster.start()
        os.kill(int((home / "data" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
        wait_until(lambda: cluster._server is not None and cluster._server.poll() is not None)
        assert cluster.take_over()
        with psycopg.connect(dsn) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    finally:
        cluster.stop()


def test_a_first_start_killed_in_the_middle_is_begun_again(home: Path) -> None:
    (home / "making").mkdir(parents=True)
    (home / "making" / "PG_VERSION").write_text("18\n")
    cluster = Cluster(home, durable=False)
    cluster.start()
    cluster.stop()
    assert (home / "data" / "PG_VERSION").is_file()


def test_a_data_folder_with_a_long_path_still_gets_a_socket(home: Path) -> None:
    cluster = Cluster(home / ("长" * 40) / "pg", durable=False)
    try:
        with psycopg.connect(cluster.start()) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        assert len(os.fsencode(cluster.socket_folder)) < 90
    finally:
        cluster.stop()


@as_root
def test_as_root_the_server_runs_as_an_unprivileged_user_even_below_a_closed_home() -> None:
    with tempfile.TemporaryDirectory(prefix="ow-closed-") as closed:  # mode 0700, as /root
        cluster = Cluster(Path(closed) / "project" / "pg", durable=False)
        try:
            cluster.start()
            owners = {owner for pid in servers(cluster.place) for owner in owner_of(pid)}
            assert owners == {postgres.servers_user().pw_uid}
            assert 0 not in owners
            assert not cluster.place.is_relative_to(closed)
        finally:
            cluster.stop()
            subprocess.run(["rm", "-r", str(cluster.place)], check=True)


def owner_of(pid: int) -> list[int]:
    """Whose process it is; nobody's any more when it has ended since it was counted."""
    try:
        return [Path(f"/proc/{pid}").stat().st_uid]
    except FileNotFoundError:
        return []


@as_root
def test_an_unprivileged_user_runs_the_server_himself(home: Path) -> None:
    nobody, python = pwd.getpwnam("nobody"), lent_python()
    home.mkdir()
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    with tempfile.TemporaryFile() as output:
        process = child.start(
            [python, OWNER[1], str(home)],
            dies_by=signal.SIGTERM,
            uid=nobody.pw_uid,
            gid=nobody.pw_gid,
            env=ENVIRONMENT | {"PYTHONPATH": f"{PROJECT / 'src'}:{sysconfig.get_path('purelib')}"},
            output=output,
        )
        process.wait(300)  # its standard input is empty: it starts, says so and ends
        output.seek(0)
        assert output.read().decode().split()[::2] == ["ready", "True"]
    assert servers(home) == []
    assert (home / "data").stat().st_uid == nobody.pw_uid


def lent_python() -> str:
    """An interpreter of this version that another user may run, beside a project that he may read."""
    same = f"/usr/bin/python{sys.version_info[0]}.{sys.version_info[1]}"
    lent = [python for python in (sys.executable, same) if reachable(Path(python).resolve().parent)]
    if not lent or not Path(lent[0]).exists() or not reachable(PROJECT):
        pytest.skip("the interpreter or the project lies below a folder that is closed to other users")
    return lent[0]


def test_a_cluster_that_does_not_know_chinese_letters_is_refused(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def c_locale(programs: binaries.Binaries, data: Path, superuser: str) -> list[str]:
        return [programs.program("initdb"), "-D", str(data), "-U", superuser, "-E", "UTF8", "--locale=C"]

    monkeypatch.setattr(pgfiles, "initdb", c_locale)
    cluster = Cluster(home, durable=False)
    with pytest.raises(Refused, match="不认识汉字"):
        cluster.start()
    assert servers(home) == []


def test_a_cluster_of_another_major_version_is_refused_with_the_way_out(home: Path) -> None:
    (home / "data").mkdir(parents=True)
    (home / "data" / "PG_VERSION").write_text("9\n")
    with pytest.raises(Refused, match=r"由 PostgreSQL 9 建立.*backup"):
        Cluster(home).start()


def test_a_database_that_cannot_be_reached_is_named_in_one_sentence() -> None:
    with pytest.raises(Refused, match="连不上数据库：请检查 DATABASE_URL"):
        postgres.check(f"postgresql://onewindow@127.0.0.1:{free_port()}/onewindow")


def test_without_any_postgresql_one_sentence_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(binaries, "bundled", lambda: None)
    monkeypatch.setattr(binaries, "SYSTEM_FOLDER", tmp_path)
    with pytest.raises(Refused, match="找不到 PostgreSQL：请设置 DATABASE_URL"):
        binaries.find()


def test_the_systems_programs_serve_when_the_wheel_is_missing(
    monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    if not binaries.system():
        pytest.skip("this machine has no PostgreSQL of its own (15 or newer)")
    monkeypatch.setattr(binaries, "bundled", lambda: None)
    cluster = Cluster(home, durable=False)
    try:
        with psycopg.connect(cluster.start()) as connection:
            assert connection.info.server_version >= postgres.OLDEST_NUMBER
    finally:
        cluster.stop()
