"""应急的表: when a hall stopped, what it plans and tries, what was done when it came, and the equipment that is to be sound."""

from onewindow.emergency.models.incidents import (
    Drill,
    DrillMeasure,
    Event,
    HealthNote,
    Incident,
    IncidentEntry,
    Plan,
    Round,
    Stop,
)
from onewindow.emergency.models.safety import SafetyCheck, SafetyItem, SafetyUse

__all__ = [
    "Drill",
    "DrillMeasure",
    "Event",
    "HealthNote",
    "Incident",
    "IncidentEntry",
    "Plan",
    "Round",
    "SafetyCheck",
    "SafetyItem",
    "SafetyUse",
    "Stop",
]
