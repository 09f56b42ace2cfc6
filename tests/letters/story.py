"""王芳's letters: the data of one noodle shop, from which every test of a letter begins."""

import io
import re
from dataclasses import replace
from datetime import date
from typing import Any

from pypdf import PdfReader

from onewindow.letters.data import (
    Above,
    Bar,
    Bill,
    Charge,
    Cite,
    LetterData,
    Paper,
    Remedy,
    Serving,
    Special,
    Term,
    Touched,
)
from onewindow.rules.clock import prove, reckon
from tests.calendar import CALENDAR

SEP24 = date(2026, 9, 24)
ARTICLE_32 = Cite(law="中华人民共和国行政许可法", article="第三十二条")
ARTICLE_38 = Cite(law="中华人民共和国行政许可法", article="第三十八条")


def term(days: int, begins_with: str = "受理", start: date = SEP24, **how: bool) -> Term:
    """A term of working days, reckoned by the one calendar."""
    reckoning = reckon(start, days, "working", CALENDAR)
    return Term.of(reckoning, prove(reckoning, CALENDAR), begins_with=begins_with, **how)


PAPERS = (
    Paper(name="食品经营许可申请书", form="原件", problem="经营者没有签名", how="在窗口签名"),
    Paper(name="操作流程和设备布局图", problem="没有标明清洗水池", how="参照样图补画"),
    Paper(name="营业执照", source="调取", number="99TEST0001", problem="复印件不清楚"),
    Paper(name="从业人员健康证明", copies=3, problem="缺少一人的证明"),
)
STORY = LetterData(
    organ="罗山县市场监督管理局",
    number="罗市监许受〔2026〕137号",
    case_number="LS-260924-0137",
    item="食品经营许可（新办）",
    item_kind="行政许可",
    addressee="王芳（罗山县芳邻小面馆）",
    applied_on=SEP24,
    received_on=SEP24,
    accepted_on=SEP24,
    asked_on=SEP24,
    issued_on=SEP24,
    tier="非禁免批",
    seal_words="行政许可专用章",
    verify_url="https://example.test/v/7K3M-Q9XD-0TWB-52HC",
    verify_code="7K3M-Q9XD-0TWB-52HC",
    demo=True,
    counter="综合窗口3号",
    clerk="李伟",
    phone="0000-0000000",
    complaint_phone="0000-0000000",
    enquiry_code="48213977",
    basis=(ARTICLE_32,),
    papers=PAPERS,
    term=term(8),
    legal_term=term(10),
    specials=("检验", "专家评审"),
    fee="不收费",
    reasons=("经营场所与申请书所载地址不一致。", "布局图没有标明清洗水池。"),
    longer="10个工作日",
    stands="本件现在的办理阶段为“待决定”，承诺期限至2026年10月13日（星期二）。",
    annuls=(("准予行政许可决定书", "罗市监许准〔2026〕9号，2026年9月24日"),),
    special=Special(
        name="专家评审",
        parties="评审专家三人，王芳",
        place="罗山县政务服务中心二楼会议室",
        why="许可直接关系食品安全，需要专家评审加工流程。",
        begins=SEP24,
        until=date(2026, 10, 16),
        days=13,
        limit="15个工作日",
        stops=("作出决定", "承诺办结"),
    ),
    bill=Bill(
        number="41152120260000000013",
        lines=(
            Charge(
                name="证书工本费",
                standard="每本20元",
                basis="《中华人民共和国居民身份证法》第二十条",
                count=2,
                amount="40.00",
            ),
        ),
        total="40.00",
        payer="王芳",
        where="办事大厅收费窗口",
        until=date(2026, 10, 15),
        waits="领取结果以前缴费",
    ),
    touched=Touched(
        concerns="油烟直接排向他家的窗户", days=5, ask_days=5, number="LS-260924-0137-L1", code="461283"
    ),
    bar=Bar(
        ground="隐瞒有关情况或者提供虚假材料申请",
        facts="健康证明是伪造的。",
        decision="罗山县市场监督管理局2026年9月28日对本件作出的不予行政许可决定",
        warned=True,
        until=date(2027, 9, 28),
    ),
    above=Above(
        organ="信阳市市场监督管理局",
        sent_on=SEP24,
        number="信市监许〔2026〕12号",
        decided_on=date(2026, 10, 12),
        granted=True,
    ),
    owed=(Paper(name="食品安全管理制度", how="请补交原件1份。", problem="没有写清洗消毒。"),),
    outcome="到期没有补齐的，视为撤回申请。",
    promised=("经营场所的布局符合操作规范。",),
    demands=("有与经营的食品相适应的场所。",),
    liability=("承诺不实的，撤销许可，记入失信记录。",),
    check="两名工作人员到现场核查。",
    signed="2026年9月24日，申请人在窗口签名屏上签字",
    until=date(2026, 10, 16),
    questions=("面馆是否使用液化石油气？",),
    ways=("到罗山县政务服务中心综合窗口提交", "登录网上办事页面提交"),
    go_to="罗山县卫生健康委员会",
    result=(("证件名称", "食品经营许可证"), ("有效期", "2026年10月12日至2031年10月11日")),
    delivery="请到罗山县政务服务中心出件窗口领取。",
    remedy=Remedy(review_organ="罗山县人民政府", court="罗山县人民法院", review_days=60, court_months=6),
    serving=Serving(
        title="准予行政许可决定书",
        number="罗市监许准〔2026〕98号",
        way="直接送达",
        at="2026年10月13日10时20分",
        taker="王芳",
        paper_shown="居民身份证",
        server="李伟",
    ),
)


def story(**changes: Any) -> LetterData:
    return replace(STORY, **changes)


def pages(pdf: bytes) -> list[str]:
    """The text of each page, without the line breaks and spaces that setting a line puts in."""
    return [re.sub(r"\s", "", page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages]


def text(pdf: bytes) -> str:
    return "".join(pages(pdf))
