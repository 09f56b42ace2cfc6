"""反应表: what follows from each fact? Fact name → the functions that react to it."""

FOLLOWERS: dict[str, list[str]] = {}
