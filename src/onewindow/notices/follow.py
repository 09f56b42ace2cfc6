"""通知的反应: who is told what when a fact of a case was recorded? Told once, however often it runs."""

from __future__ import annotations

from onewindow.cases.models import Case
from onewindow.cases.reads.hands import seats
from onewindow.ground.clock import SHANGHAI
from onewindow.ground.prepared import Question, slot_number
from onewindow.journal.models import Entry
from onewindow.notices import (
    absence,
    aids,
    bookings,
    complaints,
    extensions,
    hall_day,
    handovers,
    norms,
    questions,
    remarks,
    staff,
)
from onewindow.notices.acts import tell as tell_applicant
from onewindow.notices.acts import tell_office, tell_officers, tell_party, tell_visitor
from onewindow.notices.words import password_words, relation_words, words
from onewindow.people.models import Party
from onewindow.places.reads import here
from onewindow.rules.grants import SYSTEM

_BESIDE = (
    "application",
    "applicant__account",
    "applicant__guardian__account",
    "applicant__representative__account",
)
_OF_SUBJECT = Question(
    lambda subject: Case.objects.select_related(*_BESIDE).filter(subject=subject), slot_number()
)


def relation(entry: Entry) -> None:
    """Both sides, when a window proved or ended that somebody acts for a party."""
    sides = Party.objects.in_bulk([entry.body["party"], entry.body["speaker"]])
    party = sides[entry.body["party"]]
    for side in ("speaker", "party"):
        said = relation_words(entry.fact, side, party.name, here())
        tell_party(entry, by=SYSTEM, party=sides[entry.body[side]], side=side, words=said)


def officers(entry: Entry) -> None:
    """Those in the offices whose work it is, with the posts that they hold on that day."""
    case = Case.objects.select_related("department", "version", "application").get(subject=entry.subject_id)
    matter = staff.Matter(entry, case, seats(case, entry.at.astimezone(SHANGHAI).date()), here())
    said = staff.words(matter)
    tell_officers(
        entry,
        by=SYSTEM,
        officers=staff.told(matter),
        case=case,
        title=said.title,
        text=said.text,
        overdue=said.overdue,
        himself=entry.fact in staff.HIS_TOO,
    )


def away(entry: Entry) -> None:
    """Whoever stands in, the heads and he himself: a leave was entered, has begun or is over."""
    for said in absence.told(entry):
        tell_office(
            entry, by=SYSTEM, officers=said.officers, title=said.title, text=said.text, page=said.page
        )


def handover(entry: Entry) -> None:
    """Whoever signs next, and both when it is done; the heads of what stayed."""
    for said in handovers.told(entry):
        tell_office(
            entry, by=SYSTEM, officers=said.officers, title=said.title, text=said.text, page=said.page
        )


def asked(entry: Entry) -> None:
    """Whoever was offered a question, or keeps it: it waits for him, or its day has come."""
    said = questions.told(entry)
    tell_office(entry, by=SYSTEM, officers=said.officers, title=said.title, text=said.text, page=said.page)


def booking(entry: Entry) -> None:
    """The applicant under the telephone that he left, and those in the hall who have to do with it."""
    one = bookings.booking_of(entry)
    if entry.fact in bookings.TOLD:
        said = bookings.applicant(entry, one, here())
        if said is not None and one.party is not None:
            tell_party(entry, by=SYSTEM, party=one.party, side="party", words=said, phone=one.phone)
    within = bookings.officers(entry, one)
    if within is not None:
        _office(entry, within)


def aid(entry: Entry) -> None:
    """The applicant of a home visit, a green channel or another service, and whoever sees to it."""
    one = aids.request_of(entry)
    said = aids.applicant(entry, one, here())
    if said is not None and one.party is not None:
        tell_party(entry, by=SYSTEM, party=one.party, side="party", words=said, phone=one.phone)
    within = aids.officers(entry, one)
    if within is not None:
        _office(entry, within)


def hall(entry: Entry) -> None:
    """Those in the hall and above it: it stops, goes on, a plan starts, a piece of equipment is overdue."""
    said = aids.hall(entry)
    if said is not None:
        _office(entry, said)


def duty(entry: Entry) -> None:
    """Whoever is on duty, or is no longer; whoever watches, when he is not there."""
    _office(entry, bookings.duty(entry))


def remark(entry: Entry) -> None:
    """Whoever suggested something, by the telephone that he left or in his space; and those who have work with it."""
    one = remarks.remark_of(entry)
    if one is not None and (one.party is not None or one.phone):
        tell_visitor(
            entry,
            by=SYSTEM,
            party=one.party,
            phone=one.phone,
            words=remarks.visitor(entry, one, here()),
        )
    said = remarks.office(entry, one)
    if said is not None:
        _office(entry, said)


def complaint(entry: Entry) -> None:
    """Whoever looks into it; at its end whoever complained, and whoever answers for it."""
    one = complaints.complaint_of(entry)
    if entry.fact == "ComplaintSettled" and one.telephone:
        words = complaints.complainant(one, here())
        tell_visitor(entry, by=SYSTEM, party=one.party, phone=one.telephone, words=words)
    within = complaints.officers(entry, one)
    if within is not None:
        _office(entry, within)


def day_of_hall(entry: Entry) -> None:
    """Whoever manages the hall, decides for it or watches."""
    _office(entry, hall_day.told(entry))


def norm(entry: Entry) -> None:
    """Whoever has to know a written rule of the hall."""
    if said := norms.told(entry):
        _office(entry, said)


def extension(entry: Entry) -> None:
    """Who leads the window, who watches, who keeps the forms."""
    if said := extensions.officers(entry):
        _office(entry, said)


def _office(entry: Entry, said: absence.Said) -> None:
    tell_office(entry, by=SYSTEM, officers=said.officers, title=said.title, text=said.text, page=said.page)


def password(entry: Entry) -> None:
    """Whose account it is, when a window set his password anew: he may not have stood there himself."""
    party = Party.objects.select_related("account").get(pk=entry.body["party"])
    tell_party(entry, by=SYSTEM, party=party, side="party", words=password_words(entry, here()))


def tell(entry: Entry) -> None:
    """The applicant, in his own words."""
    said = words(entry, here())
    if said is not None:
        case = _OF_SUBJECT.one(entry.subject_id)
        if case is None:
            raise Case.DoesNotExist
        tell_applicant(entry, by=SYSTEM, case=case, words=said)
