"""Screens are tried on the same stage as the acts behind them."""

from tests.people.conftest import stage

__all__ = ["stage"]
