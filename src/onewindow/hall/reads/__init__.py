"""读大厅: who waits, who is called where, how long does it take, and what may everybody see of it?"""

from onewindow.hall.reads.boards import Board, Counted, Shown, Sign, board, tickets_of
from onewindow.hall.reads.lines import line_in, lines_for, lines_of, with_waiting
from onewindow.hall.reads.waits import Place, beyond_closing, by_code, place, waits
from onewindow.hall.reads.windows import AtWindow, at_window, current_at, in_hall, window_of

__all__ = [
    "AtWindow",
    "Board",
    "Counted",
    "Place",
    "Shown",
    "Sign",
    "at_window",
    "beyond_closing",
    "board",
    "by_code",
    "current_at",
    "in_hall",
    "line_in",
    "lines_for",
    "lines_of",
    "place",
    "tickets_of",
    "waits",
    "window_of",
    "with_waiting",
]
