"""场所机构的表: regions, the county and its pack, departments; halls with zones, windows, lines, hours and devices, notices, calls for help; sheets, rounds, tasks; written rules."""

from onewindow.places.models.halls import (
    Device,
    DeviceFault,
    Hall,
    Line,
    Opening,
    Service,
    Window,
    Zone,
)
from onewindow.places.models.norms import Norm, NormCheck, NormUnit, NormVersion, Section
from onewindow.places.models.notices import HelpCall, Notice
from onewindow.places.models.offices import County, Department, Level, Region, SettingChange
from onewindow.places.models.venue import Deviation, Profile, Round, RoundLine, Sheet, Task

__all__ = [
    "County",
    "Department",
    "Deviation",
    "Device",
    "DeviceFault",
    "Hall",
    "HelpCall",
    "Level",
    "Line",
    "Norm",
    "NormCheck",
    "NormUnit",
    "NormVersion",
    "Notice",
    "Opening",
    "Profile",
    "Region",
    "Round",
    "RoundLine",
    "Section",
    "Service",
    "SettingChange",
    "Sheet",
    "Task",
    "Window",
    "Zone",
]
