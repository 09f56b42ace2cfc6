"""例子: what does a request look like, and what does a refusal say? Each is put to its shape by a test."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onewindow.rules.identity import demo_uscc
from onewindow.web.api.problems import Kind

_FOOD = "11990000475619181H499013100100101"
_PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4//8/AAX+Av4N70a4AAAAAElFTkSuQmCC"
_FORM = {
    "business_type": "餐饮服务经营者",
    "projects": ["热食类食品制售"],
    "online_sale": False,
    "premises": "测试路 3 号",
    "area": 46,
    "safety_officer": "王芳",
    "safety_officer_phone": "10095715339",
    "staff": 2,
}
_FIRM = {
    "paper_kind": "uscc",
    "paper_number": demo_uscc("92", 20269901),
    "name": "芳邻小面馆",
    "legal_representative": "王芳",
}
_TAKER = {"name": "王芳", "paper": "991523198803100426", "relation": "单位经办人", "signed": True}
_WHY_NOT = {
    "kind": "refused",
    "reasons": "经营场所不在本县。",
    "basis": "《中华人民共和国行政许可法》第三十二条",
}


def _named(**examples: tuple[str, Any]) -> dict[str, Any]:
    return {name: {"summary": says, "value": value} for name, (says, value) in examples.items()}


def _steps(*told: tuple[str, Mapping[str, Any]]) -> dict[str, Any]:
    return {step: {"value": {"step": step, **fields}} for step, fields in told}


_POINTS = [{"point": "布局图与现场", "fits": True, "note": "已看现场"}]
_VISIT = {"second": "Y012", "on": "2026-11-20", "place": "测试路 60 号", "record": "两人到店，与布局图一致。"}
REQUESTS: dict[str, dict[str, Any]] = {
    "submitApplication": _named(
        window=(
            "窗口收件，逐份写核对结果",
            {
                "item": _FOOD,
                "applicant": _FIRM,
                "form": _FORM,
                "materials": [
                    {"code": "M01", "original": True, "finding": "fits"},
                    {"code": "M02", "finding": "missing", "reason": "没有带"},
                ],
                "phone": "10095715339",
            },
        ),
        applicant=(
            "申请人自己提交，文件写在正文里",
            {
                "item": _FOOD,
                "form": _FORM,
                "situation": {"shop": "meal", "cold": "no", "agent": "self"},
                "materials": [{"code": "M02", "files": [{"name": "布局图.png", "content": _PICTURE}]}],
                "delivery_way": "download",
                "e_service": True,
            },
        ),
        parts=(
            "文件另附：plan 是 multipart/form-data 里另一部分的名称",
            {
                "item": _FOOD,
                "form": _FORM,
                "situation": {"shop": "meal", "cold": "no", "agent": "self"},
                "materials": [{"code": "M02", "files": [{"part": "plan"}]}],
            },
        ),
    ),
    "takeStep": _steps(
        ("judge", {"findings": {"M02": {"finding": "wrong", "reason": "缺比例尺"}}}),
        ("accept", {"seen": 2}),
        ("accept-as-is", {}),
        ("correct", {"materials": ["M01"]}),
        ("ask-correction", {"demands": {"M02": "请补交标明比例尺的布局图。"}}),
        ("ask-again", {"demands": {"M02": "请补交第二页。"}, "what_is_wrong": "补来的布局图只有第一页。"}),
        ("receive-correction", {"materials": ["M02"]}),
        ("answer-correction", {"files": {"M02": [{"name": "布局图.png", "content": _PICTURE}]}}),
        ("nothing-to-add", {}),
        ("refuse", _WHY_NOT),
        ("propose-refusal", _WHY_NOT),
        ("confirm-refusal", {}),
        ("send-back-refusal", {"remark": "属于本机关职权，请受理。"}),
        ("forward", {"to": "M002"}),
        ("ask-explanation", {"text": "面积和图纸不一致，请说明。"}),
        ("explain", {"question": 1, "answer": "多出的是楼梯间。"}),
        ("ask-extension", {"reason": "需要向原登记机关核实资料，二十日内不能完成。"}),
        ("extend", {}),
        (
            "begin-procedure",
            {
                "kind": "专家评审",
                "why": "办学条件需要专家评审。",
                "parties": "评审专家三人",
                "planned_end": "2026-12-04",
            },
        ),
        (
            "prolong-procedure",
            {"procedure": 1, "planned_end": "2026-12-11", "reason": "专家还要到现场看一次。"},
        ),
        ("replace-host", {"procedure": 2, "host": "M003"}),
        ("file", {}),
        ("check-filing", {"fits": True}),
        ("end-procedure", {"procedure": 1, "outcome": "done", "result": "评审通过。"}),
        ("bill", {"charges": [{"name": "驾驶证工本费", "count": 1}]}),
        ("bill-again", {"charges": [{"name": "驾驶证工本费", "count": 2}], "why": "申请人要办两本。"}),
        ("collect", {"bill": 1, "amount": "10.00", "receipt": "豫财 0001", "payer": "王芳"}),
        ("ask-relief", {"bill": 1, "amount": "10.00", "ground": "低保对象", "basis": "办事指南列明的减免"}),
        ("grant-relief", {}),
        ("decline-relief", {"remark": "不是低保对象，请照常缴费。"}),
        ("ask-refund", {"bill": 1, "amount": "10.00", "reason": "没有准予。"}),
        ("refund", {}),
        ("decline-refund", {"remark": "费用没有多缴。"}),
        ("name-third", {"name": "测试路 2 号住户", "concerns": "油烟排向他家的窗户。"}),
        ("tell-third", {"third": 1, "way": "counter", "told_on": "2026-11-23"}),
        ("note-third", {"third": 1, "how": "counter", "text": "请求加装净化设备。"}),
        ("hear-third", {"third": 1, "weighed": "采纳，要求加装净化设备。"}),
        ("release-third", {"third": 1, "why": "住址查错了。"}),
        ("bar", {"ground": "false_papers", "facts": "健康证明是伪造的。"}),
        ("ask-lift", {"why": "复议撤销了原决定。"}),
        ("lift", {}),
        ("decline-lift", {"remark": "请先交复议决定书。"}),
        (
            "decide-at-once",
            {"text": "准予备案。", "points": [{"point": "申请书", "fits": True, "note": ""}]},
        ),
        ("send-up", {"opinion": "初审合格，同意报送。"}),
        ("contact-above", {"whom": "市教育局教师科", "said": "正在核对学历，下周给结论。"}),
        (
            "answer-above",
            {
                "granted": True,
                "number": "市教认〔2026〕18号",
                "decided_on": "2026-11-20",
                "text": "认定高级中学教师资格。",
            },
        ),
        ("name-licence", {"number": "农药经许（豫）41152120001", "expires_on": "2027-02-28"}),
        ("extend-joint", {}),
        ("decline-joint-extension", {"remark": "四十五日内能办完。"}),
        ("accept-on-promise", {"on_paper": True}),
        ("supply-deferred", {"materials": ["M06"]}),
        ("judge-supply", {"wrong": {"M06": "没有写用品更换。"}}),
        ("sign-promise", {"on_paper": True}),
        ("take-promise-back", {}),
        ("confirm-kept", {"found": "现场与承诺一致。"}),
        ("order-mending", {"found": "没有冷藏设备。", "demand": "装好冷藏设备。", "mend_by": "2026-12-11"}),
        ("confirm-mended", {"result": "冷藏设备已经装好。"}),
        (
            "announce-revocation",
            {"grounds": "到期没有装好冷藏设备。", "basis": "《中华人民共和国行政许可法》第六十九条"},
        ),
        ("announce-fraud", {"grounds": "健康证明是伪造的。"}),
        ("hear-statement", {"statement": "没有意见。"}),
        ("revoke", {}),
        ("drop-revocation", {"remark": "已经改好。"}),
        ("decline-extension", {"remark": "资料已经到齐，请在法定期限内决定。"}),
        (
            "review",
            {"favourable": True, "text": "材料齐全，建议准予。", "points": _POINTS, "on_site": _VISIT},
        ),
        ("send-back-review", {"text": "请补充现场核查记录。"}),
        ("grant", {"text": "准予许可。"}),
        (
            "deny",
            {
                "text": "不予许可。",
                "grounds": "没有固定的经营场所。",
                "basis": "《中华人民共和国食品安全法》第三十三条",
            },
        ),
        ("withdraw", {}),
        ("hand-over", _TAKER),
        ("return-originals", {**_TAKER, "materials": ["M01"]}),
        ("dispatch", {"tracking": "EX000000000CN"}),
        ("confirm-arrival", {}),
        ("take-back", {"why": "无人签收"}),
        ("download", {}),
        ("hand-letter", {**_TAKER, "letter": 1}),
        (
            "leave-letter",
            {
                "letter": 1,
                "place": "测试路 60 号",
                "why": "本人在家，拒绝签收。",
                "witness": "测试村委会 李伟",
            },
        ),
        ("send-letter", {"letter": 1, "tracking": "EX000000000CN"}),
        ("letter-arrived", {"letter": 1, "taker": "王芳"}),
        ("letter-back", {"letter": 1, "why": "地址不详"}),
        ("take-letter", {"letter": 1}),
        (
            "correct-letter",
            {"letter": 1, "why": "理由写得不清楚。", "wording": {"reasons": "经营场所不在本县。"}},
        ),
        ("confirm-correction", {"reissue": 1}),
        ("decline-correction", {"reissue": 1, "remark": "原来的文字没有错。"}),
        ("ask-void", {"place": 3, "cause": "slip", "reason": "这是另一件的受理，误点在本件上。"}),
        ("confirm-void", {"voiding": 1}),
        ("decline-void", {"voiding": 1, "remark": "记载没有错。"}),
    ),
    "getStatus": _named(
        content=("收件凭证上的两个号码", {"number": "LS-260924-0001", "enquiry_code": "100234"})
    ),
    "readMessages": _named(one=("一条", {"message": 12}), all=("全部", {})),
    "takeOverrunStep": _steps(
        (
            "explain",
            {
                "responsible": "M002",
                "cause": "absent",
                "why": "承办人培训，没有安排顶岗。",
                "done": "已指定B角，今天办。",
                "expected": "2026-11-26",
            },
        ),
        ("send-back", {"remark": "请写明B角为什么没有接上。"}),
        (
            "settle",
            {
                "finding": "unreasoned",
                "gravity": "serious",
                "penalty": "notice",
                "remark": "通报批评，补上顶岗名单。",
            },
        ),
        ("take-back", {"reason": "放假通知把到期日推后两天，没有超期。"}),
    ),
    "bookVisit": _named(
        content=(
            "约星期一上午",
            {
                "hall": 1,
                "items": ["0195"],
                "on": "2026-09-28",
                "begins": "09:00",
                "phone": "10095715339",
            },
        )
    ),
    "takeBookingStep": _named(
        change=("改时间", {"step": "change", "on": "2026-09-28", "begins": "10:00"}),
        cancel=("取消", {"step": "cancel"}),
    ),
    "takeNumber": _named(
        content=("在大厅里扫码取号", {"hall": 1, "line": 1, "shown": "MQ:1wAbCd:5fJ0rVq2hX8mZk"}),
    ),
    "takeWindowStep": _named(
        next=("叫下一位", {"step": "next"}),
        begin=("开始办理", {"step": "begin"}),
        transfer=("转到 4 号窗口", {"step": "transfer", "window": "4", "why": "next"}),
    ),
    "rateCase": _named(content=("满意", {"grade": 4, "reasons": [411]})),
}
SENTENCES: dict[Kind, str] = {
    Kind.BAD_REQUEST: "请求正文不是合法的 JSON（UTF-8），请核对。",
    Kind.NO_TOKEN: "请在请求头里带上有效的令牌：Authorization: Bearer ow_…",
    Kind.TOKEN_ENDED: "这个令牌已经到期或者收回，请管理员另发一个。",
    Kind.NOT_GRANTED: "这个令牌的范围里没有“办理办件”，请管理员另发一个。",
    Kind.NOT_FOUND: "没有编号为 LS-260924-0001 的办件，或者不归您办理。",
    Kind.NO_METHOD: "这个地址只接受 GET, HEAD。",
    Kind.NOT_ALLOWED: "本件还没有审核意见，不能直接决定。",
    Kind.STALE: "本件刚刚有人办过，请看最新情况。",
    Kind.UNJUDGED: "还有 1 份材料没有核对：申请书。请先核对材料，再受理。",
    Kind.NO_LENGTH: "请在请求头写明正文的字节数（Content-Length），不要分块发送。",
    Kind.TOO_LARGE: "请求正文不能超过 5 MB。",
    Kind.NOT_JSON: "正文请用 JSON，请求头写 Content-Type: application/json。",
    Kind.FAULTS: "请求里有 1 处需要改正。",
    Kind.KEY_REUSED: "这个幂等键已经用在另一个请求上，请换一个新的。",
    Kind.TOO_OFTEN: "请求太频繁，请 40 秒后再试。",
    Kind.FAILED: "系统出错，已经记下。请稍后用同一个幂等键再试。",
    Kind.UNAVAILABLE: "系统暂时连不上数据库，请稍后用同一个幂等键再试。",
}
