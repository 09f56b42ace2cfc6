"""键表: which keys may a pack hold, of what type, and in which direction may a lower pack move them?

The one table of its kind. A key that is not here stops the load.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from onewindow.rules import venue_words
from onewindow.rules.emergency_words import ASKED_WORDS
from onewindow.rules.pack import Value


class Direction(StrEnum):
    """方向: a statutory key has a floor in every pack above, a local one has none."""

    STATUTORY = "statutory"
    LOCAL = "local"


class Better(StrEnum):
    """What is better for the applicant, and so all that a lower pack may do to a statutory key."""

    FEWER = "不得更多"
    MORE = "不得更少"
    YES = "不得取消"
    NO = "不得放开"
    SAME = "不得改变"


@dataclass(frozen=True, slots=True)
class Key:
    title: str
    kind: type
    better: Better | None = None
    unit: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    adds: bool = False
    least: int | None = None
    most: int | None = None
    why: str = ""  # why not less and not more, in a sentence beside the field
    fixed: bool = False  # a setting with one possible value: the system does so, and nobody may change it
    later: bool = False  # nothing in this release acts on it yet, and every page says so

    @property
    def bounds(self) -> str:
        """What a number may be, as the form and a refusal say it."""
        if self.least is None or self.most is None:
            return ""
        return f"{self.least} 到 {self.most}{self.unit}。{self.why}"

    @property
    def direction(self) -> Direction:
        return Direction.STATUTORY if self.better or self.adds else Direction.LOCAL


def favours(better: Better, above: Value, below: Value) -> bool:
    """Whether the value below is at least as good for the applicant as the one above."""
    match better:
        case Better.FEWER:
            return isinstance(below, int) and isinstance(above, int) and below <= above
        case Better.MORE if isinstance(above, tuple) and isinstance(below, tuple):
            return set(above) <= set(below)
        case Better.MORE:
            return isinstance(below, int) and isinstance(above, int) and below >= above
        case Better.YES:
            return below is True or above is False
        case Better.NO:
            return below is False or above is True
        case Better.SAME:
            return below == above


TERMS: Mapping[str, Key] = MappingProxyType(
    {
        "accept": Key("受理期限", int, Better.FEWER, "日"),
        "check_correction": Key("补正后审查期限", int, Better.FEWER, "日"),
        "answer_correction": Key("补正答复期限", int, Better.MORE, "日"),
        "answer_explanation": Key("说明答复期限", int, Better.MORE, "日"),
        "decide": Key("法定办结时限", int, Better.FEWER, "日"),
        "promised": Key("承诺办结时限", int, Better.FEWER, "日"),
        "deliver": Key("送达期限", int, Better.FEWER, "日"),
        "first_look": Key("初审期限", int, Better.FEWER, "日"),
        "above": Key("上级办理期限", int, Better.FEWER, "日"),
        "contact_above": Key("与上级联系", int, Better.FEWER, "日"),
        "pass_on": Key("上级结果转交期限", int, Better.FEWER, "日"),
        "look_online": Key("网上申请查看期限", int, Better.FEWER, "日"),
        "tell_correction": Key("补正告知期限", int, Better.FEWER, "日"),
        "supply_deferred": Key("容缺补交期限", int, Better.MORE, "日"),
    }
)

_YES = Better.YES
_WINDOW = {"full": "综合授权，窗口直接办理", "no_veto": "窗口无权否决", "granted": "授权到位"}
_POINT = {
    "unified": "统一窗口出件",
    "comprehensive": "综合窗口出件",
    "centre": "发件中心出件",
    "issuing": "统一出证窗口",
}

_SECTIONS = {
    word: word
    for word in (
        "事项名称",
        "受理单位",
        "依据",
        "服务对象",
        "条件",
        "数量",
        "材料目录",
        "示范文本",
        "表单字段",
        "程序",
        "流程图",
        "审查标准",
        "审批责任人",
        "期限",
        "收费标准",
        "注意事项",
        "联系方式",
        "投诉渠道",
        "容缺受理",
        "告知承诺",
    )
}

_ADDRESSED = {"sections": "各股室", "windows": "各窗口", "townships": "各乡镇街道便民服务中心"}
_REGISTERS = {"day_off": "预约登记", "odd_hours": "错时登记", "extended": "延时登记", "none": "尚未启用"}
_LEVELS = {word: word for word in venue_words.LEVELS.values()}
_ZONES, _WINDOWS, _DEVICES = (
    {word: word for word in table} for table in (venue_words.ZONES, venue_words.WINDOWS, venue_words.DEVICES)
)

RULES: Mapping[str, Key] = MappingProxyType(
    {
        # 期间
        "count.working_days": Key("期限按工作日计算", bool, Better.SAME),
        "count.first_day": Key("开始当日不计入", bool, Better.SAME),
        "count.last_day": Key("末日遇休息日顺延", bool, Better.SAME),
        "count.weekend": Key("周休息日", tuple, Better.SAME),
        "count.statutory_holidays": Key("全体公民放假的节日", tuple, Better.SAME),
        "pauses.legal": Key("不计入期限的法定环节", tuple, Better.SAME),
        "pauses.told": Key("不计时须书面告知所需时间", bool, _YES),
        "hearing.ask_days": Key("被告知后几日内可以要求听证", int, Better.MORE, "个工作日"),
        "hearing.hold_days": Key("要求听证后几日内组织听证", int, Better.FEWER, "个工作日"),
        "hearing.notice_days": Key("举行听证几日前通知", int, Better.MORE, "个工作日"),
        "hearing.host": Key("听证由审查人员以外的人主持", bool, _YES),
        "hearing.record": Key("听证笔录签字，据以决定", bool, _YES),
        "decide.extension": Key("经负责人批准可以延长", int, Better.FEWER, "个工作日"),
        "decide.joint_extension": Key("联合办理经政府负责人批准可以延长", int, Better.FEWER, "个工作日"),
        "decide.reason_when_extended": Key("延长须告知理由", bool, _YES),
        "decide.on_the_spot": Key("能当场决定的当场决定", bool, _YES),
        "overdue.reason": Key("超过办理时间公开说明理由", bool, _YES),
        # 申请和材料
        "applicant.agent": Key("可以委托代理人", bool, _YES),
        "channel.free_choice": Key("办理渠道由申请人自选", bool, _YES),
        "materials.only_guide": Key("不得要求指南以外的材料和环节", bool, _YES),
        "materials.no_repeat": Key("共享能取得的不再要求提交", bool, _YES),
        "materials.no_state_papers": Key("政府核发的材料免于提交", bool, _YES),
        "materials.upward_no_repeat": Key("上级不得要求重复提供", bool, _YES),
        "fee.published": Key("按公布的项目和标准收费", bool, _YES),
        "fee.only_by_law": Key("不收费，法律行政法规另有规定的除外", bool, _YES),
        # 收件和受理
        "refuse.not_needed": Key("依法不需要许可的即时告知", bool, _YES),
        "refuse.not_ours": Key("不属本机关的即时告知去向", bool, _YES),
        "correction.on_the_spot": Key("可当场更正的允许当场更正", bool, _YES),
        "correction.once": Key("一次告知全部补正内容", bool, _YES),
        "correction.ways": Key("一并告知补齐材料的途径或方法", bool, _YES),
        "accept.deemed": Key("逾期不告知视为受理", bool, _YES),
        "accept.when_complete": Key("齐全或已补正的应当受理", bool, _YES),
        "accept.sealed_document": Key("受理或不受理出具盖章并注明日期的书面凭证", bool, _YES),
        "accept.letter": Key("发给受理通知单", bool, _YES),
        "intake.receipt_is_acceptance": Key("收件即受理", bool),
        "intake.undifferentiated": Key("无差别受理、同标准办理", bool, _YES),
        "intake.front_back": Key("前台综合受理、后台分类审批", bool),
        "intake.no_daily_cap": Key("不得限定办件数量", bool, _YES),
        "first_asked": Key("首问负责", bool, _YES),
        "deferral.first": Key("仅缺次要材料的先行受理", bool, _YES),
        "deferral.list": Key("公开容缺受理的事项和材料", bool, _YES),
        "commitment.at_once": Key("承诺符合条件的直接办理", bool, _YES),
        # 审查和决定
        "inspectors.two": Key("实地核查不少于两人", bool, _YES),
        "risk.tiers": Key("风险分级", tuple),
        "case.kinds": Key("办件类型", tuple),
        "case.modes": Key("办理方式", tuple),
        "upward.direct": Key("初审意见和全部材料直接报送上级", bool, _YES),
        "upward.told": Key("上报件告知的内容", tuple),
        "upward.contact": Key("转报以后积极与上级联系", bool),
        "renewal.before_days": Key("届满几日前申请延续", int, Better.FEWER, "日"),
        "renewal.deemed": Key("逾期未决定视为准予延续", bool, _YES),
        "case.max_steps": Key("同一部门的审批环节上限", int, Better.FEWER, "个环节"),
        "case.steps": Key("审批环节", tuple),
        "window.authority": Key("窗口授权", str, words=_WINDOW),
        "instant.approval": Key("秒批秒报、智能审批", bool),
        "refusal.second_person": Key("不予受理须第二人确认", bool),
        "refusal.written_reasons": Key("不予办理书面说明理由", bool, _YES),
        "decision.written": Key("决定采用书面形式", bool, _YES),
        "decision.reasons": Key("不予许可说明理由", bool, _YES),
        "decision.remedies": Key("不予许可告知救济途径", bool, _YES),
        "third.told": Key("直接关系他人重大利益的告知利害关系人并听取意见", bool, _YES),
        "quota.order": Key("有数量限制的按受理先后决定", bool, _YES),
        "bar.false_papers": Key("提供虚假材料申请的不得再次申请", int, Better.FEWER, "个月"),
        "bar.fraud": Key("以欺骗等手段取得的不得再次申请", int, Better.FEWER, "个月"),
        "decision.public": Key("准予许可决定公开", bool, _YES),
        "remedy.review_days": Key("申请行政复议", int, Better.MORE, "日"),
        "remedy.court_months": Key("提起行政诉讼", int, Better.MORE, "个月"),
        "staff.ab_required": Key("AB 岗", bool),
        "staff.sections": Key("股室", tuple),
        "stations.words": Key("流水线各环节叫什么", tuple),
        "norms.list": Key("工作制度", tuple),
        "norms.addressed": Key("工作制度发给谁", tuple, words=_ADDRESSED),
        "norms.registers": Key("工作制度的登记簿", tuple, words=_REGISTERS),
        "norms.published": Key("工作制度在场所公示", bool),
        # 出件和送达
        "licence.seal": Key("许可证件加盖本机关印章", bool, _YES),
        "issue.point": Key("出件窗口", str, words=_POINT),
        "delivery.post_free": Key("寄递免费", bool, _YES),
        "service.receipt": Key("送达凭送达回证", bool, _YES),
        "service.electronic_consent": Key("电子送达须经同意", bool, _YES),
        "service.electronic_day": Key("电子送达以到达特定系统之日为准", bool, Better.SAME),
        # 电子形式
        "electronic.signature_equal": Key("电子签名与手写签名同等效力", bool, _YES),
        "electronic.seal_equal": Key("电子印章与实物印章同等效力", bool, _YES),
        "electronic.licence_equal": Key("电子证照与纸质证照同等效力", bool, _YES),
        # 办事指南
        "guide.sections": Key("办事指南必备内容", tuple, words=_SECTIONS, adds=True),
        "guide.vague_words": Key("指南不得使用的模糊表述", tuple, adds=True),
        "guide.public": Key("办事指南向社会公开", bool, _YES),
        "guide.same_source": Key("线上线下同源发布、同步更新", bool, _YES),
        "item.change_review": Key("事项调整经申请审核后同步", bool),
        "limit.enterprise": Key("企业开办办结", int, Better.FEWER, "个工作日"),
        "limit.realty": Key("不动产登记办结", int, Better.FEWER, "个工作日"),
        # 名称
        "brand": Key("服务标识", str),
        "issue.words": Key("发放结果叫什么", str),
        "venue.county": Key("县区场所名称", str),
        "venue.township": Key("乡镇街道场所名称", str),
        "venue.village": Key("村社区场所名称", str),
        "platform.names": Key("平台名称", tuple),
        # 场所
        "venue.by_reference": Key("参照执行的场所", tuple, words=_LEVELS),
        "venue.area.county_new": Key("新建县区大厅面积", int, unit="平方米"),
        "venue.area.functional": Key("功能区大厅面积", int, unit="平方米"),
        "venue.area.functional_aim": Key("功能区大厅面积目标", int, unit="平方米"),
        "venue.area.township": Key("乡镇街道便民服务中心面积", int, unit="平方米"),
        "venue.area.township_new": Key("新建乡镇街道便民服务中心面积", int, unit="平方米"),
        "venue.area.village": Key("村社区便民服务站面积", int, unit="平方米"),
        "venue.zones.centre": Key("大厅的功能区", tuple, words=_ZONES),
        "venue.zones.township": Key("乡镇街道场所的功能区", tuple, words=_ZONES),
        "venue.rooms": Key("便民功能区", tuple, words=_ZONES),
        "venue.apart": Key("内部办公和外部服务分开", bool),
        "venue.windows.centre": Key("大厅的窗口", tuple, words=_WINDOWS),
        "venue.windows.township": Key("乡镇街道场所的窗口", tuple, words=_WINDOWS),
        "venue.windows.comprehensive": Key("乡镇街道综合受理窗口", int, unit="个"),
        "venue.windows.issuing": Key("乡镇街道统一出证窗口", int, unit="个"),
        "venue.windows.advice": Key("乡镇街道帮办咨询窗口", int, unit="个"),
        "venue.windows.single": Key("部门单设窗口", int, unit="个"),
        "venue.windows.village": Key("村社区窗口全部为综合受理", bool),
        "venue.devices.centre": Key("大厅的信息化设备", tuple, words=_DEVICES),
        "venue.devices.township": Key("乡镇街道场所的智能化设备", tuple, words=_DEVICES),
        "venue.devices.village": Key("村社区场所的设备能做", tuple, words=_DEVICES),
        "venue.ease.centre": Key("大厅的免费便民设施", tuple, words=_DEVICES),
        "venue.ease.township": Key("乡镇街道场所的便民设施", tuple, words=_DEVICES),
        "venue.safety": Key("大厅的基础设施", tuple, words=_DEVICES),
        "venue.keeper": Key("设施设备专人维护", bool),
        "venue.signs": Key("标识标牌检查", tuple),
        "venue.guides_shown": Key("大厅显著位置公示办事指南", bool),
        "venue.sub": Key("单设窗口纳入本级中心管理", bool),
        "venue.classes": Key("基层场所分类", tuple),
        "venue.network": Key("村社区政务服务网通达", bool),
        "venue.part.layout": Key("标准化：功能布局", str),
        "venue.part.windows": Key("标准化：窗口设置", str),
        "venue.part.service": Key("标准化：服务机制", str),
        "venue.part.staff": Key("标准化：人员配置", str),
        "venue.part.elder": Key("标准化：适老服务", str),
        "venue.six_have": Key("村社区六有一能", bool),
        "venue.standard_percent": Key("乡镇街道场所达到标准型", int, unit="%"),
        "venue.benchmark_percent": Key("乡镇街道场所达到标杆型", int, unit="%"),
        # 预约和错时
        "booking.offered": Key("预约服务", bool, _YES),
        "booking.day_off_called": Key("非工作日预约的名称", str),
        "booking.never_forced": Key("线下办理不强制先预约", bool, _YES),
        "booking.every_item": Key("所有进驻事项都接受预约", bool, _YES),
        "booking.day_off": Key("非工作日预约服务", bool),
        "booking.day_off_channels": Key("非工作日预约方式", tuple),
        "booking.counter_on_workdays": Key("现场预约在法定工作日登记", bool),
        "booking.told": Key("确认预约时一次性告知、首问负责", bool),
        "booking.answer_at_once": Key("收到预约当即答复", bool),
        "booking.reasons": Key("不同意预约说明理由", bool),
        "booking.staffed": Key("同意预约必须安排人员在岗", bool),
        "booking.not_for_day_off": Key("不得以非工作日为由拒绝预约", bool),
        "booking.no_show_minutes": Key("超过约定时间未到且联系不上视为放弃", int, unit="分钟"),
        "booking.ban_after": Key("放弃达到几次不再提供预约服务", int, unit="次"),
        "booking.form": Key("预约登记表名称", str),
        "booking.signed": Key("服务完成后双方在登记表上签字", bool),
        "booking.copies": Key("预约登记表份数", int, unit="份"),
        "booking.filed_with": Key("预约登记表报送备案", str),
        "offhours.called": Key("错时服务的名称", str),
        "offhours.sessions": Key("错时服务的场次", tuple),
        "offhours.channels": Key("错时服务预约方式", tuple),
        "offhours.asked_in_hours": Key("现场和电话错时预约在正常工作时间接受", bool),
        "offhours.own_window": Key("现场错时预约在本单位窗口登记", bool),
        "offhours.filed_with": Key("错时服务预约情况报送备案", str),
        "offhours.leader": Key("错时服务安排领导带班和股室值班", bool),
        "offhours.enough_staff": Key("按预约安排足够的工作人员", bool),
        "offhours.support": Key("错时服务的保障值班", tuple),
        # 延时
        "extension.offered": Key("延时服务", bool, _YES),
        "extension.grounds": Key("延时服务的情形", tuple),
        "extension.finish": Key("临近下班办结完毕，不借故离开、拒绝或推迟", bool, _YES),
        "extension.every_item": Key("所有事项都可以延时办", bool, _YES),
        "extension.leader": Key("窗口负责人负责延时服务", bool),
        "extension.called_back_by": Key("延时服务定期回访", str),
        "extension.form": Key("延时登记表名称", str),
        "extension.signed": Key("延时服务完成后双方签字", bool),
        "extension.filed_with": Key("延时登记表报送备案", str),
        # 便民服务、导办、应急
        "aids.offered": Key("便民服务", tuple, adds=True),
        "aids.one_to_one": Key("对特殊群众主动提供的服务", str),
        "guide.remarks_to": Key("大厅意见汇总报送", str),
        "emergency.plans": Key("应急预案", tuple, words=ASKED_WORDS, adds=True),
        # 评价和投诉
        "rating.loop": Key("好差评处理顺序", tuple),
        "rating.channels": Key("评价渠道", tuple),
        "rating.active_rate": Key("主动评价率", int, unit="%"),
        "rating.genuine": Key("评价数据客观、真实", bool, _YES),
        "complaint.channels": Key("投诉渠道", tuple),
        "complaint.office": Key("投诉受理", str),
        "complaint.booking": Key("预约服务里可以投诉的问题", tuple),
        "complaint.extended": Key("延时服务里可以投诉的问题", tuple),
        "complaint.no_award": Key("延时服务被投诉查实的窗口扣分、不予评优评先", bool),
        # 预警
        "alert.lights": Key("预警颜色", tuple),
        "alert.overdue": Key("逾期处理", str),
        "alert.supervision": Key("电子监察随红黄绿灯预警", bool),
        # 个人信息和记录
        "privacy.minimal": Key("只收集最少的个人信息", bool, _YES),
        "privacy.told": Key("处理前告知", bool, _YES),
        "privacy.protected": Key("加密、去标识化和操作权限", bool, _YES),
        "privacy.guardian": Key("不满十四周岁须监护人同意", bool, _YES),
        "privacy.kept_shortest": Key("保存期限最短、到期删除", bool, _YES),
        "keep.suit_months": Key("起诉期限内的投诉不删", int, Better.MORE, "个月"),
        "log.keep_months": Key("日志留存", int, Better.MORE, "个月"),
    }
)

CHANNELS: Mapping[str, str] = MappingProxyType(
    {
        "counter": "窗口",
        "web": "电脑端",
        "phone": "移动端",
        "post": "快递",
        "visit": "上门",
        "terminal": "自助终端",
    }
)

ADDING = frozenset(name for name, key in RULES.items() if key.adds)


def in_words(key: Key, value: Value) -> str:
    """A value as a person reads it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return "、".join(key.words.get(one, one) for one in value)
    if isinstance(value, str):
        return key.words.get(value, value)
    return f"{value}{key.unit}"
