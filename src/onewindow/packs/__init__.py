"""政策包: the law as data, read from TOML, checked against its texts, laid one pack over another."""

from onewindow.packs.reader import held, load
from onewindow.rules.pack import PackError

__all__ = ["PackError", "held", "load"]
