"""办件的表: the case with its index, and what people wrote in its course."""

from onewindow.cases.models.accepting import Correction, CorrectionPoint, Refusal, Verdict
from onewindow.cases.models.case import Case, DueMoved
from onewindow.cases.models.examining import Opinion, Question
from onewindow.cases.models.handover import Handover, HandoverLine
from onewindow.cases.models.result import Decision, Delivery
from onewindow.cases.models.time import Extension, Procedure

__all__ = [
    "Case",
    "Correction",
    "CorrectionPoint",
    "Decision",
    "Delivery",
    "DueMoved",
    "Extension",
    "Handover",
    "HandoverLine",
    "Opinion",
    "Procedure",
    "Question",
    "Refusal",
    "Verdict",
]
