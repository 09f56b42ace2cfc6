"""场所机构的表: regions, the county and its pack, departments; halls with zones, windows, lines, hours and devices, notices, calls for help."""

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
from onewindow.places.models.notices import HelpCall, Notice
from onewindow.places.models.offices import County, Department, Level, Region, SettingChange

__all__ = [
    "County",
    "Department",
    "Device",
    "DeviceFault",
    "Hall",
    "HelpCall",
    "Level",
    "Line",
    "Notice",
    "Opening",
    "Region",
    "Service",
    "SettingChange",
    "Window",
    "Zone",
]
