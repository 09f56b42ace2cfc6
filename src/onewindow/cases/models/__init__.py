"""办件的表: the case with its index, and what people wrote in its course."""

from onewindow.cases.models.accepting import Correction, CorrectionPoint, Refusal, Verdict
from onewindow.cases.models.case import Case, DueMoved
from onewindow.cases.models.examining import Opinion, Question
from onewindow.cases.models.result import Decision, Delivery
from onewindow.cases.models.time import Extension, Procedure
from onewindow.cases.models.upward import Contact, Renewal, Report

__all__ = [
    "Case",
    "Contact",
    "Correction",
    "CorrectionPoint",
    "Decision",
    "Delivery",
    "DueMoved",
    "Extension",
    "Opinion",
    "Procedure",
    "Question",
    "Refusal",
    "Renewal",
    "Report",
    "Verdict",
]
