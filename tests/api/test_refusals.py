"""Every refusal is a problem that a program can read and a person can act on; nothing of another office is there."""

from datetime import timedelta

import pytest
from django.test import Client

from onewindow.cases.models import Case
from onewindow.ground.models import Tries
from onewindow.intake.models import Application
from onewindow.people.acts import close_officer, withdraw_token
from onewindow.people.models import Account
from tests.api.conftest import V1, Program, application, at_moment, program_of
from tests.cast import SEP24, at
from tests.people.conftest import Stage

pytestmark = pytest.mark.django_db


def refused(answer, status: int, kind: str) -> dict:
    told = answer.json()
    assert (answer.status_code, told["type"], told["status"]) == (status, f"/api/v1/docs#{kind}", status)
    assert answer["Content-Type"] == "application/problem+json"
    assert told["title"]
    assert told["detail"].endswith(("。", "…"))
    return told


@pytest.mark.parametrize("secret", ["", "ow_wrong", "x" * 5000, "令牌"])
def test_without_a_good_token_nothing_is_answered(stage: Stage, secret: str) -> None:
    answer = Program(secret).get("/cases")
    refused(answer, 401, "no-token")
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_token_ends_by_withdrawal_by_its_day_and_with_its_owner(stage: Stage, window: Program) -> None:
    assert window.get("/cases").status_code == 200
    with at_moment(at(9, 25, year=2027)):
        answer = window.get("/cases")
        assert "请管理员另发一个" in refused(answer, 401, "token-ended")["detail"]
        assert 'error="invalid_token"' in answer["WWW-Authenticate"]
    withdraw_token(window.token, by=stage.admin, at=SEP24)
    refused(window.get("/cases"), 401, "token-ended")
    other = program_of(stage, stage.cast.zhangmin)
    close_officer(stage.cast.zhangmin, by=stage.admin, at=SEP24, reason="调离")
    refused(other.get("/cases"), 401, "no-token")
    third = program_of(stage, stage.cast.chenju)
    Account.objects.filter(officer=stage.cast.chenju).update(is_active=False)
    refused(third.get("/cases"), 401, "no-token")


def test_guessing_tokens_from_one_address_is_slowed_down(stage: Stage) -> None:
    client = Client(REMOTE_ADDR="203.0.113.9")
    for n in range(30):
        client.get(f"{V1}/cases", HTTP_AUTHORIZATION=f"Bearer ow_{n}")
    answer = client.get(f"{V1}/cases", HTTP_AUTHORIZATION="Bearer ow_31")
    refused(answer, 429, "too-often")
    assert 0 < int(answer["Retry-After"]) <= 60


def test_a_token_does_nothing_beyond_its_scopes(stage: Stage) -> None:
    case = stage.cast.apply()
    reader = program_of(stage, stage.cast.liwei, "read")
    assert reader.get(f"/cases/{case.number}").status_code == 200
    assert "办理办件" in refused(reader.step(case.number, "accept"), 403, "not-granted")["detail"]
    assert (
        "提交申请"
        in refused(reader.post("/applications", application(stage.cast)), 403, "not-granted")["detail"]
    )


def test_a_token_does_nothing_that_its_owner_may_not(
    stage: Stage, examiner: Program, window: Program
) -> None:
    case = stage.cast.accepted()
    refused(examiner.step(case.number, "grant", text="准予"), 403, "not-granted")
    refused(window.step(case.number, "review", favourable=True, text="同意"), 403, "not-granted")
    refused(examiner.post("/applications", application(stage.cast)), 403, "not-granted")


def test_another_office_finds_no_case_of_ours(stage: Stage, other_office: Program) -> None:
    number = stage.cast.accepted().number
    for answer in (
        other_office.get(f"/cases/{number}"),
        other_office.get(f"/cases/{number}/proof"),
        other_office.get(f"/cases/{number}/proof/decide/pdf"),
        other_office.get(f"/cases/{number}/letters/1"),
        other_office.step(number, "review", favourable=True, text="同意"),
    ):
        refused(answer, 404, "not-found")
    assert other_office.get("/cases").json() == {"cases": [], "count": "0", "next": None}


def test_an_applicant_finds_her_own_cases_alone(stage: Stage) -> None:
    case = stage.cast.accepted()
    hers = program_of(stage, stage.cast.wangfang)
    assert [one["number"] for one in hers.get("/cases").json()["cases"]] == [case.number]
    assert hers.get(f"/cases/{case.number}").status_code == 200
    stranger = stage.cast.wangfang
    stranger.pk, stranger.account, stranger.paper_hash = None, None, b"2" * 32
    stranger.save()
    assert program_of(stage, stranger).get("/cases").json()["cases"] == []


def test_a_wrong_form_is_named_field_by_field_and_takes_nothing_in(stage: Stage, window: Program) -> None:
    told = refused(window.post("/applications", application(stage.cast, form={"area": 0})), 422, "faults")
    assert {one["field"] for one in told["errors"]} == {"form.shop", "form.area"}
    assert not Application.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"materials": [{"code": "hukou"}]}, "materials.0.code"),
        ({"materials": [{"code": "sqs"}, {"code": "sqs"}]}, "materials.1.code"),
        ({"delivery_way": "pigeon"}, "delivery_way"),
        ({"colour": "red"}, "colour"),
        ({"form": None}, "form"),
        ({"form": []}, "form"),
        (
            {"applicant": {"paper_kind": "resident", "paper_number": "991523198813040427", "name": "王芳"}},
            "applicant.paper_number",
        ),
        ({"applicant": {"paper_kind": "resident", "name": "王芳"}}, "applicant.paper_number"),
    ],
)
def test_each_fault_of_an_application_stands_beside_its_place(
    stage: Stage, window: Program, change: dict, field: str
) -> None:
    told = refused(window.post("/applications", application(stage.cast, **change)), 422, "faults")
    assert [one["field"] for one in told["errors"]] == [field]
    assert all("\u4e00" <= one["message"][0] <= "\u9fff" for one in told["errors"])
    assert not Application.objects.exists()


@pytest.mark.parametrize("body", ["{", "[1,", b"\xff\xfe", "NaN}"])
def test_what_is_no_json_is_a_bad_request(stage: Stage, window: Program, body: str | bytes) -> None:
    refused(window.post("/applications", body), 400, "bad-request")


def test_an_empty_body_is_named_as_such(stage: Stage, window: Program) -> None:
    told = refused(window.post("/applications", ""), 422, "faults")
    assert told["errors"] == [{"field": "body", "message": "请填写。"}]


def test_a_step_that_does_not_exist_and_one_without_its_fields(stage: Stage, window: Program) -> None:
    number = stage.cast.apply().number
    assert "没有这一步" in refused(window.step(number, "bless"), 422, "faults")["errors"][0]["message"]
    told = refused(window.step(number, "grant"), 422, "faults")
    assert told["errors"] == [{"field": "text", "message": "请填写。"}]


def test_an_item_that_is_not_open_is_not_there(stage: Stage, window: Program) -> None:
    refused(window.post("/applications", application(stage.cast, item="999")), 404, "not-found")


def test_what_the_stage_forbids_is_a_conflict_in_the_acts_own_words(
    stage: Stage, window: Program, head: Program
) -> None:
    number = stage.cast.accepted().number
    told = refused(head.step(number, "grant", text="准予"), 409, "not-allowed")
    assert told["detail"].startswith("本件还没有审核意见，不能直接决定。")
    assert Case.objects.get().stage == "examining"


def test_a_number_outside_a_demonstration_must_be_real(stage: Stage, window: Program) -> None:
    stage.cast.county.demo = False
    stage.cast.county.save()
    refused(window.post("/applications", application(stage.cast)), 409, "not-allowed")
    assert not Application.objects.exists()


def test_a_body_too_large_is_not_read(stage: Stage, window: Program) -> None:
    answer = window.client.post(
        f"{V1}/applications",
        b" " * (6 * 1024 * 1024),
        content_type="application/json",
        HTTP_AUTHORIZATION=f"Bearer {window.secret}",
    )
    assert "5 MB" in refused(answer, 413, "too-large")["detail"]


def test_addresses_and_methods_that_do_not_exist(stage: Stage, window: Program) -> None:
    refused(window.get("/nothing"), 404, "not-found")
    answer = window.post("/cases", {})
    refused(answer, 405, "no-method")
    assert answer["Allow"] == "GET, HEAD"


def test_each_endpoint_has_a_limit_of_its_own_that_all_workers_share(stage: Stage, window: Program) -> None:
    number = stage.cast.apply().number
    window.get(f"/cases/{number}/proof")
    tries = Tries.objects.get(name="api:proof")
    Tries.objects.filter(pk=tries.pk).update(count=300)
    answer = window.get(f"/cases/{number}/proof")
    refused(answer, 429, "too-often")
    assert answer["Retry-After"] == "60"
    assert window.get(f"/cases/{number}").status_code == 200
    with at_moment(SEP24 + timedelta(minutes=1)):
        assert window.get(f"/cases/{number}/proof").status_code == 200


def test_nothing_in_a_query_reaches_the_database_as_it_is(stage: Stage, window: Program) -> None:
    for query in ("stage=%00", "after='%20OR%201=1", "size=0", "size=1000000", "open=maybe"):
        assert window.get(f"/cases?{query}").status_code in (200, 422)
    assert window.get("/search?q=%00").status_code == 200
    refused(window.get("/cases/%F0%9F%90%BC%00"), 422, "faults")
    number = stage.cast.accepted().number
    refused(window.step(number, "take-back", why="a\u0000b" * 40), 409, "not-allowed")


@pytest.mark.parametrize("path", ["", "/proof", "/proof/decide/pdf", "/letters/1"])
def test_an_officer_without_a_post_for_cases_finds_none(stage: Stage, path: str) -> None:
    keeper = program_of(stage, stage.other_admin)
    answer = keeper.get(f"/cases/{stage.cast.accepted().number}{path}")
    assert answer.status_code == 404, answer.content.decode()
    assert "不归您办理" in answer.json()["detail"]


def test_an_officer_without_a_post_for_cases_can_do_nothing_with_one(stage: Stage) -> None:
    keeper, number = program_of(stage, stage.other_admin), stage.cast.accepted().number
    assert keeper.step(number, "review", favourable=True, text="同意").status_code == 404
    assert keeper.post(f"/cases/{number}/rating", {"grade": 5}).status_code == 404
