"""县里的线路: the process of a hall's machine that tells the county what happens and hears what it asks, as long as it runs.

Cut or not, the hall goes on: this process is the only one that ever speaks to the county.
"""

from __future__ import annotations

import logging
import signal
import threading
from argparse import ArgumentParser
from time import monotonic

from django.conf import settings
from django.db import DatabaseError, close_old_connections

from onewindow.config import folders
from onewindow.config.refused import Refused
from onewindow.exchange.box import rounds
from onewindow.exchange.box.link import Barred, Cut, Https
from onewindow.ground.clock import now

EVERY = 2.0  # seconds between two rounds
LOOK = 60.0  # between two looks at the venue
LONGEST = 15.0  # between two tries while nobody answers
BARRED = 60.0
log = logging.getLogger("onewindow.box")


def main(argv: list[str]) -> int:
    """Round after round until told to stop."""
    ArgumentParser(
        prog="onewindow box-link", description="大厅本机和县里的线路（run 会自动启动）"
    ).parse_args(argv)
    if not settings.BOX:
        raise Refused("这不是大厅本机：没有要对接的县里。")
    stop = threading.Event()
    for signum in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signum, lambda *_: stop.set())
    _go_on(Https(settings.COUNTY_URL, folders.folder().box_key.read_text("ascii").strip()), stop)
    return 0


def _go_on(link: Https, stop: threading.Event) -> None:
    pause, looked, silent = EVERY, 0.0, False
    while not stop.wait(pause):
        look = monotonic() - looked > LOOK
        try:
            close_old_connections()
            rounds.once(link, settings.BOX, now, look=look)
        except Cut as cut:
            if not silent:
                log.warning("the county does not answer (%s); the hall goes on", cut)
            pause, silent = min(pause * 2, LONGEST), True
        except Barred as refusal:
            log.warning("the county refuses: %s", refusal)
            pause = BARRED
        except DatabaseError as refused:
            pause = min(pause * 2, LONGEST)
            log.warning("the database did not take it (%s); tried again in %d seconds", refused, pause)
        except Exception:  # the one line of the hall: whatever it was, the next round may go well
            pause = BARRED
            log.exception("the round broke off; the next one is in %d seconds", pause)
        else:
            looked = monotonic() if look else looked
            pause, silent = EVERY, False
