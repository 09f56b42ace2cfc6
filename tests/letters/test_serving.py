"""A letter that binds the applicant is served by somebody, provably, and once."""

import pytest
from django.test import Client

from onewindow.cases.acts import correct, refuse, withdraw
from onewindow.cases.acts.taking import Taker
from onewindow.cases.models import Case
from onewindow.ground import files
from onewindow.intake.acts import Paper
from onewindow.journal.models import Entry
from onewindow.letters import acts
from onewindow.letters.models import Letter, Service
from onewindow.letters.reads import letters_of, service_words, to_serve
from onewindow.people.models import Officer, Post
from onewindow.places.models import Hall
from onewindow.rules.grants import Grant, NotAllowed, NotGranted
from tests.cast import COUNTY, Cast, assemble, at, carry_out, officer
from tests.letters.test_follow import text
from tests.web.citizen import TAKER, correcting, granted, on, page_of, shown
from tests.web.desks import at_desk, handed_in_online

pytestmark = pytest.mark.django_db
SEP25, SEP28 = at(9, 25), at(9, 28)


@pytest.fixture
def cast() -> Cast:
    return assemble()


def refused(cast: Cast, kind: str = "refused") -> Case:
    """陈局 refuses what 李伟 took in, and the letter is made."""
    case = cast.apply()
    grounds = {"reasons": "申请的项目不需要许可。", "basis": "《中华人民共和国行政许可法》第三十二条"}
    refuse.propose_refusal(case, by=cast.liwei, at=at(9, 24, 15), kind=kind, go_to="县卫健委", **grounds)
    refuse.confirm_refusal(case, by=cast.chenju, at=at(9, 24, 16))
    carry_out(case.subject)
    return Case.objects.get(pk=case.pk)


def letter_of(case: Case) -> Letter:
    return letters_of(case.subject).exclude(kind="receipt").get()


def waiting(who: Officer) -> list[str]:
    return [one.letter.kind for one in to_serve(Officer.objects.get(pk=who.pk))]


def issuing_window(cast: Cast, hall: Hall | None = None) -> Officer:
    post = Post.objects.create(
        county=COUNTY, name="出件岗", scope="hall", hall=hall or cast.window.hall, grants=[Grant.CASE_DELIVER]
    )
    return officer(COUNTY, "周洁", f"C{post.pk}", post)


@pytest.mark.parametrize("kind", ["refused", "not_ours", "not_needed"])
def test_every_confirmed_refusal_asks_somebody_to_serve_its_letter(cast: Cast, kind: str) -> None:
    case = refused(cast, kind)
    assert waiting(cast.liwei) == [kind]
    assert waiting(issuing_window(cast)) == [kind]
    assert waiting(cast.zhangmin) == waiting(cast.zhaoqiang) == []
    assert service_words(letter_of(case), case.stage) == "待送达"


def test_another_halls_window_is_not_asked(cast: Cast) -> None:
    refused(cast)
    hall = Hall.objects.create(county=COUNTY, region=cast.window.hall.region, kind="town", name="测试镇中心")
    elsewhere = issuing_window(cast, hall)
    assert waiting(elsewhere) == []
    handed_in_online()  # what came online has no window of its own
    assert waiting(elsewhere) == ["refused"]


def test_handed_over_it_leaves_a_receipt_of_service_and_the_list(cast: Cast) -> None:
    case = refused(cast)
    letter = letter_of(case)
    served = acts.serve_at_counter(
        case, by=cast.liwei, at=SEP25, letter=letter.pk, taker=TAKER, window=cast.window
    )
    assert (served.way, served.taker, served.place) == ("counter", "王芳", "罗山县政务服务中心")
    assert waiting(cast.liwei) == []
    entry = Entry.objects.get(fact="Served")
    assert entry.body == {"letter": letter.pk, "way": "counter"}
    carry_out(case.subject)
    proof = text(letters_of(case.subject).get(kind="service"))
    for words in (
        letter.number,
        "直接送达",
        "2026年9月25日10:00",
        "王芳",
        "0427",
        "李伟",
        "签收日期为送达日期",
    ):
        assert words in proof
    assert "991523198803040427" not in proof
    fresh = letters_of(case.subject).get(pk=letter.pk)
    assert service_words(fresh, case.stage) == "9 月 25 日直接送达"


def test_it_is_served_once(cast: Cast) -> None:
    case = refused(cast)
    letter = letter_of(case).pk
    acts.serve_at_counter(case, by=cast.liwei, at=SEP25, letter=letter, taker=TAKER)
    with pytest.raises(NotAllowed, match="已经登记送达"):
        acts.send_letter(case, by=cast.liwei, at=SEP25, letter=letter, tracking="TEST1")
    assert Entry.objects.filter(fact="Served").count() == 1


def test_only_who_delivers_serves_and_only_what_is_to_be_served(cast: Cast) -> None:
    case = refused(cast)
    letter = letter_of(case).pk
    told = {"at": SEP25, "letter": letter, "taker": TAKER}
    for who in (cast.zhangmin, cast.zhaoqiang, cast.wangfang):
        with pytest.raises(NotGranted):
            acts.serve_at_counter(case, by=who, **told)
    receipt = letters_of(case.subject).get(kind="receipt").pk
    with pytest.raises(NotAllowed, match="没有这份要送达的文书"):
        acts.serve_at_counter(case, by=cast.liwei, at=SEP25, letter=receipt, taker=TAKER)
    stranger = Taker(name="别人", paper_kind="resident", paper="991523199001010014", signed=True)
    with pytest.raises(NotAllowed):
        acts.serve_at_counter(case, by=cast.liwei, at=SEP25, letter=letter, taker=stranger)
    assert not Service.objects.filter(served_at__isnull=False).exists()


def test_who_refuses_it_has_it_left_before_a_witness(cast: Cast) -> None:
    case = refused(cast)
    told = {"letter": letter_of(case).pk, "place": "测试路 58 号", "why": "看过以后不肯签字"}
    with pytest.raises(NotAllowed, match="见证人"):
        acts.serve_by_leaving(case, by=cast.liwei, at=SEP25, **told)
    acts.serve_by_leaving(case, by=cast.liwei, at=SEP25, **told, witness="测试社区居委会 何平")
    carry_out(case.subject)
    proof = text(letters_of(case.subject).get(kind="service"))
    for words in (
        "留置送达",
        "测试路58号",
        "拒收事由：看过以后不肯签字",
        "见证人：测试社区居委会何平",
        "拒绝签收",
        "视为送达",
    ):
        assert words in proof


def test_by_post_it_is_served_on_arrival_and_may_come_back(cast: Cast) -> None:
    case = refused(cast)
    told = {"by": cast.liwei, "letter": letter_of(case).pk}
    with pytest.raises(NotAllowed, match="没有在途"):
        acts.letter_arrived(case, at=SEP25, taker="王芳", **told)
    acts.send_letter(case, at=SEP25, tracking="TEST0001", **told)
    assert waiting(cast.liwei) == ["refused"]
    with pytest.raises(NotAllowed, match="还在途中"):
        acts.serve_at_counter(case, at=SEP25, taker=TAKER, **told)
    acts.letter_came_back(case, at=at(9, 27), why="地址不详", **told)
    acts.send_letter(case, at=SEP28, tracking="TEST0002", **told)
    acts.letter_arrived(case, at=at(9, 30), taker="王芳", **told)
    facts = list(Entry.objects.filter(subject=case.subject).order_by("place").values_list("fact", flat=True))
    assert facts[-5:] == ["Refused", "LetterSent", "LetterCameBack", "LetterSent", "Served"]
    assert Service.objects.get().way == "post"
    assert waiting(cast.liwei) == []


def test_a_correction_notice_is_served_until_its_answer_came(cast: Cast) -> None:
    case = correcting(cast)
    carry_out(case.subject)
    assert waiting(cast.liwei) == ["correction"]
    correct.receive_correction(case, by=cast.liwei, at=SEP28, papers=[Paper(cast.materials[1])])
    assert waiting(cast.liwei) == []


def test_a_withdrawn_correction_needs_no_service(cast: Cast) -> None:
    case = correcting(cast)
    carry_out(case.subject)
    withdraw.withdraw(case, by=cast.wangfang, at=SEP28)
    assert waiting(cast.liwei) == []


def test_letters_that_ask_nothing_and_results_are_not_on_the_list(cast: Cast) -> None:
    carry_out(granted(cast).subject)
    assert waiting(cast.liwei) == []


def test_who_agreed_to_electronic_service_takes_it_online(cast: Cast, client: Client) -> None:
    case = refused(cast)
    letter = letter_of(case)
    with pytest.raises(NotAllowed, match="没有同意电子送达"):
        acts.take_online(case, by=cast.wangfang, at=SEP25, letter=letter.pk)
    with on(SEP25):
        assert "请您签收：" not in shown(client, case)
    type(case.application).objects.filter(pk=case.application_id).update(e_service=True)
    with on(SEP25):
        page = shown(client, case)
        assert "请您签收：" in page
        assert "待送达" in page
        told = client.post(f"{page_of(case)}letters/{letter.pk}/take/", follow=True).content.decode()
    assert "文书已经送达您本人" in told
    assert "9 月 25 日电子送达" in told
    assert Entry.objects.get(fact="Served").by.startswith("bearer:")


def test_a_letter_whose_file_is_lost_is_not_taken_online(cast: Cast) -> None:
    case = refused(cast)
    type(case.application).objects.filter(pk=case.application_id).update(e_service=True)
    letter = letter_of(case)
    files.path_of(letter.file.sha256).unlink()
    with pytest.raises(NotAllowed, match="打不开"):
        acts.take_online(case, by=cast.wangfang, at=SEP25, letter=letter.pk)


# On the screen


def signed(**more: str) -> dict[str, str]:
    told = {"taker_name": "王芳", "taker_paper_kind": "resident", "taker_paper": "991523198803040427"}
    return told | {"relation": "本人", "signed": "on"} | more


def test_the_window_finds_prints_and_hands_over(cast: Cast) -> None:
    case = refused(cast)
    letter = letter_of(case)
    zhoujie = at_desk(issuing_window(cast))
    with on(SEP25):
        listed = zhoujie.get("/issue/").content.decode()
        assert "待送达文书 1" in listed
        assert letter.number in listed  # opens on the list where something waits
        assert zhoujie.get(f"/issue/letters/{letter.pk}/").headers["Content-Type"] == "application/pdf"
        page = f"/issue/letters/{letter.pk}/hand/"
        assert "核对来人的证件" in zhoujie.get(page).content.decode()
        wrong = zhoujie.post(page, signed(taker_paper="991523199001010014"))
        assert wrong.status_code == 409
        done = zhoujie.post(page, signed(), follow=True).content.decode()
        assert "已登记送达" in done
        again = zhoujie.post(page, signed(), follow=True)
        assert "不用再办" in again.content.decode()
    assert Entry.objects.filter(fact="Served").count() == 1


def test_leaving_it_asks_for_a_witness_or_a_picture(cast: Cast) -> None:
    letter = letter_of(refused(cast))
    liwei = at_desk(cast.liwei)
    with on(SEP25):
        page = f"/issue/letters/{letter.pk}/left/"
        told = {"place": "测试路 58 号", "why": "不肯签字"}
        assert "见证人" in liwei.post(page, told).content.decode()
        assert Service.objects.get().served_at is None
        assert liwei.post(page, told | {"witness": "测试社区 何平"}).status_code == 302
    assert Service.objects.get().way == "left"


def test_somebody_elses_letter_is_not_found(cast: Cast) -> None:
    letter = letter_of(refused(cast))
    Post.objects.filter(held__officer=cast.zhaoqiang).update(grants=[Grant.CASE_DELIVER])
    zhaoqiang = at_desk(cast.zhaoqiang)
    with on(SEP25):
        for address in (f"/issue/letters/{letter.pk}/", f"/issue/letters/{letter.pk}/hand/"):
            assert zhaoqiang.get(address).status_code == 404
        assert zhaoqiang.get("/issue/letters/999999/hand/").status_code == 404
        assert "待送达文书 0" in zhaoqiang.get("/issue/").content.decode()


def test_the_page_of_the_case_shows_how_far_the_service_is(cast: Cast) -> None:
    case = refused(cast)
    letter = letter_of(case)
    liwei = at_desk(cast.liwei)
    with on(SEP25):
        page = liwei.get(f"/cases/{case.number}/").content.decode()
        assert "待送达" in page
        assert f"/issue/letters/{letter.pk}/hand/" in page
        acts.send_letter(case, by=cast.liwei, at=SEP25, letter=letter.pk, tracking="TEST0001")
        page = liwei.get(f"/cases/{case.number}/").content.decode()
        assert "9 月 25 日寄出，运单号 TEST0001" in page
        assert f"/issue/letters/{letter.pk}/arrived/" in page
        assert f"/issue/letters/{letter.pk}/hand/" not in page


def test_whoever_stands_at_the_counter_is_served_there_and_then(cast: Cast) -> None:
    case = correcting(cast)
    carry_out(case.subject)
    liwei, letter = at_desk(cast.liwei), letter_of(case)
    with on(at(9, 24, 15, 5)):
        done = liwei.get(f"/counter/{case.application.once}/done/").content.decode()
    assert f"/issue/letters/{letter.pk}/hand/" in done
