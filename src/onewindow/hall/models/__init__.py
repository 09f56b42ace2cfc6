"""大厅的表: one person's stay, the numbers that he takes, what was booked beforehand, and the machine that owns the queue."""

from onewindow.hall.models.bookings import Ban, Booking, ContactTry, Session, Trouble
from onewindow.hall.models.boxes import Box, BoxBooking, Outgoing, Wish
from onewindow.hall.models.tickets import Ticket, Visit

__all__ = [
    "Ban",
    "Booking",
    "Box",
    "BoxBooking",
    "ContactTry",
    "Outgoing",
    "Session",
    "Ticket",
    "Trouble",
    "Visit",
    "Wish",
]
