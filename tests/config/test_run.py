"""One command brings up the whole installation; one signal, or a kill, takes all of it down."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from tests.installation import CLI, Installation, free_port, installation, prepared, wait_until


@pytest.fixture
def place() -> Iterator[Installation]:
    """A real installation rather than a demonstration: there is less to load before every test."""
    with real_installation() as made:
        yield made


@pytest.fixture
def known() -> Iterator[Installation]:
    """One that was started before and ended well, for the tests that ask nothing of a first start."""
    with real_installation() as made:
        prepared(made)
        yield made


@pytest.fixture(scope="module")
def running() -> Iterator[Installation]:
    """One that serves already, for the tests that leave it serving."""
    with real_installation() as made:
        prepared(made)
        made.start()
        yield made


@contextmanager
def real_installation() -> Iterator[Installation]:
    with installation(ONEWINDOW_FIELD_KEY="f1" * 32) as made:
        made.data.mkdir()
        (made.data / "installation.toml").write_text('pack = "luoshan"\ndemo = false\n')
        yield made


def pid_of(place: Installation, word: str) -> int:
    return next(pid for pid, words in place.processes().items() if word in words)


def test_it_serves_pages_and_a_signal_leaves_no_process_and_no_port(place: Installation) -> None:
    place.start()
    assert f"已启动：{place.url}/" in place.said()
    assert "还没有建立完，没有管理员：请停止，再执行 onewindow init --pack luoshan" in place.said()
    assert place.status() == 200
    running = " ".join(place.processes().values())
    assert "granian" in running
    assert "worker" in running
    assert "postgres" in running
    place.stop()
    assert place.process is not None
    assert place.process.returncode == 0
    assert "已停止" in place.said()
    assert place.processes() == {}


def test_a_second_one_on_the_same_port_says_so_and_ends(place: Installation) -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", place.port))
        other.listen()
        done = place.command("run")
    assert done.returncode == 1
    assert done.stderr.startswith(f"OneWindow：端口 {place.port} 已被占用")
    assert done.stderr.count("\n") == 1
    assert place.processes() == {}


def test_a_second_one_on_another_port_shares_the_database(running: Installation) -> None:
    second = Installation(
        running.folder / "second", more=running.more | {"ONEWINDOW_DATA": str(running.data)}
    )
    second.folder.mkdir()
    second.start()
    assert second.status() == 200
    second.stop()
    assert running.status() == 200


def test_after_a_kill_everything_ends_and_the_next_start_keeps_the_data(known: Installation) -> None:
    known.start()
    known.query("CREATE TABLE kept (word text)")
    known.query("INSERT INTO kept VALUES ('收件')")
    assert known.process is not None
    known.process.kill()
    known.process.wait(300)
    known.start()
    assert known.status() == 200
    assert known.query("SELECT word FROM kept") == [("收件",)]


def test_a_demonstration_that_starts_again_serves_what_it_has_and_loads_nothing_twice() -> None:
    def loaded() -> list[tuple[int, ...]]:
        return made.query(
            "SELECT count(*), max(id) FROM people_officer UNION ALL SELECT count(*), max(id) FROM places_hall"
        )

    with installation() as made:
        prepared(made)
        made.start()
        there = loaded()
        made.stop()
        made.start()
        assert made.status("/hall/") == 200
        assert loaded() == there
        assert there[0][0] > 20


def test_a_kill_of_make_takes_the_installation_with_it(known: Installation) -> None:
    programs = known.folder / "bin"
    programs.mkdir()
    (programs / "onewindow").write_text(f'#!/bin/sh\nexec {sys.executable} -m onewindow.config.cli "$@"\n')
    (programs / "onewindow").chmod(0o755)
    known.start(["make", "run", "PYTHON=true", f"VENV={programs}"])
    assert known.process is not None
    known.process.kill()
    known.process.wait(300)
    wait_until(lambda: not known.processes())


def test_two_that_start_at_the_same_moment_on_one_port_are_one_that_serves(place: Installation) -> None:
    second = Installation(place.folder / "second", port=place.port, more=place.more)
    second.folder.mkdir()
    with (place.folder / "racer").open("w") as log:
        racer = subprocess.Popen([*CLI, "run"], env=second.environment, stdout=log, stderr=log)
    with suppress(AssertionError):  # it may be the one that is refused
        place.start()

    def told() -> str:
        return place.said() + (place.folder / "racer").read_text()

    wait_until(lambda: "已被占用" in told() and place.status() == 200)
    racer.terminate()
    racer.wait(300)
    assert told().count(f"端口 {place.port} 已被占用") == 1


def test_a_web_server_killed_outright_leaves_no_worker_on_the_port(running: Installation) -> None:
    before = {pid for pid, words in running.processes().items() if "granian" in words}
    os.kill(min(before), signal.SIGKILL)  # the first one started the others
    wait_until(lambda: not before & running.processes().keys())
    wait_until(lambda: running.status() == 200)


@pytest.mark.parametrize("word", ["cli worker", "bin/postgres"])
def test_a_part_that_is_killed_is_started_again(running: Installation, word: str) -> None:
    killed = pid_of(running, word)
    os.kill(killed, signal.SIGKILL)
    wait_until(lambda: any(word in words for pid, words in running.processes().items() if pid != killed))
    wait_until(lambda: running.status() == 200)


def test_events_reach_a_listener_on_the_port_of_the_pages(running: Installation) -> None:
    assert heard(running, running.url) == ["event: state", "event: hall:1", "data: 42"]
    assert running.status("/events/No/Such") == 404


def test_events_have_a_process_of_their_own_on_a_second_port(known: Installation) -> None:
    port = free_port()
    known.more["EVENTS_PORT"] = str(port)
    known.start()
    assert f"实时事件：http://127.0.0.1:{port}/events/" in known.said()
    assert known.status() == 200
    assert heard(known, f"http://127.0.0.1:{port}") == ["event: state", "event: hall:1", "data: 42"]
    request = urllib.request.Request(f"http://127.0.0.1:{port}/events/hall:1", headers={"Origin": known.url})
    with urllib.request.urlopen(request, timeout=120) as answer:
        assert answer.headers["access-control-allow-origin"] == known.url


def heard(place: Installation, url: str) -> list[str]:
    """What a listener to hall:1 hears when both its own and a foreign channel are told something."""
    lines: list[str] = []

    def listen() -> None:
        with urllib.request.urlopen(f"{url}/events/hall:1", timeout=300) as stream:
            for line in stream:
                lines.append(line.decode().strip())
                if lines[-1] == "data: 42":
                    return

    listener = threading.Thread(target=listen)
    listener.start()
    wait_until(lambda: lines.count("event: state") >= 2)  # on joining, and when the database listens
    place.query("SELECT pg_notify('onewindow_events', 'hall:2 7')")
    place.query("SELECT pg_notify('onewindow_events', 'hall:1 42')")
    listener.join(300)
    return [line for line in dict.fromkeys(lines) if line.startswith(("event", "data: 4", "data: 7"))]


def test_an_unknown_place_is_refused_with_the_names_of_those_that_exist(place: Installation) -> None:
    packs = place.folder / "packs"
    (packs / "hedong").mkdir(parents=True)
    (packs / "hedong" / "pack.toml").write_text('place = "河东区"\n')
    (packs / "cn").mkdir()
    (packs / "cn" / "pack.toml").write_text("")  # the nation is no place
    place.more |= {"PACK": "nowhere", "ONEWINDOW_PACKS": str(packs)}
    done = place.command("run")
    assert done.returncode == 1
    assert "没有名为 nowhere 的政策包：请从 hedong 中选择" in done.stderr


def test_a_data_folder_is_never_opened_with_another_places_pack(place: Installation) -> None:
    place.more |= {"PACK": "hedong"}
    done = place.command("run")
    assert done.returncode == 1
    assert "是 luoshan 的数据，不能用 hedong 的政策包打开" in done.stderr


def test_a_port_that_is_no_number_is_refused(place: Installation) -> None:
    place.more["PORT"] = "八千"
    assert "PORT=八千 不是端口号" in place.command("run").stderr


def test_commands_without_an_installation_say_how_to_make_one(place: Installation) -> None:
    shutil.rmtree(place.data)
    done = place.command("tick")
    assert done.returncode == 1
    assert "还没有安装：请先执行 make run（演示）或 onewindow init（正式）" in done.stderr
    assert not place.data.exists()


def test_an_unknown_command_is_answered_with_the_list(place: Installation) -> None:
    done = place.command("fly")
    assert done.returncode == 2
    assert "没有“fly”这个命令" in done.stderr
    assert "doctor" in done.stderr
