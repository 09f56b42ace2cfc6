"""办件: one case on one screen, and everything that may be done with it."""
