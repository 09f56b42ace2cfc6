"""大厅门口的机器: what may the kiosk of a hall do for somebody who arranged a service in it?"""

from __future__ import annotations

from onewindow.hall.actors import SELF_SERVICE, Machine
from onewindow.helping.models import AidRequest
from onewindow.rules.grants import Grant


class Kiosk(Machine):
    """A machine of the hall before which somebody shows the code of his request: he gets his number there."""

    def may(self, grant: Grant, subject: object | None = None) -> bool:
        if grant is Grant.HALL_TAKE and isinstance(subject, AidRequest):
            return self.device.kind in SELF_SERVICE and subject.hall_id == self.device.hall_id
        return super().may(grant, subject)
