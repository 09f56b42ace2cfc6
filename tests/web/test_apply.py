"""Applying online in the browser's own words: begun, kept, resumed, refused with a sentence, submitted once."""

import re
from datetime import datetime, timedelta
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from onewindow.cases.acts import accept, decide, examine, receive
from onewindow.cases.models import Case
from onewindow.catalogue.models import Item
from onewindow.ground.models import StoredFile
from onewindow.intake.models import Application
from onewindow.people.models import Account, Party
from tests.cast import SEP24, Cast, assemble, at, carry_out
from tests.fakes.papers import jpeg, pdf
from tests.web.citizen import correcting, on, page_of, shown
from tests.web.stage import demand_second_factor

FILLED = {"step": "form", "shop": "罗山县芳邻小面馆", "area": "46"}
TOLD = {"phone": "10095715339", "delivery_way": "download", "e_service": "on", "declared": "on"}


@pytest.fixture(autouse=True)
def folders(tmp_path, settings) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"


@pytest.fixture
def cast(db: None) -> Cast:
    cast = assemble()
    Item.objects.filter(pk=cast.version.item_id).update(online_depth=3, audience=["自然人"])
    account = Account.objects.create(
        username="wangfang", joined_at=at(1, 5), password="!", password_changed_at=at(1, 5)
    )
    Party.objects.filter(pk=cast.wangfang.pk).update(account=account)
    cast.wangfang.refresh_from_db()
    return cast


@pytest.fixture
def wangfang(cast: Cast) -> Client:
    return signed_in(cast)


def signed_in(cast: Cast, when: datetime = SEP24) -> Client:
    client = Client()
    with on(when):
        client.force_login(cast.wangfang.account, "onewindow.people.signing.Backend")
    return client


def start(cast: Cast, client: Client) -> str:
    """Begin; answers the address of the draft."""
    address = reverse("apply", args=[cast.version.item.address])
    answer = client.post(address, {"applicant": cast.wangfang.pk, "agrees": "on"})
    return answer.headers["Location"]


def sent(content: bytes, name: str = "图.pdf") -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile(name, content)}


def ready(cast: Cast, client: Client) -> str:
    draft = start(cast, client)
    client.post(f"{draft}form/", FILLED)
    for material in cast.materials:
        assert client.post(f"{draft}papers/{material.pk}/add/", sent(pdf())).status_code == 302
    return draft


def test_the_guide_offers_it_only_where_one_can_really_apply(cast: Cast, client: Client) -> None:
    guide = reverse("guide", args=[cast.version.item.address])
    assert "在线申请" in client.get(guide).content.decode()
    Item.objects.update(online_depth=2)
    assert "在线申请" not in client.get(guide).content.decode()


def test_nothing_is_written_before_somebody_says_for_whom_and_agrees(cast: Cast, wangfang: Client) -> None:
    address = reverse("apply", args=[cast.version.item.address])
    with on(SEP24):
        page = wangfang.get(address).content.decode()
        answer = wangfang.post(address, {"applicant": cast.wangfang.pk})
        foreign = wangfang.post(address, {"applicant": "99999", "agrees": "on"})
    assert "个人信息保护法" in page
    assert (answer.status_code, foreign.status_code) == (422, 422)
    assert not Application.objects.exists()


def test_a_visitor_signs_in_first_and_comes_back(cast: Cast, client: Client) -> None:
    address = reverse("apply", args=[cast.version.item.address])
    assert client.get(address).headers["Location"] == f"/accounts/login/?next={address}"


def test_a_clerk_is_told_that_this_is_the_applicants_page(cast: Cast, client: Client) -> None:
    demand_second_factor(False)
    Account.objects.update(password_changed_at=at(1, 5))
    with on(SEP24):
        client.force_login(cast.liwei.account, "onewindow.people.signing.Backend")
        answer = client.get(reverse("apply", args=[cast.version.item.address]))
    assert (answer.status_code, "这是申请人的页面" in answer.content.decode()) == (403, True)


def test_the_whole_way_from_the_first_field_to_the_receipt(cast: Cast, wangfang: Client) -> None:
    with on(SEP24):
        draft = ready(cast, wangfang)
        review = wangfang.get(f"{draft}review/").content.decode()
        assert "罗山县芳邻小面馆" in review
        assert "还不能提交" not in review
        answer = wangfang.post(f"{draft}review/", TOLD)
        assert answer.headers["Location"] == f"{draft}done/"
        done = wangfang.get(f"{draft}done/").content.decode()
    case = Case.objects.get()
    assert case.number in done
    assert case.enquiry_code in done
    application = case.application
    assert (application.channel, application.e_service, application.delivery_way) == ("web", True, "download")
    assert [one.how for one in application.submitted.order_by("pk")] == ["upload"] * 3


def test_a_double_click_on_submit_opens_one_case(cast: Cast, wangfang: Client) -> None:
    with on(SEP24):
        draft = ready(cast, wangfang)
        answers = [wangfang.post(f"{draft}review/", TOLD).headers["Location"] for _ in range(2)]
    assert answers == [f"{draft}done/"] * 2
    assert Case.objects.count() == 1


def test_what_is_typed_is_kept_in_the_background_and_seen_on_another_device(
    cast: Cast, wangfang: Client
) -> None:
    with on(SEP24):
        draft = start(cast, wangfang)
        answer = wangfang.post(f"{draft}save/", {**FILLED, "area": "很大"}, headers={"HX-Request": "true"})
        assert answer.content.decode() == "已保存 10:21"
        page = signed_in(cast).get(f"{draft}form/").content.decode()
    assert "罗山县芳邻小面馆" in page
    assert "很大" in page
    assert "aria-invalid" not in page


def test_a_wrong_field_has_its_sentence_and_everything_typed_stays(cast: Cast, wangfang: Client) -> None:
    with on(SEP24):
        draft = start(cast, wangfang)
        answer = wangfang.post(f"{draft}form/", {**FILLED, "area": "<script>很大"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“经营面积”的写法不对" in page
    assert "&lt;script&gt;很大" in page
    assert "罗山县芳邻小面馆" in page


def test_an_expired_session_in_the_background_says_so_where_one_stands(cast: Cast, wangfang: Client) -> None:
    with on(SEP24):
        draft = start(cast, wangfang)
    with on(SEP24 + timedelta(hours=2)):
        answer = wangfang.post(f"{draft}save/", FILLED, headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert "登录已到期" in answer.content.decode()


def test_an_expired_session_with_a_filled_page_brings_the_words_back(cast: Cast, wangfang: Client) -> None:
    with on(SEP24):
        draft = start(cast, wangfang)
    with on(SEP24 + timedelta(hours=2)):
        answer = wangfang.post(f"{draft}form/", FILLED)
        assert answer.headers["Location"].startswith("/accounts/login/?next=/accounts/held/")
        wangfang.force_login(cast.wangfang.account, "onewindow.people.signing.Backend")
        page = wangfang.get("/accounts/held/").content.decode()
    assert "罗山县芳邻小面馆" in page


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"MZ\x90\0 program", "图.pdf", "Windows 程序"),
        (pdf(), "图.jpg", "后缀不一致"),
        (b"", "图.pdf", "空文件"),
    ],
)
def test_a_file_that_lies_is_refused_beside_its_material(
    cast: Cast, wangfang: Client, content: bytes, name: str, sentence: str
) -> None:
    layout = cast.materials[1]
    with on(SEP24):
        draft = start(cast, wangfang)
        answer = wangfang.post(f"{draft}papers/{layout.pk}/add/", sent(content, name))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page.split(f'id="m{layout.pk}"')[1].split("</li>")[0]
    assert not StoredFile.objects.exists()


def test_files_are_shown_to_their_owner_alone_and_taken_out_again(cast: Cast, wangfang: Client) -> None:
    layout = cast.materials[1]
    with on(SEP24):
        draft = start(cast, wangfang)
        wangfang.post(f"{draft}papers/{layout.pk}/add/", sent(jpeg(), "图.jpg"))
        one = Application.objects.get().submitted.get()
        seen = wangfang.get(f"{draft}files/{one.pk}/")
        assert (seen.headers["Content-Type"], seen.content) == ("image/jpeg", jpeg())
        assert seen.headers["X-Content-Type-Options"] == "nosniff"
        assert Client().get(f"{draft}files/{one.pk}/").status_code == 302
        wangfang.post(f"{draft}files/{one.pk}/remove/")
    assert not Application.objects.get().submitted.exists()


def test_another_persons_draft_is_not_found(cast: Cast, wangfang: Client) -> None:
    with on(SEP24):
        draft = start(cast, wangfang)
        Application.objects.update(
            applicant=Party.objects.create(
                kind="person", name="赵六", paper_kind="resident", paper_number="x", paper_hash=b"x"
            )
        )
        for path in ("form/", "papers/", "review/", "done/", "discard/", ""):
            assert wangfang.get(draft + path).status_code == 404, path
        assert wangfang.post(f"{draft}save/", FILLED).status_code == 404


def test_what_is_not_complete_is_listed_with_the_way_to_mend_it(cast: Cast, wangfang: Client) -> None:
    with on(SEP24):
        draft = start(cast, wangfang)
        page = wangfang.get(f"{draft}review/").content.decode()
        answer = wangfang.post(f"{draft}review/", TOLD)
    assert "信息还有 2 处要填" in page
    assert "还差 3 份材料" in page
    assert "提交申请" not in page
    assert answer.status_code == 422
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"declared": ""}, "请确认所填内容和材料真实"),
        ({"phone": "123"}, "11 位手机号码"),
        ({"delivery_way": "courier", "delivery_address": " "}, "请填写邮寄地址"),
        ({"delivery_way": "download", "e_service": ""}, "网上下载要先同意电子送达"),
    ],
)
def test_the_last_page_says_what_is_wrong_beside_the_field(
    cast: Cast, wangfang: Client, typed: dict[str, str], sentence: str
) -> None:
    told = {key: value for key, value in {**TOLD, **typed}.items() if value}
    with on(SEP24):
        draft = ready(cast, wangfang)
        answer = wangfang.post(f"{draft}review/", told)
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    assert not Case.objects.exists()


def test_a_paper_given_before_is_offered_and_used(cast: Cast, wangfang: Client) -> None:
    layout = cast.materials[1]
    with on(SEP24):
        wangfang.post(f"{ready(cast, wangfang)}review/", TOLD)
        again = start(cast, wangfang)
        page = wangfang.get(f"{again}papers/").content.decode()
        assert "用以前交过的" in page
        wangfang.post(f"{again}papers/{layout.pk}/reuse/")
    used = Application.objects.get(sealed_at=None).submitted.get()
    assert (used.how, used.material) == ("reused", layout)


def test_a_draft_is_thrown_away_after_a_page_that_says_so(cast: Cast, wangfang: Client) -> None:
    with on(SEP24):
        draft = start(cast, wangfang)
        assert "找不回来" in wangfang.get(f"{draft}discard/").content.decode()
        assert wangfang.post(f"{draft}discard/").headers["Location"] == "/my/"
    assert not Application.objects.exists()


def test_an_item_without_the_right_audience_sends_one_to_enter_the_firm(cast: Cast, wangfang: Client) -> None:
    Item.objects.update(audience=["企业法人"])
    with on(SEP24):
        page = wangfang.get(reverse("apply", args=[cast.version.item.address])).content.decode()
    assert "先登记您代表的单位" in page


def test_the_correction_is_answered_online_with_everything_at_once(cast: Cast, client: Client) -> None:
    case = correcting(cast)
    point = case.corrections.get().points.get()
    address = f"{page_of(case)}correct/"
    with on(at(9, 25)):
        assert address in shown(client, case)
        assert client.post(address).status_code == 422
        lies = client.post(address, {f"file-{point.pk}": SimpleUploadedFile("图.pdf", b"MZ no")})
        assert "Windows 程序" in lies.content.decode()
        assert (
            client.post(address, {f"file-{point.pk}": SimpleUploadedFile("图.pdf", pdf())}).status_code == 302
        )
        assert "现在没有要补的材料" in client.get(address, follow=True).content.decode()
    case.refresh_from_db()
    assert case.stage == "received"
    assert StoredFile.objects.filter(media_type="application/pdf").count() == 1


def test_a_stranger_finds_no_page_to_correct(cast: Cast, client: Client) -> None:
    case = correcting(cast)
    with on(at(9, 25)):
        assert client.get(f"{page_of(case)}correct/").headers["Location"].startswith("/track/?number=")


def test_the_downloaded_result_leaves_the_proof_of_service(cast: Cast, wangfang: Client) -> None:
    with on(SEP24):
        wangfang.post(f"{ready(cast, wangfang)}review/", TOLD)
    case = Case.objects.get()
    fits = {material.pk: receive.Found("fits") for material in cast.materials}
    receive.judge(case, by=cast.zhangmin, at=at(9, 25), findings=fits)
    accept.accept(case, by=cast.zhangmin, at=at(9, 25))
    examine.review(case, by=cast.zhangmin, at=at(9, 28), favourable=True, text="建议准予")
    decide.grant(case, by=cast.chenju, at=at(9, 29), text="准予")
    carry_out(case.subject)
    wangfang = signed_in(cast, at(9, 30))
    with on(at(9, 30)):
        assert "收下结果" in wangfang.get(page_of(case)).content.decode()
        wangfang.post(f"{page_of(case)}result/")
    carry_out(case.subject)
    assert case.subject.letters.filter(kind="service").exists()
    assert case.subject.entries.order_by("-place").first().by == cast.wangfang.actor_code


def test_pages_cost_few_statements(cast: Cast, wangfang: Client, django_assert_max_num_queries) -> None:
    with on(SEP24):
        draft = ready(cast, wangfang)
        for page in ("form/", "papers/", "review/"):
            with django_assert_max_num_queries(8):  # session, account, whom he speaks for, and five
                assert wangfang.get(draft + page).status_code == 200
        with django_assert_max_num_queries(8):
            wangfang.post(
                f"{draft}save/", urlencode(FILLED), content_type="application/x-www-form-urlencoded"
            )


def test_no_page_of_an_application_shows_a_whole_number(cast: Cast, wangfang: Client) -> None:
    with on(SEP24):
        draft = ready(cast, wangfang)
        for page in ("form/", "papers/", "review/"):
            html = wangfang.get(draft + page).content.decode()
            assert cast.wangfang.paper_number not in html
            assert re.search(r"991523\*+\d{4}", html) or page == "papers/"


def test_what_is_larger_than_the_county_takes_is_refused_before_it_is_kept(
    cast: Cast, wangfang: Client
) -> None:
    layout = cast.materials[1]
    with on(SEP24):
        draft = start(cast, wangfang)
        answer = wangfang.post(f"{draft}papers/{layout.pk}/add/", sent(pdf() + b" " * (101 * 1024 * 1024)))
    assert answer.status_code == 413
    assert "一次最多传 100 MB" in answer.content.decode()
    assert not StoredFile.objects.exists()


def test_each_material_says_what_may_be_sent(cast: Cast, wangfang: Client) -> None:
    with on(SEP24):
        page = wangfang.get(f"{start(cast, wangfang)}papers/").content.decode()
    assert page.count("PDF、JPG 或者 PNG；一个文件不超过 50 MB，最多 10 个") == 3
