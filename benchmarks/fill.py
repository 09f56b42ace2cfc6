"""演示数据: how does a county with so many cases come about, with invented people alone?

Every case has its application, its materials, its journal with the true chain of hashes, its opinion,
decision and delivery where it has come so far, and the index that `recheck` would compute.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from cryptography.hazmat.primitives import hashes
from django.db import connection
from psycopg.types.json import Jsonb

from benchmarks.kept import Filled, keep
from benchmarks.people import People, assemble
from benchmarks.rows import Table, put
from onewindow.cases.law import law_for, pack_for
from onewindow.cases.models import Case, Decision, Delivery, Opinion, Verdict
from onewindow.cases.write import INDEX, renew
from onewindow.ground.clock import SHANGHAI, now, today
from onewindow.intake.models import Application, Submitted
from onewindow.journal.models import Entry, Head, Subject
from onewindow.journal.write import link
from onewindow.places.reads import here
from onewindow.rules import facts
from onewindow.rules.facts import Fact, body
from onewindow.rules.standing import standing

BATCH = 4000
RECEIVED, EXAMINING, DECIDING, CLOSED = range(4)
OPEN_SHARE = 0.1  # an office with 100,000 open among 1,000,000


@dataclass
class County:
    """Writes the cases of one county."""

    people: People
    today: date
    tables: dict[str, Table] = field(default_factory=dict)
    readable: list[str] = field(default_factory=list)
    _numbers: Counter[date] = field(default_factory=Counter)
    _indexes: dict[tuple[int, date], dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.county = here()
        self.random = random.Random(20261122)
        self.seal = hashes.Hash(hashes.SM3())
        self.prefix = pack_for(self.county, self.county.pack, self.today).pack.prefix
        p, at = self.people, self._moment(self.today, 9)
        version, party = p.version, p.parties[0]
        application = Application(
            county=self.county.code,
            version=version,
            department_id=p.department.pk,
            applicant=party,
            channel="counter",
            window=p.clerk.window,
            taken_by=p.clerk,
            form=p.form,
            phone="10095715339",
            delivery_address="",
            begun_at=at,
            saved_at=at,
            sealed_at=at,
            once=uuid4(),
        )
        subject = Subject(county=self.county.code, kind="case", number="")
        case = Case(
            county=self.county.code,
            version=version,
            department=p.department,
            applicant=party,
            enquiry_code="123456",
            item_name=version.name,
            pack=self.county.pack,
            received_at=at,
            received_on=self.today,
            taken_by=p.clerk,
        )
        entry = Entry(county=self.county.code, at=at, on=self.today)
        paper = Submitted(material=p.materials[0], how=Submitted.How.PAPER, added_at=at)
        verdict = Verdict(material=p.materials[0], finding="fits", by=p.clerk, at=at)
        opinion = Opinion(favourable=True, text="符合规定的条件，建议准予。", by=p.examiner, at=at)
        decision = Decision(granted=True, text="准予许可。", by=p.head, at=at, on=self.today)
        delivery = Delivery(
            way="counter", taker_name="本人", taker_paper="99", signed=True, by=p.clerk, at=at
        )
        likes = (application, paper, subject, case, entry, verdict, opinion, decision, delivery)
        self.tables = {type(like).__name__: Table(type(like), like) for like in likes}

    def fill(self, cases: int) -> None:
        """So many more cases; the open ones in the proportions of an office at work."""
        open_cases = max(int(cases * OPEN_SHARE), min(cases // 2, 6000))
        kinds = [RECEIVED] * (open_cases * 6 // 10) + [EXAMINING] * (open_cases * 2 // 10)
        kinds += [DECIDING] * (open_cases - len(kinds)) + [CLOSED] * (cases - open_cases)
        self.random.shuffle(kinds)
        for start in range(0, cases, BATCH):
            for kind in kinds[start : start + BATCH]:
                self._case(kind)
            put(self.tables.values())
        for table in self.tables.values():
            table.end()
        self._close_journal()

    def _case(self, kind: int) -> None:
        back = self.random.randint(40, 280) if kind == CLOSED else 1 if kind == RECEIVED else 2
        day = self.today - timedelta(days=back)
        self._numbers[day] += 1
        number = f"{self.prefix}-{day:%y%m%d}-{self._numbers[day]:04d}"
        party = self.random.choice(self.people.parties)
        table, at = self.tables, self._moment(day, 9)
        application = table["Application"].add(
            applicant_id=party.pk, begun_at=at, saved_at=at, sealed_at=at, once=uuid4()
        )
        for material in self.people.needed:
            table["Submitted"].add(application_id=application, material_id=material.pk, added_at=at)
        subject, case = table["Subject"].next, table["Case"].next
        told = self._facts(kind, day, application, case)
        head = self._journal(subject, told)
        table["Subject"].add(number=number, head=head, length=len(told))
        for material in self.people.needed:
            table["Verdict"].add(case_id=case, material_id=material.pk, at=at)
        table["Case"].add(
            subject_id=subject,
            application_id=application,
            applicant_id=party.pk,
            number=number,
            national_number=f"{self.people.code}{day:%Y%m%d}{self._numbers[day]:04d}"[:50],
            applicant_name=party.name,
            received_at=at,
            received_on=day,
            examiner_id=self.people.examiner.pk if kind in (DECIDING, CLOSED) else None,
            **self._index(kind, day, told),
        )
        if kind != RECEIVED and len(self.readable) < 20_000:
            self.readable.append(number)

    def _facts(self, kind: int, day: date, application: int, case: int) -> list[tuple[Fact, str]]:
        """What happened, by whom, with the rows that it wrote."""
        p, table = self.people, self.tables
        told: list[tuple[Fact, str]] = [
            (facts.Received(on=day, channel="counter", application=application), p.clerk.actor_code)
        ]
        if kind >= EXAMINING:
            told.append((facts.Accepted(on=day), p.examiner.actor_code))
        if kind >= DECIDING:
            opinion = table["Opinion"].add(case_id=case, at=self._moment(day, 10))
            told.append((facts.Reviewed(on=day, opinion=opinion, favourable=True), p.examiner.actor_code))
        if kind == CLOSED:
            later, number = day + timedelta(days=1), f"{p.department.short}〔{day:%Y}〕{case}号"
            decision = table["Decision"].add(
                case_id=case, result_number=number, on=later, at=self._moment(later, 11)
            )
            delivery = table["Delivery"].add(case_id=case, done_on=later, at=self._moment(later, 15))
            told.append((facts.Granted(on=later, decision=decision), p.head.actor_code))
            told.append((facts.Delivered(on=later, delivery=delivery, way="counter"), p.clerk.actor_code))
        return told

    def _journal(self, subject: int, told: Sequence[tuple[Fact, str]]) -> bytes:
        """The chain of one case; answers its last hash."""
        before = b""
        for place, (fact, by) in enumerate(told, 1):
            at, kept = self._moment(fact.on, 8 + place), body(fact)
            linked = link(before, subject, place, fact.name, fact.on, at, by, kept)
            self.tables["Entry"].add(
                subject_id=subject,
                place=place,
                fact=fact.name,
                on=fact.on,
                at=at,
                by=by,
                body=Jsonb(kept),
                before=before,
                hash=linked,
            )
            self.seal.update(linked)
            before = linked
        return before

    def _index(self, kind: int, day: date, told: Sequence[tuple[Fact, str]]) -> dict[str, Any]:
        """The index of a case; the same for all of one kind that came in on one day."""
        known = self._indexes.get((kind, day))
        if known is None:
            pack = pack_for(self.county, self.county.pack, day)
            law = law_for(self.people.version, "counter", pack)
            case = renew(Case(), standing((fact for fact, _ in told), law))
            known = self._indexes[kind, day] = {name: getattr(case, name) for name in INDEX}
        return known

    def _moment(self, day: date, hour: int) -> datetime:
        return datetime.combine(day, time(hour), SHANGHAI)

    def _close_journal(self) -> None:
        """One closing over everything that was written, so that the minute's own has nothing left of it."""
        last, length = self.tables["Entry"].next - 1, Entry.objects.filter(county=self.county.code).count()
        entries = Entry.objects.filter(county=self.county.code).order_by("pk")
        Head.objects.filter(county=self.county.code).delete()
        digest = hashes.Hash(hashes.SM3())
        for kept in entries.values_list("hash", flat=True).iterator(chunk_size=50_000):
            digest.update(bytes(kept))
        Head.objects.create(
            county=self.county.code,
            at=datetime.now(SHANGHAI),
            last_entry=last,
            seen_entry=last,
            entries=length,
            before=b"",
            hash=digest.finalize(),
        )


def main(cases: str, place: str) -> None:
    """Fill the database that Django was told, and write down who is in it."""
    people, day = assemble(now()), today()
    county = County(people, day)
    county.fill(int(cases))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    keep(Path(place), Filled(int(cases), day, people, [], county.readable))
