"""场所机构的行为: found the place; open, change and close its offices, halls, windows, zones and lines."""

from onewindow.places.acts.offices import (
    change_setting,
    close_window,
    empower_windows,
    found,
    import_notice,
    open_department,
    open_hall,
    open_window,
    set_department_phone,
    set_hall_phone,
    set_lines,
)
from onewindow.places.acts.pausing import pause_window, resume_window
from onewindow.places.acts.venue import (
    arrange_window,
    change_line,
    close_line,
    close_zone,
    lay_zone,
    open_line,
)

__all__ = [
    "arrange_window",
    "change_line",
    "change_setting",
    "close_line",
    "close_window",
    "close_zone",
    "empower_windows",
    "found",
    "import_notice",
    "lay_zone",
    "open_department",
    "open_hall",
    "open_line",
    "open_window",
    "pause_window",
    "resume_window",
    "set_department_phone",
    "set_hall_phone",
    "set_lines",
]
