"""办件的表: the case with its index, and what people wrote in its course."""

from onewindow.cases.models.accepting import Correction, CorrectionPoint, Refusal, Verdict
from onewindow.cases.models.case import Case, DueMoved
from onewindow.cases.models.examining import Opinion, Question
from onewindow.cases.models.fees import Bill, BillLine, Payment, Refund, Relief, StrayPayment
from onewindow.cases.models.handover import Handover, HandoverLine
from onewindow.cases.models.instant import Filing, Judgement, StoppedTable
from onewindow.cases.models.offline import OfflineReceipt, ReceiptBlock
from onewindow.cases.models.promise import Deferral, Promise, Revocation, Signing
from onewindow.cases.models.record import BackDated, Struck, TermMoved, Voiding
from onewindow.cases.models.result import Decision, Delivery
from onewindow.cases.models.third import Third, ThirdStatement
from onewindow.cases.models.time import Extension, Procedure
from onewindow.cases.models.upward import Contact, Renewal, Report

__all__ = [
    "BackDated",
    "Bill",
    "BillLine",
    "Case",
    "Contact",
    "Correction",
    "CorrectionPoint",
    "Decision",
    "Deferral",
    "Delivery",
    "DueMoved",
    "Extension",
    "Handover",
    "HandoverLine",
    "Filing",
    "Judgement",
    "OfflineReceipt",
    "Opinion",
    "Payment",
    "Procedure",
    "Promise",
    "Question",
    "Refund",
    "Refusal",
    "StrayPayment",
    "Struck",
    "TermMoved",
    "ReceiptBlock",
    "Relief",
    "Third",
    "ThirdStatement",
    "Renewal",
    "Report",
    "StoppedTable",
    "Revocation",
    "Signing",
    "Verdict",
    "Voiding",
]
