"""本地设定的键: which values may an administrator set where no text says any, within which bounds, and why?"""

from collections.abc import Mapping
from types import MappingProxyType

from onewindow.packs.keys import Key
from onewindow.rules.pack import Value

_BEFORE = {"decide": "作出决定以前", "issue": "领取结果以前"}
_EXPLAIN = {"explain": "说明理由、列入督办", "list": "列入督办"}
_TELLS = {"legal": "超过法定期限时", "red": "一超期就告诉"}
_UNANSWERED = {"not_pursued": "提醒后仍不答复的，按不再办理结案，可以重新申请"}
_WITHDRAW = {"decision": "作出决定之前随时可以撤回"}
_MISSED = {"withdrawn": "视为撤回申请，可以重新申请", "refused": "停止办理，由部门作出不予的决定"}
_UNFETCHED = {"keep": "继续保管并列出"}

_KEEP = "太短，有人来问时对不上；太长，用不着了还留着（个人信息保护法第十九条）。"
_TOO_FAR = "0 是不提前；一小时以上，先来的人会等得太久。"


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
        "complaint.close_days": _number(
            "投诉几个工作日内核查答复", "个工作日", 1, 30, "太长，投诉的人等不到答复。"
        ),
        "complaint.points": _number(
            "投诉查实一次扣几分", "分", 1, 50, "窗口得分满分 100；文件写扣分，没有写扣几分。"
        ),
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
        "parcel.silent_days": _number(
            "寄出的结果多久没有回音就去查", "日", 1, 60, "太短快递还没有送到，太久丢了也没有人知道。"
        ),
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
        "queue.booked_minutes": _number("预约的人提前", "分钟", 0, 60, _TOO_FAR),
        "queue.elderly_minutes": _number("老年人提前", "分钟", 0, 60, _TOO_FAR),
        "queue.disabled_minutes": _number("残疾人提前", "分钟", 0, 60, _TOO_FAR),
        "queue.pregnant_minutes": _number("孕妇和带婴幼儿的人提前", "分钟", 0, 60, _TOO_FAR),
        "queue.soldier_minutes": _number("军人、军属和退役军人提前", "分钟", 0, 60, _TOO_FAR),
        "queue.help_minutes": _number("说需要帮助的人提前", "分钟", 0, 60, _TOO_FAR),
        "queue.care_minutes": _number(
            "等候多久请导办员关怀", "分钟", 5, 240, "太短导办员走不过来，太长没有人过问。"
        ),
        "queue.green_minutes": _number("绿色通道提前", "分钟", 0, 60, _TOO_FAR),
        "queue.calls": _number("叫几次不来算过号", "次", 1, 5, "至少叫一次，太多耽误后面的人。"),
        "queue.return_places": _number("过号回来排在几人后面", "人", 0, 20, "太多等于重新排队。"),
        "queue.transfer_minutes": _number(
            "转到一个窗口的号为它保留", "分钟", 1, 120, "太长，那个窗口没有人时他会一直等。"
        ),
        "queue.first_minutes": _number(
            "专窗先叫自己的业务，提前", "分钟", 0, 240, "太长，窗口的别的队没有人叫。"
        ),
        "queue.early_minutes": _number("预约的人最多早叫", "分钟", 0, 60, "太早就占了先来的人的次序。"),
        "box.stale_seconds": _number(
            "大厅本机的数据多久算旧", "秒", 15, 600, "太长，手机上看到的等候情况已经不对了。"
        ),
        "box.wish_minutes": _number(
            "手机请求取号，多久以后不再给", "分钟", 1, 60, "太久才给的号，人可能已经走了。"
        ),
        "box.ahead_days": _number("送到大厅本机的预约", "天", 1, 31, "断网可能持续几天，太短会缺预约。"),
        "box.keep_days": _number(
            "大厅本机保留姓名和证件", "天", 1, 90, "本机放在大厅里，留得越久，丢了机器泄露的越多。"
        ),
        "keep.booking_months": _number("预约里的个人信息保存", "个月", 3, 60, _KEEP),
        "keep.extension_months": _number("延时服务登记里的个人信息保存", "个月", 3, 60, _KEEP),
        "keep.service_months": _number("便民服务登记里的个人信息保存", "个月", 3, 60, _KEEP),
        "keep.remark_months": _number("意见建议里的个人信息保存", "个月", 1, 60, _KEEP),
        "keep.complaint_months": _number(
            "投诉里的个人信息保存", "个月", 6, 120, "不短于行政诉讼法的六个月起诉期限，期满以前要能说清。"
        ),
        "keep.visit_months": _number("取号是谁取的，保存", "个月", 1, 36, _KEEP),
        "keep.ban_months": _number("恢复以后，被限制预约的人的姓名保存", "个月", 3, 60, _KEEP),
        "queue.relief_waiting": _number(
            "大厅等候多少人算排队过长", "人", 2, 500, "太少天天提醒，太多等于不提醒。"
        ),
        "queue.relief_minutes": _number(
            "等候多少分钟算排队过长", "分钟", 5, 240, "太短天天提醒，太长群众已经等久了。"
        ),
        "queue.calm_minutes": _number(
            "恢复正常持续多久", "分钟", 1, 120, "过了这么久提醒才解除、潮汐窗口才关闭；太短会反复开关。"
        ),
        "queue.forecast_minutes": _number(
            "下班前多少分钟预测能不能办完", "分钟", 10, 180, "太早说不准，太晚来不及安排延时。"
        ),
        "queue.before_minutes": _number("开门前多久开始取号", "分钟", 0, 120, "太早取号，人要在门外等很久。"),
        "queue.off_hours": Key("班外场次没有预约的也取号", bool),
        "extension.prompt_minutes": _number(
            "下班前多久提示延时服务", "分钟", 5, 120, "太早还不知道办不办得完。"
        ),
        "extension.check_minutes": _number(
            "下班前多久的弃号和暂停列入核查", "分钟", 5, 60, "太长会把正常的弃号也列进来。"
        ),
        "extension.call_back_days": _number("延时服务多久回访一次", "日", 7, 92, "文件写定期回访。"),
        "extension.call_back_percent": _number("延时服务回访的比例", "%", 5, 100, "至少回访一件。"),
        "offhours.offered": Key("文件没有规定错时服务的，也开放错时预约", bool),
        "booking.slot_minutes": _number("预约时段长度", "分钟", 5, 120, "太短排不下一件事，太长等的人多。"),
        "booking.percent": _number(
            "留给预约的窗口", "%", 10, 90, "取号的人总要有窗口，预约的人也要有；至少留一个。"
        ),
        "booking.ahead_days": _number("最早可以提前几日预约", "日", 1, 90, "太远的日子谁也说不准。"),
        "booking.most_open": _number("一个人同时有效的预约", "个", 1, 20, "太多会占住别人的时段。"),
        "booking.answer_minutes": _number(
            "预约最迟多久答复", "分钟", 5, 480, "文件写的是当即，网上的在上班时间里算。"
        ),
        "booking.early_minutes": _number("最早提前多久签到", "分钟", 5, 120, "太早签到，只是换个地方等。"),
        "booking.late_minutes": _number(
            "时段预约最迟晚到多久还能签到", "分钟", 5, 120, "再晚请取号，时段已经让给别人。"
        ),
        "booking.remind_hours": _number("提前多久提醒", "小时", 1, 72, "太早会忘，太晚来不及准备材料。"),
        "booking.ban_months": _number("放弃次数按近几个月计", "个月", 0, 60, "0 是不限期间，全部累计。"),
        "venue.six_have_lines": Key("六有一能的七条（用分号隔开；没有写“没有”）", str),
        "venue.part_layout_lines": Key("标准化功能布局的条目（用分号隔开；没有写“没有”）", str),
        "venue.part_windows_lines": Key("标准化窗口设置的条目（用分号隔开；没有写“没有”）", str),
        "venue.part_service_lines": Key("标准化服务机制的条目（用分号隔开；没有写“没有”）", str),
        "venue.part_staff_lines": Key("标准化人员配置的条目（用分号隔开；没有写“没有”）", str),
        "venue.part_elder_lines": Key("标准化适老服务的条目（用分号隔开；没有写“没有”）", str),
        "venue.benchmark_lines": Key("标杆型的条件（用分号隔开；没有写“没有”）", str),
        "venue.task_days": _number(
            "巡检发现的问题几日内整改", "个工作日", 1, 30, "太短来不及修，太长等于没有人管。"
        ),
        "norms.days": _number("工作制度几日内签收", "个工作日", 1, 30, "太短来不及看，太长等于没有人看。"),
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
