"""大厅的表: one person's stay, the numbers that he takes, and what was booked beforehand."""

from onewindow.hall.models.bookings import Ban, Booking, ContactTry, Session, Trouble
from onewindow.hall.models.tickets import Ticket, Visit

__all__ = ["Ban", "Booking", "ContactTry", "Session", "Ticket", "Trouble", "Visit"]
