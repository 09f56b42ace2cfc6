"""便民导办的表: what a hall offers beside its windows, whom the guides helped, what was said and announced."""

from onewindow.helping.models.aids import Aid, AidRequest
from onewindow.helping.models.guiding import Announcement, Consultation, Guided, Training
from onewindow.helping.models.remarks import Remark, Summary

__all__ = [
    "Aid",
    "AidRequest",
    "Announcement",
    "Consultation",
    "Guided",
    "Remark",
    "Summary",
    "Training",
]
