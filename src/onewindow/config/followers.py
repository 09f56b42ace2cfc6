"""反应表: what follows from each fact, and what happens by itself as time passes?

`FOLLOWERS`: fact name → the functions that react to it, each called with its entry. `TICKS`: the functions
called every minute with the moment, in this order.
"""

FOLLOWERS: dict[str, list[str]] = {}

TICKS: list[str] = [
    "onewindow.cases.tick.tick",
    "onewindow.journal.heads.close",
]
