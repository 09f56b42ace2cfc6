"""手册的特别程序部分: how does a hearing stop the days of a case, and how is a case extended?"""

from datetime import datetime, timedelta

from manual_walk import SHOP, Walk, choose, fill_agent, judge_all, open_file, submit
from onewindow.ground.clock import SHANGHAI

ITEM = "药品零售企业许可"
# Whatever the item asks for: any answer that its field accepts.
FILLED = """() => {
  for (const box of document.querySelectorAll('.ow-fill input:not([type=hidden]), .ow-fill textarea, .ow-fill select')) {
    if (box.disabled || box.closest('details:not([open])') || box.type === 'file' || box.value && !['radio', 'checkbox'].includes(box.type)) continue
    if (box.type === 'radio') {
      if (!document.querySelector(`.ow-fill input[name="${box.name}"]:checked`)) box.click()
    } else if (box.type === 'checkbox') {
      if (box.name && !document.querySelector(`.ow-fill input[name="${box.name}"]:checked`)) box.click()
    } else if (box.tagName === 'SELECT') box.value = [...box.options].map(o => o.value).find(v => v) || ''
    else if (box.type === 'date') box.value = '2026-01-05'
    else if (box.type === 'number' || box.inputMode === 'decimal' || box.inputMode === 'numeric') box.value = '60'
    else if (box.type === 'tel') box.value = '10095715339'
    else box.value = '测试'
    box.dispatchEvent(new Event('input', {bubbles: true}))
    box.dispatchEvent(new Event('change', {bubbles: true}))
  }
}"""


def pausing(walk: Walk) -> None:
    """审核人员: a hearing that the guide lists; then more days, for the head to approve."""
    number = _accepted(walk)
    page = walk.somebody("zhangmin")
    page.goto(f"/cases/{number}/do/procedure/")
    page.fill("[name=why]", "许可直接涉及相邻药店的重大利益，听取双方的意见。")
    page.fill("[name=parties]", "申请人、相邻药店两家、审查人员")
    page.fill("[name=place]", "政务服务中心二楼会议室")
    page.fill("[name=planned_end]", later(20))
    page.fill("[name=held_on]", later(18))
    page.select_option("[name=host]", index=1)
    submit(page)
    page.get_by_text("特别程序已开始").wait_for()
    walk.picture(page, "case-special")
    page.goto(f"/cases/{number}/do/extend-ask/")
    page.fill("[name=reason]", "听证以后还要向原登记机关核实资料，二十个工作日内不能完成。")
    submit(page)
    page.get_by_text("已提请延长").wait_for()
    head = walk.somebody("chenju")
    head.goto(f"/cases/{number}/do/extend/")
    walk.picture(head, "case-extend")
    submit(head)
    head.get_by_text("已批准延长").wait_for()


def _accepted(walk: Walk) -> str:
    page = walk.somebody("liwei")
    open_file(page, SHOP, "uscc")
    choose(page, ITEM)
    judge_all(page)
    page.evaluate(FILLED)
    fill_agent(page)
    page.keyboard.press("F8")
    page.wait_for_url("**/done/")
    return page.locator("main h1").inner_text().strip()


def later(days: int) -> str:
    return f"{datetime.now(SHANGHAI) + timedelta(days=days):%Y-%m-%d}"
