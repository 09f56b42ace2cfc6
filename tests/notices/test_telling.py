"""Who is told what: in the applicant's words, once, in his space and where he can be reached."""

import pytest
from django.conf import settings as django_settings
from django.db import connection

from onewindow.cases.acts import correct, decide, deliver, examine, refuse
from onewindow.cases.models import Case
from onewindow.cases.reads.progress import PROGRESS, progress
from onewindow.cases.reads.told import TITLES
from onewindow.cases.reads.told import steps as told_of
from onewindow.intake.models import Application
from onewindow.notices import follow
from onewindow.notices.acts import hand_over
from onewindow.notices.models import Message, Sending
from onewindow.notices.reads import told, unread
from onewindow.notices.words import _QUIET
from onewindow.people.models import Account, Party
from onewindow.rules.grants import SYSTEM, NotGranted
from tests.cast import Cast, assemble, at, carry_out
from tests.web.citizen import TAKER, granted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folders(tmp_path, settings) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"
    settings.DEMO = True


@pytest.fixture
def cast() -> Cast:
    return assemble()


def texts(channel: str = "sms") -> list[str]:
    return [one.text for one in Sending.objects.filter(channel=channel).order_by("pk")]


def test_a_whole_life_is_told_step_by_step_in_the_applicants_words(cast: Cast) -> None:
    case = cast.accepted()
    question = examine.ask_explanation(case, by=cast.zhangmin, at=at(9, 28), text="哪个水池洗菜？")
    examine.explain(case, by=cast.wangfang, at=at(9, 29), question=question, answer="靠窗的")
    examine.review(case, by=cast.zhangmin, at=at(10, 8), favourable=True, text="洗消间合格")
    decide.grant(case, by=cast.chenju, at=at(10, 9), text="准予")
    deliver.hand_over(case, by=cast.liwei, at=at(10, 12), taker=TAKER, window=cast.window)
    carry_out(case.subject)
    titles = [message.title.split("：")[1] for message in reversed(told(cast.wangfang))]
    assert titles == [
        "收到您的申请",
        "已受理",
        "请您说明一个问题",
        "收到您的说明",
        "已准予",
        "结果已送达，办结",
    ]
    whole = " ".join([*texts(), *(message.text for message in told(cast.wangfang))])
    for inner in ("张敏", "陈局", "李伟", "洗消间", "991523198803040427"):
        assert inner not in whole


def test_the_enquiry_code_stands_in_the_first_message_alone(cast: Cast) -> None:
    case = cast.accepted()
    carry_out(case.subject)
    first, *rest = texts()
    assert case.enquiry_code in first
    assert case.number in first
    assert rest
    assert not any(case.enquiry_code in text for text in rest)


def test_running_the_follower_twice_tells_once(cast: Cast) -> None:
    case = cast.accepted()
    carry_out(case.subject)
    before = (Message.objects.count(), Sending.objects.count())
    carry_out(case.subject)
    assert (Message.objects.count(), Sending.objects.count()) == before == (2, 2)


def test_reasons_of_a_refusal_stay_off_the_telephone(cast: Cast) -> None:
    case = cast.apply()
    refuse.refuse(
        case,
        by=cast.chenju,
        at=at(9, 25),
        kind="refused",
        reasons="申请人患有不宜从业的疾病",
        basis="第四十五条",
    )
    carry_out(case.subject)
    assert "疾病" in told(cast.wangfang)[0].text
    assert "疾病" not in " ".join(texts())
    assert "写在决定书里" in texts()[-1]


def test_what_he_did_himself_is_not_sent_to_his_telephone(cast: Cast) -> None:
    case = cast.accepted()
    question = examine.ask_explanation(case, by=cast.zhangmin, at=at(9, 28), text="哪个水池洗菜？")
    sent = len(texts())
    examine.explain(case, by=cast.wangfang, at=at(9, 29), question=question, answer="靠窗的")
    follow.tell(case.subject.entries.order_by("-place").select_related("subject").first())
    assert len(texts()) == sent
    assert told(cast.wangfang)[0].title.endswith("收到您的说明")


def test_the_correction_says_how_much_and_until_when(cast: Cast) -> None:
    case = cast.apply(bjt="missing")
    correct.ask_correction(
        case, by=cast.liwei, at=at(9, 24, 15), demands={cast.materials[1].pk: "请补布局图"}
    )
    carry_out(case.subject)
    assert "要补 1 份，最迟 10 月 22 日" in texts()[-1]


def test_the_e_mail_of_the_account_is_reached_too(cast: Cast) -> None:
    account = Account.objects.create(
        username="wangfang", joined_at=at(1, 5), password="!", email="wangfang@example.com"
    )
    Party.objects.filter(pk=cast.wangfang.pk).update(account=account)
    case = cast.accepted()
    carry_out(case.subject)
    assert len(texts("email")) == len(texts()) == 2


def test_messages_are_encrypted_and_belong_to_their_party(cast: Cast) -> None:
    case = cast.accepted()
    carry_out(case.subject)
    with connection.cursor() as cursor:
        cursor.execute("SELECT target, text FROM notices_sending")
        raw = b"".join(bytes(value) for row in cursor.fetchall() for value in row)
    assert b"10095715339" not in raw
    assert case.enquiry_code.encode() not in raw
    stranger = Party.objects.create(
        kind="person", name="赵六", paper_kind="resident", paper_number="x", paper_hash=b"x"
    )
    assert told(stranger) == []
    assert (unread(stranger), unread(cast.wangfang)) == (0, 2)


def test_nobody_else_may_send(cast: Cast) -> None:
    case = cast.accepted()
    carry_out(case.subject)
    with pytest.raises(NotGranted):
        hand_over(Sending.objects.first(), by=cast.wangfang, at=at(9, 24))


def test_every_fact_with_words_has_the_follower() -> None:

    following = {
        fact for fact, paths in django_settings.FOLLOWERS.items() if "onewindow.notices.follow.tell" in paths
    }
    assert following == set(TITLES) - _QUIET
    assert Case.objects.count() == 0


@pytest.mark.parametrize(
    ("way", "kind", "words"),
    [
        ("counter", "person", "结果在窗口，请带有效证件来领取"),
        ("counter", "org", "结果在窗口，请让经办人带本人有效证件和单位的授权委托书或者介绍信来领取"),
        ("courier", "person", "寄出的结果退回来了，请带有效证件到窗口领取"),
        ("download", "person", "结果可以在网上下载"),
        ("download", "org", "也可以让经办人带本人有效证件"),
    ],
)
def test_a_reminder_speaks_of_the_way_that_he_chose_and_of_papers_that_he_has(
    cast: Cast, way: str, kind: str, words: str
) -> None:
    case = granted(cast)
    Application.objects.update(delivery_way=way, e_service=way == "download")
    Party.objects.filter(pk=cast.wangfang.pk).update(kind=kind)
    if way == "courier":
        deliver.dispatch(case, by=cast.liwei, at=at(10, 13), tracking="EX100000001CN")
        deliver.take_back(case, by=cast.liwei, at=at(10, 20), why="无人签收")
    assert deliver.remind_or_keep(case, by=SYSTEM, at=at(12, 30))
    carry_out(case.subject)
    message = Message.objects.get(kind="PickupReminded")
    assert words in message.text
    assert words in Sending.objects.get(message=message, channel="sms").text
    shown = told_of(progress(PROGRESS.by(cast.liwei, case.number), cast.county))
    assert words in next(step.text for step in shown if step.title == TITLES["PickupReminded"])
    assert "身份证" not in message.text
