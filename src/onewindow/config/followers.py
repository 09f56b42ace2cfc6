"""反应表: what follows from each fact, and what happens by itself as time passes?

`FOLLOWERS`: fact name → the functions that react to it, each called with its entry. `TICKS`: the functions
called every minute with the moment, in this order.
"""

_LETTER = "onewindow.letters.follow.letter"
_INDEX = "onewindow.guidance.follow.reindex"

FOLLOWERS: dict[str, list[str]] = {
    "Received": ["onewindow.letters.follow.receipt"],
    "CorrectionAsked": [_LETTER],
    "CorrectionReceived": [_LETTER],
    "CorrectionLapsed": [_LETTER],
    "Accepted": [_LETTER],
    "AcceptedBySilence": [_LETTER],
    "Refused": [_LETTER],
    "NotOurs": [_LETTER],
    "NotNeeded": [_LETTER],
    "ExplanationAsked": [_LETTER],
    "Granted": [_LETTER],
    "Denied": [_LETTER],
    "Delivered": [_LETTER],
    "OriginalsReturned": [_LETTER],
    "Withdrawn": [_LETTER],
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
    "onewindow.catalogue.tick.tick",
    "onewindow.people.tick.tick",
    "onewindow.journal.heads.close",
]
