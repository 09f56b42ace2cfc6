"""大厅的表: one person's stay, the numbers that he takes, what was booked beforehand, and what is served after closing time."""

from onewindow.hall.models.bookings import Ban, Booking, ContactTry, Session, Trouble
from onewindow.hall.models.extensions import (
    CallBack,
    CallBackDraw,
    Extension,
    ExtensionAsk,
    SignOff,
    WindowLeader,
)
from onewindow.hall.models.tickets import Ticket, Visit

__all__ = [
    "Ban",
    "Booking",
    "CallBack",
    "CallBackDraw",
    "ContactTry",
    "Extension",
    "ExtensionAsk",
    "Session",
    "SignOff",
    "Ticket",
    "Trouble",
    "Visit",
    "WindowLeader",
]
