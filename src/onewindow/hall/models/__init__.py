"""大厅的表: one person's stay, the numbers that he takes, what was booked beforehand, and the day of the hall."""

from onewindow.hall.models.bookings import Ban, Booking, ContactTry, Session, Trouble
from onewindow.hall.models.day import HallDay, HourCount, Measure, Overload
from onewindow.hall.models.relief import Cap, TidalPlan, TidalRun
from onewindow.hall.models.tickets import Ticket, Visit

__all__ = [
    "Ban",
    "Booking",
    "Cap",
    "ContactTry",
    "HallDay",
    "HourCount",
    "Measure",
    "Overload",
    "Session",
    "Ticket",
    "TidalPlan",
    "TidalRun",
    "Trouble",
    "Visit",
]
