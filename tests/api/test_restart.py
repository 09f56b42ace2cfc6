"""A database that was restarted costs no request: the broken connection is noticed before it is used."""

import pytest
from django.db import close_old_connections, connection

from tests.api.conftest import Program
from tests.people.conftest import Stage


@pytest.mark.django_db(transaction=True)
def test_the_first_request_after_a_restart_is_answered(
    stage: Stage, window: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/cases/{stage.cast.accepted().number}"
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 600)
    connection.close()  # the next one is kept between requests, as in a running installation
    assert window.get(path).status_code == 200
    lost = connection.connection
    end(lost.info.backend_pid)
    close_old_connections()  # what begins every request; the test client leaves it out
    assert window.get(path).status_code == 200
    assert connection.connection is not lost


def end(backend: int) -> None:
    """The server drops this connection, as all of them when it restarts."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])
            assert cursor.fetchone() == (True,)
    finally:
        other.close()
