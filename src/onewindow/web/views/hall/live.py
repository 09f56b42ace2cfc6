"""随时更新: where does a screen of a hall hear that something changed?"""

from __future__ import annotations

from django.conf import settings

from onewindow.ground.hearing import hall_channel
from onewindow.places.models import Hall


def heard(hall: Hall) -> dict[str, str]:
    """The stream and the word of a hall, as its pages name them to their script."""
    channel = hall_channel(hall.pk)
    return {"stream": f"{settings.EVENTS_URL}/events/{channel}", "channel": channel}
