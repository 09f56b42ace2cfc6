"""大厅的表: one person's stay, his numbers, bookings and wishes, who guided him, the day's figures, 延时, emergencies, the hall's own machine."""

from onewindow.hall.models.aids import Aid, AidRequest
from onewindow.hall.models.bookings import Ban, Booking, ContactTry, Session, Trouble
from onewindow.hall.models.boxes import Box, BoxBooking, Outgoing, Wish
from onewindow.hall.models.day import HallDay, HourCount, Measure, Overload
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
from onewindow.hall.models.extensions import (
    CallBack,
    CallBackDraw,
    Extension,
    ExtensionAsk,
    SignOff,
    WindowLeader,
)
from onewindow.hall.models.guiding import Announcement, Consultation, Escort, Guided, Training
from onewindow.hall.models.relief import Cap, TidalPlan, TidalRun
from onewindow.hall.models.remarks import Remark, Summary
from onewindow.hall.models.safety import SafetyCheck, SafetyItem, SafetyUse
from onewindow.hall.models.tickets import Ticket, Visit

__all__ = [
    "Aid",
    "AidRequest",
    "Announcement",
    "Ban",
    "Booking",
    "Box",
    "BoxBooking",
    "CallBack",
    "CallBackDraw",
    "Cap",
    "Consultation",
    "ContactTry",
    "Drill",
    "DrillMeasure",
    "Escort",
    "Event",
    "Extension",
    "ExtensionAsk",
    "Guided",
    "HallDay",
    "HealthNote",
    "HourCount",
    "Incident",
    "IncidentEntry",
    "Measure",
    "Outgoing",
    "Overload",
    "Plan",
    "Remark",
    "Round",
    "SafetyCheck",
    "SafetyItem",
    "SafetyUse",
    "Session",
    "SignOff",
    "Stop",
    "Summary",
    "Ticket",
    "TidalPlan",
    "TidalRun",
    "Training",
    "Trouble",
    "Visit",
    "WindowLeader",
    "Wish",
]
