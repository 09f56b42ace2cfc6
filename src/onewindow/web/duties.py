"""后续事项的说法: in which words does a person read which duty was not done?"""

from __future__ import annotations

DUTIES: dict[str, str] = {
    "onewindow.cases.follow.at_once": "秒批、备案或者免批的答复",
    "onewindow.letters.follow.receipt": "出收件凭证",
    "onewindow.letters.follow.letter": "出文书、盖章签名",
    "onewindow.letters.follow.corrected": "重新出具更正的文书",
    "onewindow.letters.follow.annulled": "出具作废告知书",
    "onewindow.letters.follow.sealed": "补出等着盖章的文书",
    "onewindow.notices.follow.tell": "告诉申请人",
    "onewindow.notices.follow.password": "告诉本人窗口重设了密码",
    "onewindow.notices.follow.relation": "告诉双方谁能替谁办",
    "onewindow.notices.follow.officers": "告诉承办人、负责人和督查",
    "onewindow.notices.follow.away": "告诉休假和顶岗的人",
    "onewindow.notices.follow.handover": "告诉移交双方",
    "onewindow.notices.follow.norm": "告诉要签收制度的人",
    "onewindow.notices.follow.asked": "告诉首问转给谁、快到期",
    "onewindow.cases.follow.hand_over": "把移交的件转给接收人",
    "onewindow.oversight.follow.call_to_account": "要求说明超期",
    "onewindow.cases.follow.breach": "记入失信记录",
    "onewindow.cases.follow.breach_void": "撤下作废的失信记录",
    "onewindow.cases.follow.reckon_anew": "按新的放假通知重算期限",
    "onewindow.feedback.follow.reckon_anew": "按新的放假通知重算投诉的答复期限",
    "onewindow.guidance.follow.reindex": "更新事项的检索",
    "onewindow.guidance.follow.reindex_all": "更新全部事项的检索",
    "onewindow.catalogue.follow.run_import": "导入事项",
    "onewindow.notices.follow.booking": "通知预约的申请人和工作人员",
    "onewindow.hall.follow.bookings": "告诉约的时间没有了的人",
    "onewindow.helping.follow.hours": "告诉约的便民服务没有了时间的人",
    "onewindow.notices.follow.aid": "通知便民服务的申请人和工作人员",
    "onewindow.notices.follow.hall": "通知大厅停止服务、应急和安全检查",
    "onewindow.notices.follow.duty": "通知值班人员",
    "onewindow.notices.follow.remark": "告诉提意见的人和有关科室",
    "onewindow.notices.follow.complaint": "告诉投诉的人、督查和责任人",
    "onewindow.notices.follow.extension": "告诉窗口负责人和督查延时服务",
    "onewindow.notices.follow.day_of_hall": "告诉大厅主任当天的运行情况",
    "onewindow.exchange.box.follow.case_of_receipt": "把离线收件转成办件",
    "onewindow.notices.work.deliver:sms": "发短信",
    "onewindow.notices.work.deliver:email": "发邮件",
}


def duty_words(follower: str) -> str:
    """The word of a duty; one that this program no longer knows shows its name."""
    return DUTIES.get(follower) or f"这个版本已经没有的后续事项（{follower}）"
