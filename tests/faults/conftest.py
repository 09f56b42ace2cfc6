"""The running installation that the tests of the browser use serves these tests too."""

from tests.browser.conftest import server

__all__ = ["server"]
