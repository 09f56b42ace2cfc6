"""读流水: what was recorded, is the chain whole, and which duties failed?"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from procrastinate.contrib.django.models import ProcrastinateJob

from onewindow.journal.models import Access, Entry, Failure, Subject
from onewindow.journal.work import followers_of
from onewindow.journal.write import link


@dataclass(frozen=True)
class Broken:
    """An entry whose hash does not follow from the one before it."""

    subject: str
    place: int


def entries(subject: Subject) -> QuerySet[Entry]:
    """Everything recorded about a matter, oldest first."""
    return Entry.objects.filter(subject=subject).order_by("place")


def verify(county: str | None = None) -> list[Broken]:
    """Walk every chain; returns the first broken entry of each matter."""
    rows = Entry.objects.select_related("subject").order_by("subject_id", "place")
    if county is not None:
        rows = rows.filter(county=county)
    broken: list[Broken] = []
    current, before, place, bad = 0, b"", 0, False
    for entry in rows.iterator(chunk_size=2000):
        if entry.subject_id != current:
            current, before, place, bad = entry.subject_id, b"", 0, False
        place += 1
        if bad:
            continue
        if not _follows(entry, before, place):
            broken.append(Broken(str(entry.subject), entry.place))
            bad = True
        before = bytes(entry.hash)
    return broken


def _follows(entry: Entry, before: bytes, place: int) -> bool:
    expected = link(before, entry.subject_id, place, entry.fact, entry.on, entry.at, entry.by, entry.body)
    return entry.place == place and bytes(entry.before) == before and bytes(entry.hash) == expected


def failed_errands() -> QuerySet[ProcrastinateJob]:
    """Duties that used up their tries, newest first."""
    return ProcrastinateJob.objects.filter(status="failed").order_by("-id")


@dataclass(frozen=True)
class Failed:
    """A duty that used up its tries: of which fact, what of it failed, and why it failed last."""

    job: ProcrastinateJob
    entry: Entry | None
    failure: Failure | None

    @property
    def county(self) -> str:
        """Whose matter it belongs to; none when its entry cannot be read, and then nobody's post covers it."""
        return self.entry.county if self.entry is not None else ""

    @property
    def follower(self) -> str:
        named = str(self.job.args.get("follower", ""))
        return named or (self.failure.follower if self.failure is not None else "")


def failed_page(county: str, before: int | None = None, size: int = 50) -> list[Failed]:
    """One page of the duties that failed, the latest first, with their entries and reasons."""
    jobs = failed_errands() if before is None else failed_errands().filter(id__lt=before)
    rows = list(jobs[:size])
    keys = [job.args.get("entry") for job in rows]
    found = Entry.objects.filter(pk__in=keys, county=county).select_related("subject")
    entries = {entry.pk: entry for entry in found.prefetch_related("failures")}
    return [_failed(job, entries.get(job.args.get("entry"))) for job in rows]


def failed_one(county: str, job: int) -> Failed | None:
    """One failed duty of this county."""
    found = failed_errands().filter(pk=job).first()
    if found is None:
        return None
    entry = (
        Entry.objects.filter(pk=found.args.get("entry"), county=county).prefetch_related("failures").first()
    )
    return _failed(found, entry) if entry is not None else None


def _failed(job: ProcrastinateJob, entry: Entry | None) -> Failed:
    if entry is None:
        return Failed(job, None, None)
    named = job.args.get("follower")
    own = [named] if named else followers_of(entry.fact)
    reasons = [one for one in entry.failures.all() if one.follower in own]
    return Failed(job, entry, max(reasons, key=lambda one: one.at, default=None))


def waiting_errands() -> QuerySet[ProcrastinateJob]:
    """Duties not done yet."""
    return ProcrastinateJob.objects.filter(status__in=["todo", "doing"]).order_by("id")


def accesses(county: str) -> QuerySet[Access]:
    """The access log, newest first."""
    return Access.objects.filter(county=county).order_by("-id")
