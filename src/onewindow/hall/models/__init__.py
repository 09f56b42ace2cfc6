"""大厅的表: one person's stay, the numbers that he takes, what was booked or asked for beforehand, and what is done when something happens."""

from onewindow.hall.models.aids import Aid, AidRequest
from onewindow.hall.models.bookings import Ban, Booking, ContactTry, Session, Trouble
from onewindow.hall.models.emergency import (
    Drill,
    DrillMeasure,
    Event,
    HealthNote,
    Incident,
    IncidentEntry,
    Plan,
    Round,
    Stop,
)
from onewindow.hall.models.safety import SafetyCheck, SafetyItem, SafetyUse
from onewindow.hall.models.tickets import Ticket, Visit

__all__ = [
    "Aid",
    "AidRequest",
    "Ban",
    "Booking",
    "ContactTry",
    "Drill",
    "DrillMeasure",
    "Event",
    "HealthNote",
    "Incident",
    "IncidentEntry",
    "Plan",
    "Round",
    "SafetyCheck",
    "SafetyItem",
    "SafetyUse",
    "Session",
    "Stop",
    "Ticket",
    "Trouble",
    "Visit",
]
