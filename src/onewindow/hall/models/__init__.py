"""大厅的表: one person's stay, his numbers and bookings, who goes with him, the day's figures, 延时."""

from onewindow.hall.models.bookings import Ban, Booking, ContactTry, Session, Trouble
from onewindow.hall.models.day import HallDay, HourCount, Measure, Overload
from onewindow.hall.models.escorts import Escort
from onewindow.hall.models.extensions import (
    CallBack,
    CallBackDraw,
    Extension,
    ExtensionAsk,
    SignOff,
    WindowLeader,
)
from onewindow.hall.models.relief import Cap, TidalPlan, TidalRun
from onewindow.hall.models.tickets import Ticket, Visit

__all__ = [
    "Ban",
    "Booking",
    "CallBack",
    "CallBackDraw",
    "Cap",
    "ContactTry",
    "Escort",
    "Extension",
    "ExtensionAsk",
    "HallDay",
    "HourCount",
    "Measure",
    "Overload",
    "Session",
    "SignOff",
    "Ticket",
    "TidalPlan",
    "TidalRun",
    "Trouble",
    "Visit",
    "WindowLeader",
]
