"""What was found and what was said afterwards stand in the journal: verdicts for the office, ratings for those who watch."""

import pytest

from onewindow.cases.acts import accept, correct, deliver, examine, receive
from onewindow.cases.acts.receive import Found
from onewindow.cases.models import Case
from onewindow.cases.reads import told
from onewindow.cases.reads.visible import visible_to
from onewindow.cases.reads.whole import whole
from onewindow.feedback.acts import rate
from onewindow.feedback.models import Rating
from onewindow.intake.acts import Paper
from onewindow.journal.models import Entry
from onewindow.journal.reads import verify
from onewindow.journal.write import history
from onewindow.rules.facts import Judged, Rated, Received
from onewindow.rules.grants import NotAllowed
from onewindow.web.views.case import telling
from tests.cast import SEP24, Cast, assemble, at
from tests.web.citizen import TAKER, closed, granted

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


def test_a_rating_is_a_fact_of_its_case_without_the_words_of_the_person(cast: Cast) -> None:
    case = closed(cast)
    said = {"grade": 2, "reasons": [213, 209], "text": "跑了三趟，电话10095715339", "channel": "web"}
    rating = rate(case, by=cast.wangfang, at=at(10, 13), **said)
    fact = history(case.subject)[-1]
    assert fact == Rated(on=at(10, 13).date(), rating=rating.pk, grade=2, reasons=(209, 213), channel="web")
    entry = Entry.objects.get(subject=case.subject, fact="Rated")
    assert (entry.by, "三趟" in str(entry.body)) == (cast.wangfang.actor_code, False)
    assert verify() == []
    assert Case.objects.get(pk=case.pk).stage == "closed"


def test_a_rating_that_is_refused_leaves_no_fact(cast: Cast) -> None:
    case = closed(cast)
    rate(case, by=cast.wangfang, at=at(10, 13), grade=5, channel="web")
    with pytest.raises(NotAllowed, match="已经评价过"):
        rate(case, by=cast.wangfang, at=at(10, 13), grade=1, channel="web")
    assert [fact.name for fact in history(case.subject)].count("Rated") == 1
    waiting = granted(cast)
    waiting.stage = "closed"  # what a page may believe
    with pytest.raises(NotAllowed, match="还没有办完"):
        rate(waiting, by=cast.wangfang, at=at(10, 13), grade=5, channel="web")
    assert Rating.objects.count() == 1


def test_the_timeline_tells_a_rating_to_the_applicant_and_to_whoever_supervises_alone(cast: Cast) -> None:
    case = closed(cast)
    rate(case, by=cast.wangfang, at=at(10, 13), grade=1, reasons=[115], channel="web")
    found = whole(visible_to(cast.zhangmin), case.number, cast.county)
    assert told.steps(found)[-1].title == "您评价了这次服务"
    assert "评价" not in [line["title"] for line in telling.history(found)]
    last = telling.history(found, ratings=True)[-1]
    assert (last["title"], last["text"]) == ("评价", "非常不满意")


def test_verdicts_are_facts_at_the_counter_and_after_it_and_no_words_for_the_applicant(cast: Cast) -> None:
    form, layout, rules = (m.pk for m in cast.materials)
    case = cast.apply(bjt="missing")
    (received,) = history(case.subject)
    assert isinstance(received, Received)
    assert (received.fits, received.lacking) == ((form, rules), (layout,))
    receive.judge(
        case, by=cast.liwei, at=at(9, 25), findings={form: Found("fits"), rules: Found("wrong", "x")}
    )
    assert history(case.subject)[-1] == Judged(on=at(9, 25).date(), fits=(form,), lacking=(rules,))
    receive.judge(case, by=cast.liwei, at=at(9, 25), findings={rules: Found("fits")})
    paper = [Paper(cast.materials[1])]
    correct.correct_on_spot(case, by=cast.liwei, at=at(9, 25), materials=["bjt"], papers=paper)
    receive.judge(case, by=cast.liwei, at=at(9, 25), findings={layout: Found("fits")})
    accept.accept(case, by=cast.liwei, at=at(9, 25))
    found = whole(visible_to(cast.liwei), case.number, cast.county)
    assert [step.title for step in told.steps(found) if step.state == "done"] == [
        "收到您的申请",
        "您当场更正了材料",
        "已受理",
    ]
    assert [(line["title"], line["text"]) for line in telling.history(found)][:3] == [
        ("收件", "2 份符合，1 份缺或不符"),
        ("材料核对", "1 份符合，1 份缺或不符"),
        ("材料核对", "1 份符合"),
    ]


def test_what_comes_online_is_received_without_verdicts_and_judging_nothing_is_no_fact(cast: Cast) -> None:
    case = cast.apply()
    receive.judge(case, by=cast.liwei, at=SEP24, findings={})
    assert [fact.name for fact in history(case.subject)] == ["Received"]
    assert Received(on=SEP24.date(), channel="web", application=1).lacking == ()


def test_the_opinion_may_be_given_after_the_verdicts(cast: Cast) -> None:
    case = cast.apply()
    receive.judge(case, by=cast.liwei, at=SEP24, findings={cast.materials[0].pk: Found("fits")})
    accept.accept(case, by=cast.liwei, at=SEP24)
    examine.review(case, by=cast.zhangmin, at=at(9, 28), favourable=True, text="建议准予。")
    assert Case.objects.get(pk=case.pk).stage == "deciding"
    with pytest.raises(NotAllowed):
        deliver.hand_over(case, by=cast.liwei, at=at(9, 28), taker=TAKER)
