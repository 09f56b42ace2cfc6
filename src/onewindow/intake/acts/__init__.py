"""一窗收件的行为: begin an application, fill it, add its papers, seal it; at the counter and online."""

from onewindow.intake.acts.counter import begin, discard, keep, scan, scans_of, take_in, take_up
from onewindow.intake.acts.papers import SCAN, FormFaults, Paper, Told, add_papers, check_reuse

__all__ = [
    "SCAN",
    "FormFaults",
    "Paper",
    "Told",
    "add_papers",
    "begin",
    "check_reuse",
    "discard",
    "keep",
    "scan",
    "scans_of",
    "take_in",
    "take_up",
]
