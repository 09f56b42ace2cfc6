"""A seal is loaded by one person and confirmed by another; letters wait for it and then go out by themselves."""

from dataclasses import dataclass, replace
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from onewindow.ground import files
from onewindow.journal.models import Entry, Subject
from onewindow.journal.reads import verify as verify_journal
from onewindow.journal.work import note_failure
from onewindow.letters import follow
from onewindow.letters.acts import (
    SealData,
    SealFaults,
    ask_end,
    confirm_end,
    confirm_seal,
    issue,
    keep_on,
    load_seal,
    refuse_seal,
    see_sample,
)
from onewindow.letters.models import Letter, Seal
from onewindow.letters.reads import seal_in_force, trusted, waiting_for_seal
from onewindow.letters.render import NotSealed
from onewindow.letters.sign import verify
from onewindow.letters.tick import tick
from onewindow.people.models import Holding, Officer, Post
from onewindow.places.models import County
from onewindow.rules.grants import SYSTEM, Grant, NotAllowed, NotGranted
from tests.cast import COUNTY, SEP24, Cast, assemble, at, carry_out, officer
from tests.letters.seals import PASSPHRASE, key_file, seal_png
from tests.letters.test_follow import text

pytestmark = pytest.mark.django_db
LATER = at(9, 25, 9)


@dataclass
class Office:
    """The cast in a real installation, with two who may load seals."""

    cast: Cast
    zhengkai: Officer
    hemin: Officer

    def load(self, **changes: Any) -> Seal:
        told = SealData(
            "罗山县市场监督管理局行政许可专用章", seal_png(), key_file(), PASSPHRASE, SEP24.date()
        )
        return load_seal(self.cast.market, by=self.zhengkai, at=SEP24, told=replace(told, **changes))

    def confirmed(self, **changes: Any) -> Seal:
        seal = self.load(**changes)
        see_sample(seal, by=self.hemin, at=LATER)
        return confirm_seal(seal, by=self.hemin, at=LATER)


def make_office(*, demo: bool = False) -> Office:
    cast = assemble()
    County.objects.update(demo=demo)
    if not demo:  # a number that begins with 99 is accepted in a demonstration alone
        cast.wangfang.paper_kind, cast.wangfang.paper_number, cast.wangfang.phone = (
            "passport",
            "E12345678",
            "",
        )
        cast.wangfang.save()
    post = Post.objects.create(
        county=COUNTY, name="系统管理岗", scope="county", grants=[Grant.SEAL_LOAD.value]
    )
    return Office(cast, officer(COUNTY, "郑凯", "A001", post), officer(COUNTY, "何敏", "A002", post))


@pytest.fixture(autouse=True)
def folders(tmp_path, settings) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"
    settings.SEALS_DIR = tmp_path / "seals"


@pytest.fixture
def office() -> Office:
    return make_office()


def facts() -> list[str]:
    return list(Subject.objects.get(kind="organisation").entries.values_list("fact", flat=True))


def first_entry(office: Office) -> Entry:
    return Entry.objects.filter(subject=office.cast.apply().subject).get()


def test_without_a_seal_no_letter_goes_out_and_no_number_is_lost(office: Office) -> None:
    entry = first_entry(office)
    with pytest.raises(NotSealed, match="罗山县市场监督管理局还没有启用的印章"):
        issue(entry, by=SYSTEM, kind="receipt")
    office.confirmed()
    assert issue(entry, by=SYSTEM, kind="receipt").number.endswith("1号")


def test_a_seal_that_two_persons_put_into_force_seals_signs_and_verifies(office: Office) -> None:
    seal = office.confirmed()
    case = office.cast.accepted(at(9, 28))
    carry_out(case.subject)
    letter = Letter.objects.get(subject=case.subject, kind="accepted")
    assert (letter.seal, letter.demo, letter.issued_at) == (seal, False, at(9, 28))
    verdict = verify(files.read(letter.file), *trusted(COUNTY))
    assert verdict.valid
    assert verdict.signer == "罗山县市场监督管理局（测试）"
    assert verdict.signed_at == at(9, 28)
    for word in ("样章", "样张", "演示"):
        assert word not in text(letter)


def test_a_loaded_seal_seals_nothing_until_another_person_confirmed_it(office: Office) -> None:
    seal = office.load()
    with pytest.raises(NotSealed):
        issue(first_entry(office), by=SYSTEM, kind="receipt")
    assert trusted(COUNTY) == []
    see_sample(seal, by=office.zhengkai, at=LATER)
    with pytest.raises(NotAllowed, match="装入印章的人不能自己确认"):
        confirm_seal(seal, by=office.zhengkai, at=LATER)
    with pytest.raises(NotAllowed, match="请先打开样张"):
        confirm_seal(seal, by=office.hemin, at=LATER)
    assert seal_in_force(office.cast.market.pk) is None


def test_the_sample_says_that_it_is_one_and_its_signature_verifies(office: Office) -> None:
    shown = see_sample(office.load(), by=office.hemin, at=LATER)
    assert shown.verdict.valid
    assert shown.pdf.startswith(b"%PDF-")
    assert not Letter.objects.exists()


def test_everything_about_a_seal_is_in_the_journal_and_its_history_is_kept(office: Office) -> None:
    first = office.confirmed()
    second = office.confirmed()
    first.refresh_from_db()
    assert (first.state, second.state) == ("ended", "in_force")
    assert facts() == [
        *("SealLoaded", "SealConfirmed", "SealBegan"),
        *("SealLoaded", "SealConfirmed", "SealEnded", "SealBegan"),
    ]
    assert first.end_why == "由“罗山县市场监督管理局行政许可专用章”更换"
    assert verify_journal() == []


def test_ending_needs_another_person_and_destroys_the_key(
    office: Office, settings, django_capture_on_commit_callbacks
) -> None:
    seal = ask_end(office.confirmed(), by=office.hemin, at=at(9, 26), reason="印章遗失")
    with pytest.raises(NotAllowed, match="提请停用的人不能自己确认"):
        confirm_end(seal, by=office.hemin, at=at(9, 26))
    assert seal_in_force(office.cast.market.pk) == seal
    assert (settings.SEALS_DIR / seal.key_name).exists()
    with django_capture_on_commit_callbacks(execute=True):
        confirm_end(seal, by=office.zhengkai, at=at(9, 27))
    assert not (settings.SEALS_DIR / seal.key_name).exists()
    with pytest.raises(NotSealed):
        issue(first_entry(office), by=SYSTEM, kind="receipt")


def test_letters_of_an_ended_seal_still_verify(office: Office) -> None:
    seal = office.confirmed()
    letter = issue(Entry.objects.get(subject=office.cast.apply(at(9, 25)).subject), by=SYSTEM, kind="receipt")
    ask_end(seal, by=office.zhengkai, at=at(9, 26), reason="更换")
    confirm_end(seal, by=office.hemin, at=at(9, 27))
    assert verify(files.read(letter.file), *trusted(COUNTY)).valid


def test_a_proposal_to_end_a_seal_may_be_dropped(office: Office) -> None:
    seal = ask_end(office.confirmed(), by=office.hemin, at=at(9, 26), reason="印章遗失")
    assert keep_on(seal, by=office.zhengkai, at=at(9, 27)).state == "in_force"
    assert facts()[-2:] == ["SealEndAsked", "SealKept"]
    assert ask_end(seal, by=office.zhengkai, at=at(9, 28), reason="又丢了").end_asked_by


def test_a_seal_that_was_sent_back_is_never_used_and_another_may_be_loaded(office: Office) -> None:
    seal = office.load()
    with pytest.raises(NotAllowed, match="已经有一枚印章等着"):
        office.load()
    refuse_seal(seal, by=office.hemin, at=LATER, reason="图样不是备案的那枚")
    with pytest.raises(NotAllowed, match="已经有人确认或者退回"):
        confirm_seal(seal, by=office.hemin, at=LATER)
    assert office.load().state == "waiting"


def test_faults_stand_beside_their_fields_and_leave_nothing_behind(office: Office, settings) -> None:
    for changes, fields in (
        ({"passphrase": "别的"}, {"passphrase"}),
        ({"key_file": key_file(days=30)}, {"key_file"}),
        ({"picture": b"GIF89a", "in_force_from": at(9, 23).date()}, {"picture", "in_force_from"}),
    ):
        with pytest.raises(SealFaults) as refused:
            office.load(**changes)
        assert set(refused.value.by_field) == fields
    assert not Seal.objects.exists()
    assert not settings.SEALS_DIR.exists()
    office.load()
    with pytest.raises(NotAllowed):
        office.load()
    assert len(list(settings.SEALS_DIR.iterdir())) == 1


def test_a_seal_with_a_later_day_begins_on_that_day_by_itself(office: Office) -> None:
    before = office.confirmed()
    seal = office.confirmed(in_force_from=at(10, 9).date())
    assert seal.state == "coming"
    tick(at(10, 8))
    assert seal_in_force(office.cast.market.pk) == before
    tick(at(10, 9, 0, 1))
    assert seal_in_force(office.cast.market.pk) == seal
    assert facts()[-2:] == ["SealEnded", "SealBegan"]


def test_letters_that_waited_go_out_dated_and_signed_when_the_seal_began(office: Office) -> None:
    entry = first_entry(office)
    job = ProcrastinateJob.objects.filter(args__entry=entry.pk)
    with pytest.raises(NotSealed) as why:
        issue(entry, by=SYSTEM, kind="receipt")
    note_failure(entry, "onewindow.letters.follow.receipt", why.value)
    assert waiting_for_seal(COUNTY) == {office.cast.market.pk: 1}
    give_up(job.get())
    office.confirmed()
    follow.sealed(Entry.objects.get(fact="SealBegan"))
    assert job.get().status == "todo"
    carry_out(entry.subject)
    letter = Letter.objects.get(kind="receipt")
    assert letter.issued_at == LATER
    assert "2026年9月25日" in text(letter)
    assert verify(files.read(letter.file), *trusted(COUNTY)).valid


def test_an_expired_certificate_seals_nothing_more(office: Office) -> None:
    office.confirmed(key_file=key_file(days=272))
    issue(Entry.objects.get(subject=office.cast.apply(at(9, 28)).subject), by=SYSTEM, kind="receipt")
    late = office.cast.apply(at(9, 30, 12))
    with pytest.raises(NotSealed, match="有效期到 2026年9月30日"):
        issue(Entry.objects.get(subject=late.subject), by=SYSTEM, kind="receipt")


def test_a_lost_key_is_said_in_words(office: Office, settings) -> None:
    seal = office.load()
    (settings.SEALS_DIR / seal.key_name).unlink()
    with pytest.raises(NotAllowed, match="从备份恢复"):
        see_sample(seal, by=office.hemin, at=LATER)


def test_in_a_demonstration_a_loaded_seal_signs_and_is_marked_across() -> None:
    office = make_office(demo=True)
    entry = first_entry(office)
    specimen = issue(entry, by=SYSTEM, kind="receipt")
    assert "演示样章" not in text(specimen)
    office.confirmed()
    letter = issue(Entry.objects.get(subject=office.cast.apply(at(9, 28)).subject), by=SYSTEM, kind="receipt")
    assert "演示样章" in text(letter)
    assert verify(files.read(letter.file), *trusted(COUNTY)).valid
    assert letter.demo


def test_nobody_loads_or_confirms_without_the_power(office: Office) -> None:
    seal = office.load()
    for act in (see_sample, confirm_seal, confirm_end, keep_on):
        with pytest.raises(NotGranted):
            act(seal, by=office.cast.chenju, at=LATER)
    for act in (refuse_seal, ask_end):
        with pytest.raises(NotGranted):
            act(seal, by=office.cast.chenju, at=LATER, reason="试试")
    office.zhengkai = office.cast.chenju
    with pytest.raises(NotGranted):
        office.load()


def give_up(job: ProcrastinateJob) -> None:
    """As when all tries are used up."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE id = %s", [job.pk])


@pytest.mark.parametrize("first", ["the stand-in", "himself"])
def test_a_stand_in_and_the_one_for_whom_he_sits_are_one_person_for_a_seal(
    office: Office, first: str
) -> None:
    post = office.zhengkai.holdings[0].post
    bare = Post.objects.create(county=COUNTY, name="内勤岗", scope="county", grants=[])
    b = officer(COUNTY, "钱文", "A030", bare)
    Holding.objects.create(
        officer=b, post=post, kind=Holding.Kind.STAND_IN, instead_of=office.zhengkai, since=SEP24.date()
    )
    people = [Officer.objects.get(pk=b.pk), Officer.objects.get(pk=office.zhengkai.pk)]
    for one in people:
        one.day = SEP24.date()
    one, other = people if first == "the stand-in" else reversed(people)
    office.zhengkai = one  # whoever loads it
    seal = office.load()
    see_sample(seal, by=other, at=LATER)
    with pytest.raises(NotAllowed, match="装入印章的人不能自己确认"):
        confirm_seal(seal, by=other, at=LATER)
