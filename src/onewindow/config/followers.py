"""反应表: what follows from each fact, and what happens by itself as time passes?

`FOLLOWERS`: fact name → the functions that react to it, each called with its entry. `TICKS`: the functions
called every minute with the moment, in this order.
"""

_LETTER = "onewindow.letters.follow.letter"
_TELL = "onewindow.notices.follow.tell"
_RELATION = "onewindow.notices.follow.relation"
_STAFF = "onewindow.notices.follow.officers"
_HANDOVER = "onewindow.notices.follow.handover"
_AWAY = "onewindow.notices.follow.away"
_INDEX = "onewindow.guidance.follow.reindex"

FOLLOWERS: dict[str, list[str]] = {
    "Received": ["onewindow.cases.follow.at_once", "onewindow.letters.follow.receipt", _TELL],
    "PapersTakenOffline": ["onewindow.exchange.box.follow.case_of_receipt"],
    "CorrectionAsked": [_LETTER, _TELL],
    "CorrectionReceived": [_LETTER, _TELL, _STAFF],
    "CorrectionLapsed": [_LETTER, _TELL],
    "Accepted": [_LETTER, _TELL],
    "AcceptedBySilence": [_LETTER, _TELL],
    "Refused": [_LETTER, _TELL],
    "NotOurs": [_LETTER, _TELL],
    "NotNeeded": [_LETTER, _TELL],
    "ExplanationAsked": [_LETTER, _TELL],
    "ExtensionAsked": [_STAFF],
    "ExtensionDeclined": [_STAFF],
    "Extended": [_LETTER, _TELL, _STAFF],
    "ProcedureBegun": [_LETTER, _TELL],
    "ProcedureProlonged": [_LETTER, _TELL],
    "ProcedureOverran": [_TELL, _STAFF],
    "ProcedureEnded": [_TELL],
    "SentUp": [_LETTER, _TELL, _STAFF],
    "ContactedAbove": [_TELL],
    "GrantedAbove": [_LETTER, _TELL],
    "DeniedAbove": [_LETTER, _TELL],
    "RenewalNamed": [_TELL],
    "RenewalReminded": [_TELL],
    "RenewedByLaw": [_LETTER, _TELL, _STAFF],
    "HostReplaced": [_LETTER, _TELL, _STAFF],
    "HandedOver": [_STAFF],
    "HandoverOpened": [_HANDOVER],
    "HandoverSigned": [_HANDOVER],
    "HandoverTaken": ["onewindow.cases.follow.hand_over", _HANDOVER],
    "Granted": [_LETTER, _TELL],
    "Denied": [_LETTER, _TELL],
    "Delivered": [_LETTER, _TELL],
    "Served": [_LETTER],
    "LetterCorrected": ["onewindow.letters.follow.corrected", _TELL],
    "OriginalsReturned": [_LETTER, _TELL],
    "VoidAsked": [_STAFF],
    "VoidDeclined": [_STAFF],
    "Voided": ["onewindow.cases.follow.breach_void", "onewindow.letters.follow.annulled", _TELL, _STAFF],
    "Withdrawn": [_LETTER, _TELL, _STAFF],
    "Exempted": [_LETTER, _TELL],
    "Filed": [_LETTER, _TELL],
    "LackPromised": [_TELL, _STAFF],
    "PapersDeferred": [_LETTER, _TELL],
    "DeferralReminded": [_TELL],
    "PapersSupplied": [_LETTER, _TELL, _STAFF],
    "SupplyReturned": [_LETTER, _TELL],
    "PapersCleared": [_TELL, _STAFF],
    "DeferralMissed": ["onewindow.cases.follow.breach", _LETTER, _TELL, _STAFF],
    "DeemedWithdrawn": ["onewindow.cases.follow.breach", _LETTER, _TELL, _STAFF],
    "PromiseSigned": [_LETTER, _TELL, _STAFF],
    "PromiseTakenBack": [_TELL, _STAFF],
    "PromiseKept": [_TELL],
    "CheckOverdue": [_STAFF],
    "MendOrdered": [_LETTER, _TELL],
    "Mended": [_TELL],
    "RevocationAnnounced": [_LETTER, _TELL, _STAFF],
    "StatementHeard": [_TELL, _STAFF],
    "RevocationDropped": [_TELL, _STAFF],
    "Revoked": ["onewindow.cases.follow.breach", _LETTER, _TELL, _STAFF],
    "CorrectedOnSpot": [_TELL],
    "CorrectionReminded": [_TELL],
    "Explained": [_TELL, _STAFF],
    "Dispatched": [_TELL],
    "CameBack": [_TELL],
    "ParcelSilent": [_TELL, _STAFF],
    "PickupReminded": [_TELL],
    "Kept": [_TELL],
    "Forwarded": [_STAFF],
    "ReviewSentBack": [_STAFF],
    "RefusalProposed": [_STAFF],
    "BillMade": [_LETTER, _TELL],
    "ReliefAsked": [_STAFF],
    "ReliefGranted": [_TELL],
    "ReliefDeclined": [_TELL, _STAFF],
    "FeePaid": [_TELL, _STAFF],
    "PaidAstray": [_TELL],
    "RefundAsked": [_STAFF],
    "Refunded": [_TELL],
    "RefundDeclined": [_TELL, _STAFF],
    "ThirdNamed": [_LETTER],
    "ThirdTold": [_TELL],
    "ThirdSpoke": [_TELL, _STAFF],
    "ThirdHeard": [_TELL],
    "Warned": [_LETTER, _TELL],
    "Barred": [_LETTER, _TELL],
    "BarLiftAsked": [_STAFF],
    "BarLiftDeclined": [_TELL],
    "BarLifted": [_TELL],
    "LightTurned": [_STAFF, "onewindow.oversight.follow.call_to_account"],
    "OverdueCalled": [_STAFF],
    "OverdueExplained": [_TELL, _STAFF],
    "OverdueSentBack": [_STAFF],
    "OverdueSettled": [_STAFF],
    "OverdueTakenBack": [_STAFF],
    "LeaveEntered": [_AWAY],
    "CoverNamed": [_AWAY],
    "LeaveBegan": [_AWAY],
    "LeaveEnded": [_AWAY],
    "SealBegan": ["onewindow.letters.follow.sealed"],
    "RelationProved": [_RELATION],
    "RelationEnded": [_RELATION],
    "PasswordReset": ["onewindow.notices.follow.password"],
    "CalendarNoticed": ["onewindow.cases.follow.reckon_anew", "onewindow.feedback.follow.reckon_anew"],
    "VersionPublished": [_INDEX],
    "ItemSuspended": [_INDEX],
    "ItemResumed": [_INDEX],
    "ItemWithdrawn": [_INDEX],
    "ImportAsked": ["onewindow.catalogue.follow.run_import"],
    "ItemsImported": ["onewindow.guidance.follow.reindex_all"],
}

_ASKED = "onewindow.notices.follow.asked"
FOLLOWERS |= {fact: [_ASKED] for fact in ("AskedOffered", "AskedDeclined", "AskedTaken", "AskedReminded")}

_BOOKING, _DUTY = "onewindow.notices.follow.booking", "onewindow.notices.follow.duty"
_BOOKED = (
    "BookingAsked",
    "BookingChanged",
    "BookingConfirmed",
    "BookingAgreed",
    "BookingProposed",
    "BookingRefused",
    "BookingCancelled",
    "BookingReminded",
    "BookingServed",
    "BookingAbandoned",
    "BookingBarred",
    "BookingBarLifted",
    "BookingDisplaced",
    "BookingRestored",
    "AnswerOverdue",
)
FOLLOWERS |= {fact: [_BOOKING] for fact in _BOOKED}
_REMARK = "onewindow.notices.follow.remark"
FOLLOWERS |= {fact: [_REMARK] for fact in ("RemarkDecided", "RemarkDone", "DaySummed")}
_GONE = "onewindow.hall.follow.bookings"
FOLLOWERS |= {
    fact: [_GONE]
    for fact in (
        "ServiceStopped",
        "StopChanged",
        "ServiceResumed",
        "HoursSet",
        "HoursEnded",
        "SittingWithdrawn",
    )
}
for _fact in ("ServiceStopped", "StopChanged", "ServiceResumed"):
    FOLLOWERS[_fact] = [*FOLLOWERS[_fact], "onewindow.helping.follow.hours"]
_HALL = "onewindow.notices.follow.hall"
for _fact in ("ServiceStopped", "ServiceResumed", "IncidentOpened", "SafetyOverdue"):
    FOLLOWERS[_fact] = [*FOLLOWERS.get(_fact, []), _HALL]
FOLLOWERS |= {
    fact: ["onewindow.notices.follow.aid"]
    for fact in (
        "AidAsked",
        "AidArranged",
        "AidDeclined",
        "AidDisplaced",
        "AidDone",
        "AidMoved",
        "AidRestored",
        "AidSetOut",
        "AidWithdrawn",
    )
}
FOLLOWERS["CalendarNoticed"] = [*FOLLOWERS["CalendarNoticed"], _GONE]
FOLLOWERS |= {fact: [_DUTY] for fact in ("DutyNamed", "DutyDropped", "DutyUnmet")}

_OF_DAY = "onewindow.notices.follow.day_of_hall"
FOLLOWERS |= {fact: [_OF_DAY] for fact in ("OverloadRaised", "OverloadCleared", "DayReported")}
FOLLOWERS |= {fact: [_OF_DAY] for fact in ("CapProposed", "CapApproved", "CapDeclined", "CapEnded")}
_EXTENDED = ("ExtensionBegun", "OvertimeAsked", "OvertimeAnswered", "ExtensionServed")
FOLLOWERS |= {fact: ["onewindow.notices.follow.extension"] for fact in _EXTENDED}
FOLLOWERS |= {fact: ["onewindow.notices.follow.complaint"] for fact in ("ComplaintMade", "ComplaintSettled")}

FOLLOWERS |= {fact: ["onewindow.notices.follow.norm"] for fact in ("NormIssued", "NormSentOn", "NormUnread")}

TICKS: list[str] = [
    "onewindow.cases.tick.tick",
    "onewindow.letters.tick.tick",
    "onewindow.catalogue.tick.tick",
    "onewindow.people.tick.tick",
    "onewindow.hall.tick_bookings.tick",
    "onewindow.emergency.tick.tick",
    "onewindow.box.tick.tick",
    "onewindow.hall.tick_day.tick",
    "onewindow.guidance.tick.tick",
    "onewindow.journal.heads.close",
    "onewindow.ground.limits.tidy",
    "onewindow.ground.files.sweep",
    "onewindow.hall.tick.tick",
    "onewindow.helping.tick.tick",
    "onewindow.keeping.tick.tick",
    "onewindow.exchange.box.forget.tick",
    "onewindow.intake.tick.tick",
    "onewindow.notices.tick.tick",
]
