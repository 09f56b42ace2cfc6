"""Six lives of a case on the ordinary way, from the guide to the last letter, with every day against its proof."""

from datetime import date

import pytest

from onewindow.oversight.models import Overdue
from tests.cases.test_at_once import cast_of
from tests.cases.test_special import GUIDE
from tests.cast import SEP24, assemble, at, officer
from tests.journeys.told import Story
from tests.oversight.stage import supervisor
from tests.web.citizen import on
from tests.web.desks import at_desk

OCT13, OCT29 = date(2026, 10, 13), date(2026, 10, 29)  # 8 and 20 working days after 24 September


def test_granted_at_once() -> None:
    """即办件: she goes home with the result; it never had another day than the day itself."""
    story = Story(cast_of())
    liwei = story.cast.liwei
    story.she_finds_her_item("即办件")
    story.at_the_window("receive")
    story.reads(liwei, SEP24, "当场办结")
    story.does(liwei, "at-once", SEP24, text="准予备案", **{"point-0": "fits"})
    story.she_takes_it(at(9, 24, 11))
    story.she_reads(at(9, 24, 12), "已准予")
    story.proved("promised", at(9, 24, 12), SEP24.date())
    assert story.facts == ["Received", "Accepted", "Granted", "Delivered"]
    assert {"receipt", "granted", "service"} <= set(story.letters)
    story.is_whole("closed")


def test_corrected_once() -> None:
    """One notice with everything; what came is judged, and the days run from the day on which it was complete."""
    story = Story(assemble())
    liwei, layout = story.cast.liwei, story.cast.materials[1].pk
    story.she_finds_her_item()
    story.at_the_window("receive", bjt="missing")
    story.proved("accept", SEP24, date(2026, 10, 9))
    story.does(liwei, "ask", SEP24, **{f"demand-{layout}": "请补布局图，标出洗手池。"})
    story.she_reads(at(9, 25), "请补布局图，标出洗手池。")
    story.does(liwei, "came", at(9, 28), came=str(layout))
    fits = {f"v-{one.pk}": "fits" for one in story.cast.materials}
    story.does(liwei, "judge", at(9, 28), **fits)
    refused = story.tries(liwei, "ask", at(9, 28), **{f"demand-{layout}": "再补一份。"})
    assert refused.status_code in (403, 409)
    story.does(liwei, "accept", at(9, 28))
    # 29、30 日二，10 月 8—10 日五，12—14 日八；15、16 日十，19—23 日十五，26—30 日二十。
    story.proved("promised", at(9, 29), date(2026, 10, 14))
    story.proved("decide", at(9, 29), date(2026, 10, 30))
    story.does(story.cast.zhangmin, "review", at(10, 8), favourable="yes", text="材料齐全，建议准予。")
    story.does(story.cast.chenju, "grant", at(10, 9), text="准予许可。")
    story.she_takes_it(at(10, 12))
    assert story.letters == ["receipt", "correction", "correction_received", "accepted", "granted", "service"]
    story.is_whole("closed")


def test_accepted_by_silence() -> None:
    """Nobody answers within five working days: on the sixth she is accepted by law, from the day of the receipt."""
    story = Story(assemble())
    story.she_finds_her_item()
    story.at_the_window("receive")
    story.proved("accept", at(9, 25), date(2026, 10, 9))
    story.time_passes(at(10, 9, 23))
    assert story.facts == ["Received"]
    story.time_passes(at(10, 10))
    assert story.facts == ["Received", "AcceptedBySilence"]
    assert (story.case.accepted_on, story.case.stage) == (SEP24.date(), "examining")
    story.proved("promised", at(10, 10), OCT13)
    story.proved("decide", at(10, 10), OCT29)
    story.she_reads(at(10, 10), "已受理")
    story.does(story.cast.zhangmin, "review", at(10, 12), favourable="yes", text="建议准予。")
    story.does(story.cast.chenju, "grant", at(10, 13), text="准予许可。")
    story.she_takes_it(at(10, 14))
    assert story.letters == ["receipt", "accepted", "granted", "service"]
    story.is_whole("closed")


def test_heard() -> None:
    """A hearing with its notice, its host and its record: its days are not counted, and the decision rests on it."""
    story = Story(assemble(guide=GUIDE))
    zhangmin, chenju = story.cast.zhangmin, story.cast.chenju
    host = officer(story.cast.county.code, "孙丽", "S077", zhangmin.posts[0])
    story.she_finds_her_item("听证")
    story.at_the_window()
    told = {"kind": "听证", "why": "邻居要求听证。", "parties": "申请人和邻居", "planned_end": "2026-10-20"}
    told |= {"told_on": "2026-09-24", "asked_on": "2026-09-28", "place": "二楼会议室", "host": str(host.pk)}
    early = story.tries(zhangmin, "procedure", at(9, 28), **told, held_on="2026-10-12")
    assert "7 个工作日以前通知" in early.content.decode()
    story.does(zhangmin, "procedure", at(9, 28), **told, held_on="2026-10-14")
    story.she_reads(at(9, 29), "正在进行听证", "期限暂停计算")
    lasting = str(story.case.procedures.get().pk)
    story.does(zhangmin, "review", at(10, 9), favourable="yes", text="图纸符合，建议准予。")
    undecided = story.tries(chenju, "grant", at(10, 9), text="准予")
    assert "听证" in undecided.content.decode().partition('role="alert"')[2].partition("</div>")[0]
    story.does(chenju, "send-back-review", at(10, 9), text="听证以后再提意见。")
    done = {"procedure": lasting, "outcome": "done", "result": "双方都发表了意见。", "signed": "on"}
    story.does(zhangmin, "procedure-end", at(10, 14), **done)
    # 9 月 28 日一；9 月 29 日至 10 月 14 日不计；15、16 日三，19—23 日八；26—30 日十三，11 月 2—6 日十八，9、10 日二十。
    story.proved("promised", at(10, 15), date(2026, 10, 23), "听证")
    story.proved("decide", at(10, 15), date(2026, 11, 10), "所需时间不计算在本节规定的期限内")
    story.does(zhangmin, "review", at(10, 15), favourable="no", text="油烟直排，不符合条件。")
    grounds = {"text": "不予许可。", "grounds": "油烟直排邻居窗户。", "basis": "《食品经营许可办法》第十二条"}
    story.does(chenju, "deny", at(10, 16), **grounds)
    story.she_takes_it(at(10, 19))
    assert story.letters == ["receipt", "accepted", "procedure", "denied", "service"]
    story.is_whole("closed")


def test_extended() -> None:
    """Ten days more, once, with a reason, by the head and never by who wishes it; she is written why."""
    story = Story(assemble())
    zhangmin, chenju = story.cast.zhangmin, story.cast.chenju
    why = "需要向原登记机关核实资料，二十日内不能完成。"
    story.she_finds_her_item()
    story.at_the_window()
    story.proved("decide", at(10, 26), OCT29)
    story.does(zhangmin, "extend-ask", at(10, 26), reason=why)
    assert story.tries(zhangmin, "extend", at(10, 27)).status_code in (403, 409)
    story.does(chenju, "extend", at(10, 27))
    # 30 日二十一；11 月 2—6 日二十六，9—12 日三十。
    story.proved("decide", at(10, 28), date(2026, 11, 12), "可以延长十日")
    assert story.tries(zhangmin, "extend-ask", at(11, 9), reason=why).status_code in (403, 409)
    story.she_reads(at(10, 28), "11 月 12 日")
    story.does(zhangmin, "review", at(11, 9), favourable="yes", text="核实无误，建议准予。")
    story.does(chenju, "grant", at(11, 10), text="准予许可。")
    story.she_takes_it(at(11, 11))
    assert story.letters == ["receipt", "accepted", "extended", "granted", "service"]
    story.is_whole("closed")


@pytest.mark.req("JN-12f")
def test_overdue_and_answered_for() -> None:
    """The promised day stands in the guide; past it the department answers, and she reads why in public words."""
    story = Story(assemble())
    sunli = supervisor()
    zhangmin, chenju = story.cast.zhangmin, story.cast.chenju
    story.she_finds_her_item("8 个工作日")
    story.at_the_window()
    story.proved("promised", at(10, 12), OCT13)
    story.time_passes(at(10, 12))
    story.time_passes(at(10, 14))
    story.reads(zhangmin, at(10, 14), "超期 1 天")
    row = Overdue.objects.get(case=story.case)
    assert (row.term, row.due_on, row.state) == ("promised", OCT13, "called")
    page = f"/watch/overdue/{row.pk}/"
    told = {"responsible": zhangmin.pk, "cause": "absent", "why": "两名审核人员同时外出培训。"}
    told |= {"done": "今天由负责人督办，名单补上。", "expected": "2026-10-16"}
    with on(at(10, 14)):
        assert at_desk(chenju).post(f"{page}explain/", told).status_code == 302
        story.carry_out()
        found = {"finding": "unreasoned", "gravity": "light", "penalty": "notice", "remark": "通报"}
        assert at_desk(sunli).post(f"{page}settle/", found).status_code == 302
    story.carry_out()
    story.she_reads(at(10, 15), "承办的岗位一时缺人，没有及时接上")
    story.does(zhangmin, "review", at(10, 15), favourable="yes", text="建议准予。")
    story.does(chenju, "grant", at(10, 16), text="准予许可。")
    story.proved("promised", at(10, 16), OCT13)
    story.proved("decide", at(10, 16), OCT29)
    story.she_takes_it(at(10, 19))
    assert story.letters == ["receipt", "accepted", "granted", "service"]
    story.is_whole("closed")
