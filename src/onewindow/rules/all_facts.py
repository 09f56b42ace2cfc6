"""全部事实: the modules whose import enters every kind of fact into the table by which a kept fact is rebuilt."""

# ruff: noqa: F401 (importing them is what they are here for)
from onewindow.rules import (
    facts_absence,
    facts_aids,
    facts_asked,
    facts_bars,
    facts_booking,
    facts_box,
    facts_catalogue,
    facts_complaints,
    facts_credit,
    facts_devices,
    facts_displaced,
    facts_emergency,
    facts_extension,
    facts_fees,
    facts_guiding,
    facts_instant,
    facts_keeping,
    facts_norms,
    facts_org,
    facts_people,
    facts_promise,
    facts_record,
    facts_relief,
    facts_renewal,
    facts_sheet,
    facts_third,
    facts_tickets,
    facts_time,
    facts_upward,
    facts_venue,
    facts_watch,
)

ALL = tuple(module for name, module in sorted(globals().items()) if name.startswith("facts_"))
