"""场所机构的行为: everything that changes a place: its offices, halls, windows, zones, lines, machines and notices."""

from onewindow.places.acts.devices import (
    add_device,
    change_device,
    mend_device,
    register_device,
    release_device,
    retire_device,
    tell_fault,
)
from onewindow.places.acts.norms import (
    NormTold,
    adopt_norms,
    issue_norm,
    renew_norm,
    send_on,
    set_norm_checks,
    withdraw_norm,
)
from onewindow.places.acts.notices import (
    answer_help,
    call_guide,
    post_notice,
    take_down,
)
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
from onewindow.places.acts.pausing import (
    pause_window,
    resume_window,
)
from onewindow.places.acts.rounds import make_round
from onewindow.places.acts.sections import close_section, open_section
from onewindow.places.acts.sheets import (
    end_deviation,
    note_deviation,
    place_zone,
    set_profile,
    set_sheet,
)
from onewindow.places.acts.tasks import close_task, open_task
from onewindow.places.acts.venue import (
    arrange_window,
    change_line,
    close_line,
    close_zone,
    lay_zone,
    open_line,
)

__all__ = [
    "NormTold",
    "add_device",
    "adopt_norms",
    "answer_help",
    "arrange_window",
    "call_guide",
    "change_device",
    "change_line",
    "change_setting",
    "close_line",
    "close_section",
    "close_task",
    "close_window",
    "close_zone",
    "empower_windows",
    "end_deviation",
    "found",
    "import_notice",
    "issue_norm",
    "lay_zone",
    "make_round",
    "mend_device",
    "note_deviation",
    "open_department",
    "open_hall",
    "open_line",
    "open_section",
    "open_task",
    "open_window",
    "pause_window",
    "place_zone",
    "post_notice",
    "register_device",
    "release_device",
    "renew_norm",
    "resume_window",
    "retire_device",
    "send_on",
    "set_department_phone",
    "set_hall_phone",
    "set_lines",
    "set_norm_checks",
    "set_profile",
    "set_sheet",
    "take_down",
    "tell_fault",
    "withdraw_norm",
]
