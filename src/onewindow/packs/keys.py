"""键表: which keys may a pack hold, of what type, and in which direction may a lower pack move them?

The one table of its kind. A key that is not here stops the load.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

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
        "venue.county": Key("县区场所名称", str),
        "venue.township": Key("乡镇街道场所名称", str),
        "venue.village": Key("村社区场所名称", str),
        "platform.names": Key("平台名称", tuple),
        # 评价和投诉
        "rating.loop": Key("好差评处理顺序", tuple),
        "rating.channels": Key("评价渠道", tuple),
        "rating.active_rate": Key("主动评价率", int, unit="%"),
        "rating.genuine": Key("评价数据客观、真实", bool, _YES),
        "complaint.channels": Key("投诉渠道", tuple),
        "complaint.office": Key("投诉受理", str),
        # 预警
        "alert.lights": Key("预警颜色", tuple),
        "alert.overdue": Key("逾期处理", str),
        "alert.supervision": Key("电子监察随红黄绿灯预警", bool),
        # 个人信息和记录
        "privacy.minimal": Key("只收集最少的个人信息", bool, _YES),
        "privacy.told": Key("处理前告知", bool, _YES),
        "privacy.protected": Key("加密、去标识化和操作权限", bool, _YES),
        "privacy.guardian": Key("不满十四周岁须监护人同意", bool, _YES),
        "log.keep_months": Key("日志留存", int, Better.MORE, "个月"),
    }
)

CHANNELS: Mapping[str, str] = MappingProxyType(
    {"counter": "窗口", "web": "电脑端", "phone": "移动端", "post": "快递"}
)

ADDING = frozenset(name for name, key in RULES.items() if key.adds)

_BEFORE = {"decide": "作出决定以前", "issue": "领取结果以前"}
_EXPLAIN = {"explain": "说明理由、列入督办", "list": "列入督办"}
_TELLS = {"legal": "超过法定期限时", "red": "一超期就告诉"}
_UNANSWERED = {"not_pursued": "提醒后仍不答复的，按不再办理结案，可以重新申请"}
_WITHDRAW = {"decision": "作出决定之前随时可以撤回"}
_MISSED = {"withdrawn": "视为撤回申请，可以重新申请", "refused": "停止办理，由部门作出不予的决定"}
_UNFETCHED = {"keep": "继续保管并列出"}


def _number(title: str, unit: str, least: int, most: int, why: str) -> Key:
    return Key(title, int, unit=unit, least=least, most=most, why=why)


LONGEST_WORDS = 600  # characters that a setting in words may have

SETTINGS: Mapping[str, Key] = MappingProxyType(
    {
        "accept.other_days": _number(
            "其他类型事项的受理期限", "个工作日", 1, 5, "不比行政许可的五个工作日长。"
        ),
        "correction.answer_days": _number(
            "补正答复期限", "个工作日", 5, 60, "太短来不及补，太长件一直挂着。"
        ),
        "correction.reminder_days": _number(
            "补正逾期提醒后再等", "个工作日", 1, 30, "提醒以后总要留出补的日子。"
        ),
        "correction.check_days": _number(
            "补正后审查期限", "个工作日", 1, 5, "不比第一次审查的五个工作日长。"
        ),
        "explanation.answer_days": _number(
            "请您说明的答复期限", "个工作日", 2, 30, "它不停表，太长会占掉办理时间。"
        ),
        "accept.look_online_days": _number(
            "网上申请几日内开始核对", "个工作日", 0, 5, "0 是不另设，再长就比受理期限还长。"
        ),
        "correction.tell_days": _number(
            "几日内告知补正或者受理", "个工作日", 0, 5, "0 是不另设，再长就比受理期限还长。"
        ),
        "upward.contact_days": _number("转报后联系上级的间隔", "个工作日", 1, 20, "太长等于没有联系。"),
        "upward.pass_on_days": _number("上级结果转交申请人", "个工作日", 1, 10, "不比送达期限长。"),
        "renewal.remind_days": _number(
            "证照到期前提醒延续", "日", 31, 180, "要早于届满前三十日，提醒到了还来得及申请。"
        ),
        "correction.unanswered": Key("逾期不补正", str, words=_UNANSWERED, fixed=True),
        "withdraw.until": Key("撤回申请", str, words=_WITHDRAW, fixed=True),
        "pickup.unfetched": Key("提醒后仍未领取", str, words=_UNFETCHED, fixed=True),
        "promise.broken": Key("超过承诺时限", str, words=_EXPLAIN, later=True),
        "first_asked.days": _number(
            "首问答复期限", "个工作日", 1, 30, "当天能答的当场答，太长就没有人记得。"
        ),
        "rongque.days": _number("容缺补交期限", "个工作日", 1, 20, "太短来不及补，太长办不完。"),
        "rongque.within_promise": Key("容缺补交不超过承诺时限", bool),
        "rongque.pauses_promise": Key("等待补交时承诺时限停止计算", bool),
        "rongque.remind_days": _number("容缺补交到期前提醒", "个工作日", 1, 10, "总要留出补的日子。"),
        "rongque.again_days": _number("补交不符后再补", "个工作日", 1, 10, "总要留出改好的日子。"),
        "rongque.missed": Key("容缺材料逾期未补齐", str, words=_MISSED),
        "commitment.check_days": _number(
            "告知承诺的核查期限", "个工作日", 5, 120, "事项没有写明几日核查的用它。"
        ),
        "commitment.mend_days": _number("承诺不实的整改期限", "个工作日", 1, 60, "总要留出改正的日子。"),
        "commitment.hear_days": _number("拟撤销时陈述申辩的期限", "个工作日", 3, 30, "总要留出说明的日子。"),
        "consult.reply_days": Key("咨询答复期限", int, unit="个工作日", later=True),
        "complaint.ack_days": Key("投诉受理告知", int, unit="个工作日", later=True),
        "complaint.close_days": Key("投诉办结", int, unit="个工作日", later=True),
        "record.backdate_days": _number(
            "补录最多往前", "个工作日", 0, 5, "0 就不许补录；太长，期限就说不清从哪天起算。"
        ),
        "case.most_steps": _number(
            "审批环节上限", "个环节", 1, 3, "受理、审核、决定之外，本系统不办更多环节。"
        ),
        "alert.yellow_percent": _number(
            "黄灯：承诺时限剩余不多于", "%", 1, 90, "0 就永远不亮黄灯，100 就一受理就亮。"
        ),
        "alert.yellow_days": _number("黄灯：剩余不多于", "个工作日", 1, 10, "至少在到期前一个工作日提醒。"),
        "alert.hint_days": _number("到期前再提醒承办人", "个工作日", 1, 5, "到期前一个工作日总要提醒。"),
        "alert.tells_supervisor": Key("何时告诉督查", str, words=_TELLS),
        "rating.open_days": _number(
            "办结后可评价", "日", 7, 365, "太短来不及评价，太久说的已不是当时的服务。"
        ),
        "rating.bad_contact_days": Key("差评联系核实", int, unit="个工作日", later=True),
        "rating.bad_mend_days": Key("差评整改", int, unit="个工作日", later=True),
        "home.frequent": Key("首页常办事项（办件还少时的次序）", str),
        "pickup.reminder_days": _number(
            "未领取的提醒间隔", "日", 1, 90, "0 天就会一次发完，太久就忘了来领。"
        ),
        "pickup.reminders": _number("未领取的提醒次数", "次", 1, 12, "至少提醒一次，太多就成了骚扰。"),
        "draft.keep_days": _number("未提交的申请保存", "日", 7, 365, "到期就删除，太短会丢掉没填完的申请。"),
        "upload.max_megabytes": _number(
            "单个材料文件上限", "MB", 1, 200, "0 就什么也传不上来，太大会占满服务器。"
        ),
        "staff.second_factor": Key("工作人员登录须第二因子", bool),
        "staff.session_minutes": _number(
            "工作人员会话闲置", "分钟", 5, 240, "太短来不及填一张表，太长离座后别人能接着用。"
        ),
        "citizen.session_minutes": _number(
            "申请人会话闲置", "分钟", 5, 240, "太短来不及填一张表，太长在公用电脑上不安全。"
        ),
        "password.min_length": _number("口令最短", "位", 8, 64, "少于 8 位容易被试出来，太长没有人记得住。"),
        "signin.max_failures": _number("连续登录失败锁定", "次", 3, 20, "太少一输错就锁住，太多等于不锁。"),
        "signin.lock_minutes": _number("登录锁定", "分钟", 1, 1440, "0 等于不锁，最长锁一天。"),
        "fee.before": Key("什么时候缴费（指南没有写的）", str, words=_BEFORE),
        "fee.pay_days": _number(
            "缴费通知书的缴费期限", "个工作日", 1, 60, "太短来不及缴，太长结果一直领不走。"
        ),
        "fee.where": Key("在哪里缴费", str),
        "third.answer_days": _number(
            "利害关系人陈述意见的期限",
            "个工作日",
            3,
            30,
            "太短来不及说，太长会占掉办理时间；它不停止计算期限。",
        ),
        "instant.offered": Key("事项有秒批规则的由系统先判断", bool),
        "instant.sample_percent": _number("秒批件列入抽查", "%", 1, 100, "0 就没有人再看，100 是每件都看。"),
        "filing.check_days": _number("备案以后核查", "个工作日", 1, 250, "备案了总要看，最迟一年之内。"),
        "examiner.not_own_intake": Key("审查人不得审自己收的件", bool),
    }
)


def changeable(name: str) -> bool:
    """Whether an administrator may change this setting: something acts on it, and it has more than one value."""
    key = SETTINGS.get(name)
    return key is not None and not key.fixed and not key.later


def sound(key: Key, value: object, start: Value) -> Value:
    """A stored value as it may be used: a number within its bounds, anything else of a wrong kind the start value."""
    if type(value) is not type(start):
        return start
    if key.kind is int and isinstance(value, int) and key.least is not None and key.most is not None:
        return min(max(value, key.least), key.most)
    if isinstance(value, str) and (not value.strip() or len(value) > LONGEST_WORDS):
        return start
    if key.words and value not in key.words:
        return start
    return value if isinstance(value, bool | int | str) else start


def refusal(key: Key, value: object, start: Value) -> str:
    """Why a setting may not have this value, and what it may be; empty when it may."""
    if type(value) is not type(start):
        return "填写的值与这项设定的类型不符，请照现在的值那样填写。"
    if sound(key, value, start) == value:
        return ""
    if key.bounds:
        return f"“{key.title}”只能填 {key.bounds}"
    return f"“{key.title}”不能是空的，也不能超过 {LONGEST_WORDS} 个字，请改写。"


def in_words(key: Key, value: Value) -> str:
    """A value as a person reads it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return "、".join(value)
    if isinstance(value, str):
        return key.words.get(value, value)
    return f"{value}{key.unit}"
