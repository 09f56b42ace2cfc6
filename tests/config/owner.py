"""Owns a database server until its standard input closes; started by the tests of the supervisor."""

import signal
import sys
from pathlib import Path

from onewindow.config.postgres import Cluster

signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
cluster = Cluster(Path(sys.argv[1]), durable=False)
try:
    sys.stdout.write(f"ready {cluster.start()} {cluster.owned}\n")
    sys.stdout.flush()
    sys.stdin.read()
finally:
    cluster.stop()
