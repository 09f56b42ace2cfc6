"""Applying at home: for whom one may, what is kept, what is asked again, and that it is submitted once."""

import threading
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection

from onewindow.cases.acts.receive import hand_in, receive
from onewindow.cases.models import Case
from onewindow.catalogue.models import Item, ItemVersion, Material
from onewindow.ground import files
from onewindow.ground.fields import lookup
from onewindow.ground.models import StoredFile
from onewindow.intake import tick, uploads
from onewindow.intake.acts import FormFaults, Told, online
from onewindow.intake.models import Application, Submitted
from onewindow.intake.reads import drafts_for, given_before, own_online
from onewindow.people.models import Party
from onewindow.rules.grants import NotAllowed, NotGranted
from onewindow.rules.identity import paper_key
from tests.cast import COUNTY, SEP24, Cast, assemble, at
from tests.fakes.papers import pdf

TOLD = Told(phone="10095715339", delivery_way="download", e_service=True)
FILLED = {"shop": ["罗山县芳邻小面馆"], "area": ["46"]}


@pytest.fixture(autouse=True)
def folders(tmp_path, settings) -> None:
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def cast(db: None) -> Cast:
    return online_cast()


def online_cast() -> Cast:
    cast = assemble()
    Item.objects.filter(pk=cast.version.item_id).update(online_depth=3)
    cast.version.item.refresh_from_db()
    return cast


def party(cast: Cast, name: str, number: str, **more: object) -> Party:
    return Party.objects.create(
        kind=more.pop("kind", "person"),
        name=name,
        paper_kind="resident",
        paper_number=number,
        paper_hash=lookup(paper_key("resident", number)),
        **more,
    )


def begun(cast: Cast, applicant: Party | None = None, once: UUID | None = None) -> Application:
    return online.begin(
        cast.version,
        by=cast.wangfang,
        at=SEP24,
        once=once or uuid4(),
        applicant=applicant or cast.wangfang,
        channel="web",
    )


def upload(cast: Cast, application: Application, material: Material, **more: object) -> Submitted:
    kept = uploads.keep(COUNTY, uploads.look(pdf(), "图.pdf", 5), SEP24)
    return online.attach(application, by=cast.wangfang, at=SEP24, material=material, file=kept, **more)


def filled(cast: Cast) -> Application:
    application = begun(cast)
    online.save(application, by=cast.wangfang, at=SEP24, names=FILLED, typed=FILLED)
    for material in cast.materials:
        upload(cast, application, material)
    return application


def test_what_is_submitted_at_home_opens_a_case_with_its_receipt_day(cast: Cast) -> None:
    night = at(9, 26, 23, 40)  # Saturday
    case = hand_in(filled(cast), by=cast.wangfang, at=night, told=TOLD)
    assert (case.stage, case.received_on, case.taken_by) == ("received", date(2026, 9, 26), None)
    assert case.application.form == {"shop": "罗山县芳邻小面馆", "area": 46}
    assert case.application.draft == {}
    assert case.due_on == date(2026, 10, 9)
    assert case.subject.entries.get().by == cast.wangfang.actor_code


def test_submitting_twice_opens_one_case(cast: Cast) -> None:
    application = filled(cast)
    first = hand_in(application, by=cast.wangfang, at=SEP24, told=TOLD)
    assert hand_in(application, by=cast.wangfang, at=SEP24, told=TOLD) == first
    assert Case.objects.count() == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_eight_submissions_at_once_open_one_case(tmp_path, settings) -> None:
    cast = online_cast()
    application = filled(cast)
    numbers: list[str] = []

    def press() -> None:
        numbers.append(hand_in(application, by=cast.wangfang, at=SEP24, told=TOLD).number)
        connection.close()

    pressing = [threading.Thread(target=press) for _ in range(8)]
    for one in pressing:
        one.start()
    for one in pressing:
        one.join()
    assert len(numbers) == 8
    assert len(set(numbers)) == 1
    assert Case.objects.count() == 1


def test_a_clerk_does_not_receive_a_draft_and_a_stranger_submits_nothing(cast: Cast) -> None:
    application = filled(cast)
    with pytest.raises(NotAllowed, match="还没有提交"):
        receive(application, by=cast.liwei, at=SEP24)
    stranger = party(cast, "赵六", "991523197001010011")
    with pytest.raises(NotGranted):
        hand_in(application, by=stranger, at=SEP24, told=TOLD)
    with pytest.raises(NotGranted):
        online.save(application, by=stranger, at=SEP24, names=FILLED, typed={})
    assert own_online(stranger, application.once) is None


def test_a_guardian_applies_for_a_child_and_nobody_for_strangers(cast: Cast) -> None:
    child = party(cast, "李小雨", "991523201806010281", guardian=cast.wangfang, born=date(2018, 6, 1))
    application = begun(cast, child)
    assert (application.applicant, application.agent) == (child, cast.wangfang)
    stranger = party(cast, "赵六", "991523197001010011")
    with pytest.raises(NotAllowed, match="不能替这个人"):
        begun(cast, stranger)


def test_minors_and_the_dead_do_not_apply_for_themselves(cast: Cast) -> None:
    Party.objects.filter(pk=cast.wangfang.pk).update(born=date(2012, 1, 1))
    cast.wangfang.refresh_from_db()
    with pytest.raises(NotAllowed, match="监护人"):
        begun(cast)
    Party.objects.filter(pk=cast.wangfang.pk).update(born=None, died_on=date(2026, 1, 1))
    cast.wangfang.refresh_from_db()
    with pytest.raises(NotAllowed, match="去世"):
        begun(cast)


def test_an_item_that_is_not_open_online_is_not_begun(cast: Cast) -> None:
    Item.objects.filter(pk=cast.version.item_id).update(online_depth=2)
    cast.version.item.refresh_from_db()
    with pytest.raises(NotAllowed, match="到窗口办理"):
        begun(cast)


def test_an_open_draft_goes_on_instead_of_a_second_one(cast: Cast) -> None:
    first = begun(cast)
    assert begun(cast) == first
    assert list(drafts_for(cast.wangfang, COUNTY)) == [first]


def test_what_is_typed_is_kept_right_or_wrong_field_by_field(cast: Cast) -> None:
    application = begun(cast)
    online.save(application, by=cast.wangfang, at=SEP24, names=["area"], typed={"area": ["很大"]})
    online.save(application, by=cast.wangfang, at=SEP24, names=["shop"], typed={"shop": ["面馆"]})
    application.refresh_from_db()
    assert application.draft == {"area": ["很大"], "shop": ["面馆"]}
    online.save(application, by=cast.wangfang, at=SEP24, names=["shop"], typed={})
    application.refresh_from_db()
    assert application.draft == {"area": ["很大"]}


def test_a_form_or_a_paper_that_lacks_keeps_it_from_being_submitted(cast: Cast) -> None:
    application = begun(cast)
    with pytest.raises(FormFaults):
        hand_in(application, by=cast.wangfang, at=SEP24, told=TOLD)
    online.save(application, by=cast.wangfang, at=SEP24, names=FILLED, typed=FILLED)
    upload(cast, application, cast.materials[0])
    with pytest.raises(online.PapersMissing, match="还有 2 份") as lacking:
        hand_in(application, by=cast.wangfang, at=SEP24, told=TOLD)
    assert lacking.value.missing == [material.pk for material in cast.materials[1:]]
    assert not Case.objects.exists()


def test_nothing_is_changed_after_the_seal(cast: Cast) -> None:
    application = filled(cast)
    hand_in(application, by=cast.wangfang, at=SEP24, told=TOLD)
    for act in (
        lambda: online.save(application, by=cast.wangfang, at=SEP24, names=FILLED, typed={}),
        lambda: upload(cast, application, cast.materials[0]),
        lambda: online.detach(application, by=cast.wangfang, at=SEP24, submitted=1),
        lambda: online.throw_away(application, by=cast.wangfang),
    ):
        with pytest.raises(NotAllowed, match="已经提交或者删除"):
            act()


def test_a_paper_of_another_item_and_an_expired_one_are_not_taken(cast: Cast) -> None:
    application = begun(cast)
    with pytest.raises(NotAllowed, match="已过有效期"):
        upload(cast, application, cast.materials[0], valid_until=date(2026, 9, 1))
    other = ItemVersion.objects.create(
        county=COUNTY, item=cast.version.item, number=9, state="draft", name="别的", kind="公共服务"
    )
    foreign = Material.objects.create(
        version=other,
        code="x",
        order=0,
        name="别的材料",
        necessity="required",
        source="自备",
        forms=["paper"],
    )
    with pytest.raises(NotAllowed, match="不在本事项的清单里"):
        upload(cast, application, foreign)


def test_a_paper_given_before_stands_again_while_it_is_valid(cast: Cast) -> None:
    earlier = filled(cast)
    Submitted.objects.filter(application=earlier).update(valid_until=date(2026, 9, 30))
    hand_in(earlier, by=cast.wangfang, at=SEP24, told=TOLD)
    again = begun(cast)
    layout = cast.materials[1]
    old = given_before(cast.wangfang, [layout.name], SEP24.date())[layout.name]
    used = online.reuse(again, by=cast.wangfang, at=SEP24, material=layout, old=old)
    assert (used.how, used.reused_from, used.file) == ("reused", old, old.file)
    assert given_before(cast.wangfang, [layout.name], date(2026, 10, 1)) == {}
    with pytest.raises(NotAllowed, match="已过有效期"):
        online.reuse(again, by=cast.wangfang, at=at(10, 1), material=layout, old=old)


def test_what_expires_between_adding_and_submitting_is_refused(cast: Cast) -> None:
    application = filled(cast)
    Submitted.objects.filter(application=application).update(valid_until=date(2026, 9, 25))
    with pytest.raises(NotAllowed, match="已过有效期"):
        hand_in(application, by=cast.wangfang, at=at(9, 26), told=TOLD)


def test_a_file_taken_out_leaves_nothing_behind(cast: Cast, django_capture_on_commit_callbacks) -> None:
    application = begun(cast)
    one = upload(cast, application, cast.materials[0])
    digest = one.file.sha256
    assert files.path_of(digest).exists()
    with django_capture_on_commit_callbacks(execute=True):
        online.detach(application, by=cast.wangfang, at=SEP24, submitted=one.pk)
    assert not files.path_of(digest).exists()
    assert not StoredFile.objects.exists()


def test_bytes_that_another_still_needs_stay(cast: Cast, django_capture_on_commit_callbacks) -> None:
    application = begun(cast)
    one, two = (upload(cast, application, material) for material in cast.materials[:2])
    with django_capture_on_commit_callbacks(execute=True):
        online.detach(application, by=cast.wangfang, at=SEP24, submitted=one.pk)
    assert files.read(two.file) == pdf()


def test_a_reused_paper_taken_out_leaves_the_earlier_one_whole(
    cast: Cast, django_capture_on_commit_callbacks
) -> None:
    hand_in(filled(cast), by=cast.wangfang, at=SEP24, told=TOLD)
    again = begun(cast)
    layout = cast.materials[1]
    old = given_before(cast.wangfang, [layout.name], SEP24.date())[layout.name]
    used = online.reuse(again, by=cast.wangfang, at=SEP24, material=layout, old=old)
    with django_capture_on_commit_callbacks(execute=True):
        online.detach(again, by=cast.wangfang, at=SEP24, submitted=used.pk)
    assert files.read(old.file) == pdf()


def test_a_draft_moves_on_to_the_guide_of_today(cast: Cast) -> None:
    application = filled(cast)
    newer = ItemVersion.objects.create(
        county=COUNTY,
        item=cast.version.item,
        number=2,
        state="draft",
        name=cast.version.name,
        kind=cast.version.kind,
        form=cast.version.form,
        content=cast.version.content,
    )
    kept = cast.materials[0]
    for order, (code, name) in enumerate(((kept.code, kept.name), ("neu", "新的材料"))):
        Material.objects.create(
            version=newer,
            code=code,
            order=order,
            name=name,
            necessity="required",
            source="自备",
            forms=["paper"],
        )
    ItemVersion.objects.filter(pk=cast.version.pk).update(state="retired")
    ItemVersion.objects.filter(pk=newer.pk).update(state="published")
    Item.objects.filter(pk=newer.item_id).update(current=newer)
    with pytest.raises(NotAllowed, match="已经停用或更换"):
        hand_in(application, by=cast.wangfang, at=SEP24, told=TOLD)
    dropped = online.move_to_current(application, by=cast.wangfang, at=SEP24)
    assert dropped == [cast.materials[1].name, cast.materials[2].name]
    application.refresh_from_db()
    assert application.version == newer
    assert application.draft["shop"] == FILLED["shop"]
    with pytest.raises(online.PapersMissing, match="新的材料"):
        hand_in(application, by=cast.wangfang, at=SEP24, told=TOLD)


@pytest.mark.req("FC-3.2.10i")
def test_only_what_the_situation_needs_is_asked(cast: Cast) -> None:
    draft = ItemVersion.objects.create(
        county=COUNTY,
        item=cast.version.item,
        number=3,
        state="draft",
        name="带情形",
        kind="公共服务",
        content={
            "questions": [
                {
                    "key": "cold",
                    "ask": "做凉菜吗？",
                    "options": [{"key": "yes", "label": "做"}, {"key": "no", "label": "不做"}],
                }
            ]
        },
    )
    Material.objects.create(
        version=draft,
        code="zj",
        order=0,
        name="专间说明",
        necessity="required",
        source="自备",
        forms=["paper"],
        detail={"when": ["cold=yes"]},
    )
    application = Application(version=draft, draft={"q-cold": ["no"]})
    application.pk = 0
    assert online.missing(application, list(draft.materials.all()), ()) == []
    application.draft = {"q-cold": ["yes"]}
    assert [m.name for m in online.missing(application, list(draft.materials.all()), ())] == ["专间说明"]


def test_drafts_left_lying_are_thrown_away_with_their_files(
    cast: Cast, django_capture_on_commit_callbacks
) -> None:
    application = filled(cast)
    digest = application.submitted.first().file.sha256
    assert tick.tick(SEP24 + timedelta(days=90)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert tick.tick(SEP24 + timedelta(days=91)) == 1
    assert not Application.objects.exists()
    assert not files.path_of(digest).exists()
