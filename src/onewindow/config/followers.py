"""反应表: what follows from each fact, and what happens by itself as time passes?

`FOLLOWERS`: fact name → the functions that react to it, each called with its entry. `TICKS`: the functions
called every minute with the moment, in this order.
"""

_LETTER = "onewindow.letters.follow.letter"
_TELL = "onewindow.notices.follow.tell"
_RELATION = "onewindow.notices.follow.relation"
_STAFF = "onewindow.notices.follow.officers"
_INDEX = "onewindow.guidance.follow.reindex"

FOLLOWERS: dict[str, list[str]] = {
    "Received": ["onewindow.cases.follow.at_once", "onewindow.letters.follow.receipt", _TELL],
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
    "ProcedureEnded": [_TELL],
    "Granted": [_LETTER, _TELL],
    "Denied": [_LETTER, _TELL],
    "Delivered": [_LETTER, _TELL],
    "Served": [_LETTER],
    "LetterCorrected": ["onewindow.letters.follow.corrected", _TELL],
    "OriginalsReturned": [_LETTER, _TELL],
    "Withdrawn": [_LETTER, _TELL, _STAFF],
    "Exempted": [_LETTER, _TELL],
    "Filed": [_LETTER, _TELL],
    "CorrectedOnSpot": [_TELL],
    "CorrectionReminded": [_TELL],
    "Explained": [_TELL, _STAFF],
    "Dispatched": [_TELL],
    "CameBack": [_TELL],
    "PickupReminded": [_TELL],
    "Kept": [_TELL],
    "Forwarded": [_STAFF],
    "ReviewSentBack": [_STAFF],
    "RefusalProposed": [_STAFF],
    "LightTurned": [_STAFF, "onewindow.oversight.follow.call_to_account"],
    "OverdueCalled": [_STAFF],
    "OverdueExplained": [_TELL, _STAFF],
    "OverdueSentBack": [_STAFF],
    "OverdueSettled": [_STAFF],
    "SealBegan": ["onewindow.letters.follow.sealed"],
    "RelationProved": [_RELATION],
    "RelationEnded": [_RELATION],
    "PasswordReset": ["onewindow.notices.follow.password"],
    "CalendarNoticed": ["onewindow.cases.follow.reckon_anew"],
    "VersionPublished": [_INDEX],
    "ItemSuspended": [_INDEX],
    "ItemResumed": [_INDEX],
    "ItemWithdrawn": [_INDEX],
    "ImportAsked": ["onewindow.catalogue.follow.run_import"],
    "ItemsImported": ["onewindow.guidance.follow.reindex_all"],
}

TICKS: list[str] = [
    "onewindow.cases.tick.tick",
    "onewindow.letters.tick.tick",
    "onewindow.catalogue.tick.tick",
    "onewindow.people.tick.tick",
    "onewindow.journal.heads.close",
    "onewindow.ground.limits.tidy",
    "onewindow.ground.files.sweep",
    "onewindow.intake.tick.tick",
    "onewindow.notices.tick.tick",
]
