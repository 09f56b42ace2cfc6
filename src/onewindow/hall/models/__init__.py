"""大厅的表: one person's stay, and the numbers that he takes."""

from onewindow.hall.models.tickets import Ticket, Visit

__all__ = ["Ticket", "Visit"]
