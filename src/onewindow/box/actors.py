"""大厅本机是谁: as whom does the machine that owns the queue of a hall speak to the county?"""

from __future__ import annotations

from onewindow.box.models import Box
from onewindow.rules.grants import Grant


class Owner:
    """The machine that owns the queue of a hall: it tells the county what it did, and hears what is asked of it."""

    def __init__(self, box: Box) -> None:
        self.box = box

    @property
    def actor_code(self) -> str:
        return f"box:{self.box.pk}"

    def may(self, grant: Grant, subject: object | None = None) -> bool:
        return grant is Grant.BOX_LINK and subject in (None, self.box)
