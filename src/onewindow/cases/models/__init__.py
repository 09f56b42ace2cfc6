"""办件的表: the case with its index, and what people wrote in its course."""

from onewindow.cases.models.accepting import Correction, CorrectionPoint, Refusal, Verdict
from onewindow.cases.models.case import Case, DueMoved
from onewindow.cases.models.examining import Opinion, Question
from onewindow.cases.models.promise import Deferral, Promise, Revocation, Signing
from onewindow.cases.models.result import Decision, Delivery
from onewindow.cases.models.time import Extension, Procedure

__all__ = [
    "Case",
    "Correction",
    "CorrectionPoint",
    "Decision",
    "Deferral",
    "Delivery",
    "DueMoved",
    "Extension",
    "Opinion",
    "Procedure",
    "Promise",
    "Question",
    "Refusal",
    "Revocation",
    "Signing",
    "Verdict",
]
