"""数据库的起停: how does this installation get its PostgreSQL, and how does nothing stay behind?

One process owns the server: it holds the lock on the folder, and the server is its foreground child, which
the kernel stops when the owner dies. Others attach. The server listens on a unix socket in a closed folder,
never on a port, and runs as an unprivileged user when the owner is root.
"""

import hashlib
import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psycopg

from onewindow.config import binaries, child, pgfiles
from onewindow.config.folders import locked
from onewindow.config.refused import Refused
from onewindow.config.unprivileged import make_closed, ourselves, reachable, servers_user

START_SECONDS = 300.0  # a server that recovers after a power cut may need long
NO_ROOM = "No space left on device"  # PostgreSQL writes its log in English (lc_messages)
STOP_BY = ((signal.SIGINT, 30.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0))
POLL_SECONDS = 0.02
LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.5432.lock")
ROOTS_FOLDER = Path("/var/lib/onewindow")
OWNER, APP = "owner", "onewindow"  # the superuser of the cluster; the role the product works as
OLDEST_NUMBER = 150000


@dataclass
class Cluster:
    """The embedded server of one data folder: `start`, work with `dsn`, `stop`."""

    home: Path
    durable: bool = True
    owned: bool = False
    _lock: int | None = None
    _server: subprocess.Popen[bytes] | None = None
    _user: pwd.struct_passwd = field(default_factory=servers_user)

    @property
    def dsn(self) -> str:
        return self._dsn(APP, APP)

    @property
    def place(self) -> Path:
        """Where the server's own files lie: in the data folder, unless its user could not get there."""
        if os.geteuid() != 0 or reachable(self.home.parent):
            return self.home
        return ROOTS_FOLDER / f"{self.home.parent.name}-{_short(self.home)}"

    @property
    def socket_folder(self) -> Path:
        wanted = self.place / "run"
        if len(os.fsencode(wanted)) <= LONGEST_SOCKET_FOLDER:
            return wanted
        return Path("/tmp") / f"onewindow-{os.getuid()}-{_short(self.home)}"  # noqa: S108 (made 0700, checked)

    @property
    def log(self) -> Path:
        return self.place / "postgres.log"

    @property
    def serving(self) -> Path:
        """Stands as long as the owner means to go on; others attach only while it does."""
        return self.home / "serving"

    def start(self) -> str:
        """Own the server or attach to the one that runs; answers the DSN."""
        self.home.mkdir(parents=True, exist_ok=True)
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if self.take_over() or (self.serving.exists() and self._answers()):
                return self._checked()
            time.sleep(POLL_SECONDS * 5)
        raise Refused(
            f"数据库被另一个进程占用但没有应答：请查看 {self.log}，或结束占用 {self.home} 的进程后重试。"
        )

    def _checked(self) -> str:
        try:
            check(self.dsn)
        except Refused:
            self.stop()
            raise
        return self.dsn

    def take_over(self) -> bool:
        """Start the server if nobody owns it, and start it again if the owned one died."""
        if self._server is not None and self._server.poll() is None:
            return True
        if self._lock is None:
            self._lock = locked(self.home / "lock")
        if self._lock is None:
            return False
        try:
            self._run_server()
        except BaseException:
            self.stop()
            raise
        self.owned = True
        self.serving.touch()
        return True

    def retire(self) -> None:
        """Announce the end, so that whoever starts now waits for the lock instead of attaching."""
        if self.owned:
            self.serving.unlink(missing_ok=True)

    def stop(self) -> None:
        """End the server if it is ours: politely, then firmly."""
        self.retire()
        if self._server is not None:
            for signum, seconds in STOP_BY:
                if self._server.poll() is None:
                    self._server.send_signal(signum)
                    _wait(self._server, seconds)
            if not self.socket_folder.is_relative_to(self.place):
                shutil.rmtree(self.socket_folder, ignore_errors=True)
        self._server, self.owned = None, False
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def programs(self) -> binaries.Binaries:
        """The programs that fit the server's user: copied when root may not lend its own."""
        found = binaries.find()
        if os.geteuid() != 0:
            return found
        self.place.mkdir(parents=True, exist_ok=True)
        return binaries.copy(found, self.place)

    def _run_server(self) -> None:
        programs = self._prepared()
        data = self.place / "data"
        with self.log.open("ab") as log:
            self._server = child.start(
                [
                    *(programs.program("postgres"), "-D", str(data)),
                    *("-c", f"config_file={self.place / 'conf' / 'postgresql.conf'}"),
                    *("-k", str(self.socket_folder), "-h", ""),
                ],
                dies_by=signal.SIGINT,
                env=pgfiles.ENVIRONMENT,
                cwd=data,
                output=log,
                **self._as_user(),
            )
        self._await_answer()
        self._ensure_database()

    def _prepared(self) -> binaries.Binaries:
        """Everything that must be true before the server is started, whatever happened before."""
        try:
            programs = self.programs()
            self._make_place()
            pgfiles.refuse_other_major(self.place / "data", programs)
            pgfiles.end_leftover(self.place / "data")
            shutil.rmtree(self.socket_folder, ignore_errors=True)
            make_closed(self.socket_folder, self._user)
            self._make_data(programs)
            pgfiles.configure(self.place / "conf", ourselves().pw_name, (OWNER, APP), self.durable)
            pgfiles.shorten(self.log)
        except OSError as error:
            raise Refused(
                f"不能准备数据库文件夹 {self.place}（{error.strerror}：{error.filename}）："
                "请改正它的属主和权限，或腾出磁盘空间后重试。"
            ) from error
        return programs

    def _make_data(self, programs: binaries.Binaries) -> None:
        """initdb into a side folder, renamed when whole, so that a kill leaves no half cluster."""
        if (self.place / "data").is_dir():
            return
        making = self.place / "making"
        shutil.rmtree(making, ignore_errors=True)
        make_closed(making, self._user)
        made = child.start(
            pgfiles.initdb(programs, making, OWNER),
            dies_by=signal.SIGKILL,
            env=pgfiles.ENVIRONMENT,
            cwd=making,
            output=subprocess.PIPE,
            **self._as_user(),
        )
        printed, _ = made.communicate()
        if made.returncode != 0:
            told = printed.decode("utf-8", "replace").strip()
            raise Refused(
                f"不能建立数据库（initdb 出错）：请检查磁盘空间和 {self.place} 的权限。原文：{told[-600:]}"
            )
        making.rename(self.place / "data")

    def _await_answer(self) -> None:
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if self._server is None or self._server.poll() is not None:
                raise Refused(self._why_not_started(pgfiles.tail(self.log)))
            if self._answers("postgres", OWNER):
                return
            time.sleep(POLL_SECONDS)
        raise Refused(f"数据库在 {START_SECONDS:.0f} 秒内没有应答：请查看 {self.log}。")

    def _why_not_started(self, said: str) -> str:
        if NO_ROOM in said:
            return f"数据库没有启动：它所在的磁盘满了（{self.place}）。请清理或扩容后再启动，已存的数据都在。"
        return f"数据库没有启动：请查看 {self.log}。最后几行：{said}"

    def _ensure_database(self) -> None:
        with psycopg.connect(self._dsn("postgres", OWNER), autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP]).fetchone():
                connection.execute(f"CREATE ROLE {APP} LOGIN CREATEDB")
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [APP]).fetchone():
                connection.execute(f"CREATE DATABASE {APP} OWNER {APP}")

    def _answers(self, database: str = APP, role: str = APP) -> bool:
        try:
            psycopg.connect(self._dsn(database, role), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def _dsn(self, database: str, role: str) -> str:
        return f"postgresql://{role}@/{database}?host={quote(str(self.socket_folder), safe='')}&port=5432"

    def _as_user(self) -> dict[str, int]:
        return {"uid": self._user.pw_uid, "gid": self._user.pw_gid} if os.geteuid() == 0 else {}

    def _make_place(self) -> None:
        """The server's user may pass through, and finds its own folders; the rest stays ours."""
        for folder, mode in ((self.place, 0o711), (self.place / "conf", 0o755)):
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(mode)


@contextmanager
def running(home: Path, *, durable: bool = True) -> Iterator[str]:
    """`DATABASE_URL` if given, else the embedded server for as long as the block lasts."""
    given = os.environ.get("DATABASE_URL")
    if given:
        check(given)
        yield given
        return
    cluster = Cluster(home, durable)
    try:
        yield cluster.start()
    finally:
        cluster.stop()


def check(dsn: str) -> None:
    """Refuse a database that cannot be reached, is too old, or cannot tell Chinese letters from signs."""
    try:
        with psycopg.connect(dsn, connect_timeout=10) as connection:
            if connection.info.server_version < OLDEST_NUMBER:
                raise Refused(
                    f"PostgreSQL 版本太旧（{version(connection)}）："
                    "请升级到 15 以上，再用 DATABASE_URL 指向它。"
                )
            row = connection.execute(
                "SELECT current_setting('server_encoding'), d.datctype, '户' ~ '[[:alpha:]]'"
                " FROM pg_database d WHERE datname = current_database()"
            ).fetchone()
    except psycopg.OperationalError as error:
        raise Refused(
            f"连不上数据库：请检查 DATABASE_URL 和数据库服务。原文：{str(error).strip()[:300]}"
        ) from error
    if row is None or row[0] != "UTF8" or not row[2]:
        found = "未知" if row is None else f"编码 {row[0]}，ctype {row[1]}"
        raise Refused(
            f"这个数据库不认识汉字（{found}），检索会全部落空：请用 UTF8 编码和 C.UTF-8（或 zh_CN.UTF-8）"
            "重新建库，例如 createdb -T template0 -E UTF8 --locale=C.UTF-8 onewindow。"
        )


def version(connection: psycopg.Connection[tuple[object, ...]]) -> str:
    return connection.info.parameter_status("server_version") or str(connection.info.server_version)


def _short(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:10]


def _wait(server: subprocess.Popen[bytes], seconds: float) -> None:
    with suppress(subprocess.TimeoutExpired):
        server.wait(seconds)
