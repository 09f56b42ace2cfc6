"""大厅的表: one person's stay, the numbers that he takes, what was booked beforehand, and who guided him."""

from onewindow.hall.models.bookings import Ban, Booking, ContactTry, Session, Trouble
from onewindow.hall.models.guiding import Announcement, Consultation, Escort, Guided, Training
from onewindow.hall.models.remarks import Remark, Summary
from onewindow.hall.models.tickets import Ticket, Visit

__all__ = [
    "Announcement",
    "Ban",
    "Booking",
    "Consultation",
    "ContactTry",
    "Escort",
    "Guided",
    "Remark",
    "Session",
    "Summary",
    "Ticket",
    "Training",
    "Trouble",
    "Visit",
]
