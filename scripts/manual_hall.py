"""手册的大厅部分: how does a day in the hall look, from the first number to the service after closing, and when it stops?"""

from datetime import datetime, timedelta

from playwright.sync_api import Page

from manual_walk import PHONE, Walk, submit, tick
from onewindow.ground.clock import SHANGHAI

UPRIGHT = {"width": 540, "height": 960}
_KINDS = "('regular', 'weekend', 'holiday')"


def in_hours(walk: Walk, *, minutes: int) -> None:
    """Let the centre be open now, and close after so many minutes: whenever the walk is taken."""
    at = datetime.now(SHANGHAI)
    day = at.replace(hour=0, minute=0)
    begins, ends = max(day, at.replace(minute=0) - timedelta(hours=2)), at + timedelta(minutes=minutes)
    last = min(ends, day + timedelta(hours=23, minutes=59))
    centre = "(SELECT min(id) FROM places_hall)"
    walk.query(f"DELETE FROM places_opening WHERE hall_id = {centre} AND kind NOT IN {_KINDS}")
    walk.query(
        f"DELETE FROM places_opening a USING places_opening b WHERE a.hall_id = {centre}"
        " AND b.hall_id = a.hall_id AND b.kind = a.kind AND b.id < a.id"
    )
    walk.query(
        f"UPDATE places_opening SET begins = %s, ends = %s, weekdays = '{{}}' WHERE hall_id = {centre}",
        begins.time().replace(second=0, microsecond=0),
        last.time().replace(second=0, microsecond=0),
    )


def numbers(walk: Walk) -> None:
    """取号机: registered on the machine itself; three people take numbers, one of them is old and wants somebody with her."""
    in_hours(walk, minutes=300)
    admin = walk.somebody("admin")
    admin.goto("/manage/settings/queue.off_hours/")
    admin.select_option("[name=value]", index=0) if admin.locator("select[name=value]").count() else tick(
        admin.locator("[name=value]").first
    )
    admin.fill("[name=reason]", "周末也给号")
    submit(admin)
    kiosk = walk.somebody("admin", UPRIGHT)
    kiosk.add_init_script("window.print = () => {}")
    kiosk.goto("/manage/devices/")
    kiosk.locator("tr", has_text="东门取号机").get_by_role("link", name="登记").first.click()
    submit(kiosk)
    kiosk.goto("/hall/kiosk/")
    take(kiosk)
    take(kiosk, "elderly", accompanied=True)
    take(kiosk)
    kiosk.goto("/hall/kiosk/")
    walk.picture(kiosk, "kiosk")


def take(kiosk: Page, priority: str = "ordinary", *, accompanied: bool = False) -> None:
    kiosk.goto("/hall/kiosk/lines/")
    kiosk.locator(".choose a").first.click()
    if accompanied:
        tick(kiosk.locator("[name=help]"))
    kiosk.locator(f"button[name=priority][value={priority}]").first.click()
    kiosk.wait_for_url("**/slip/**")


def guiding(walk: Walk) -> None:
    """导办员: on a telephone, who is to be looked after and where an item is done."""
    page = walk.somebody("daoban", PHONE)
    page.goto("/helping/")
    page.locator(".gd-escort").first.wait_for()
    walk.picture(page, "helping", focus=".ow-pane:has(.gd-escort)")
    page.goto("/helping/find/?q=sfz")
    page.get_by_role("link", name="居民身份证换领").first.click()
    walk.picture(page, "helping-item")
    page.goto("/helping/remarks/new/")
    page.locator("[name=kind]").select_option(index=1)
    page.fill("[name=text]", "老花镜只有一副，能不能多放几副。")
    walk.picture(page, "remark")


def closing(walk: Walk) -> None:
    """窗口: the bar near closing, one button, and the form that both sign."""
    in_hours(walk, minutes=20)
    page = walk.somebody("liwei")
    page.goto("/counter/")
    page.keyboard.press("F2")
    page.locator(".ow-queue__now", has_text="叫了 1 次").wait_for()
    page.keyboard.press("F2")
    page.locator(".ow-queue__now", has_text="正在办理").wait_for()
    walk.picture(page, "counter-late")
    page.get_by_role("button", name="一键延时").click()
    page.locator(".ow-late__open").wait_for()
    page.keyboard.press("F3")
    page.wait_for_url("**/extensions/**")
    page.get_by_role("button", name="承办人签字").click()
    page.get_by_text("已签").first.wait_for()
    walk.picture(page, "extension")
    in_hours(walk, minutes=300)


def the_day(walk: Walk) -> None:
    """大厅主任: the live board, a limit that another decides."""
    page = walk.somebody("dating")
    page.goto("/day/")
    walk.picture(page, "hall-day")
    page.get_by_role("link", name="限号").click()
    page.get_by_role("link", name="提请限号").click()
    day = f"{datetime.now(SHANGHAI) + timedelta(days=1):%Y-%m-%d}"
    page.locator("[name=line]").select_option(index=1)
    tick(page.locator("[name=kinds]").first)
    for name, text in (
        ("number", "20"),
        ("since", day),
        ("until", day),
        ("reason", "只有一个窗口值班，到时办不完"),
    ):
        page.fill(f"[name={name}]", text)
    submit(page)
    page = walk.somebody("zhuren")
    page.goto("/day/1/caps/")
    walk.picture(page, "hall-caps")


def venues(walk: Walk) -> None:
    """场所: the sheet held against the text, the way on the map, the daily round."""
    page = walk.somebody("admin")
    page.goto("/manage/venues/1/")
    walk.picture(page, "venue")
    page.goto("/hall/1/map/?window=3")
    walk.picture(page, "map")
    page = walk.somebody("dating")
    page.goto("/rounds/new/")
    walk.picture(page, "round")


def rules_and_terms(walk: Walk) -> None:
    """制度, 股室, 保存期限, 环节等候."""
    page = walk.somebody("zhuren")
    page.goto("/norms/")
    walk.picture(page, "norms")
    page = walk.somebody("admin")
    page.goto("/manage/organisation/sections/")
    walk.picture(page, "sections")
    page.goto("/manage/keeping/")
    walk.picture(page, "keeping")
    page = walk.somebody("dating")
    page.goto("/day/1/stations/")
    walk.picture(page, "hall-stations")


def boxes(walk: Walk) -> None:
    """大厅本机: one for a township, with its block of numbers; the key is in no picture."""
    page = walk.somebody("admin")
    page.goto("/manage/boxes/halls/2/new/")
    page.fill("[name=name]", "东城大厅排队主机")
    page.fill("[name=address]", "http://192.0.2.10:8000")
    submit(page)
    page.goto("/manage/boxes/")
    walk.picture(page, "boxes")


def stopping(walk: Walk) -> None:
    """应急: a plan, the hall stops in two steps, and who had booked takes another time."""
    booked = book(walk)
    page = walk.somebody("dating")
    page.goto("/emergency/")
    page.get_by_role("link", name="停电应急预案", exact=True).click()
    walk.picture(page, "emergency-plan")
    page.goto("/emergency/")
    page.get_by_role("link", name="停止服务", exact=True).click()
    page.fill("[name=reason]", "停电")
    page.fill("[name=day]", f"{datetime.now(SHANGHAI) + timedelta(days=3):%Y-%m-%d}")
    page.fill("[name=hour]", "10:00")
    submit(page)
    walk.picture(page, "stop")
    page.get_by_role("button", name="确认停止服务").click()
    page.get_by_text("已停止服务").first.wait_for()
    walk.picture(page, "stopped")
    booked.reload()
    booked.get_by_text("这个时间不能办了").first.wait_for()
    walk.picture(booked, "booking-gone")
    page.goto("/emergency/")
    page.get_by_role("button", name="恢复服务").click()


def book(walk: Walk) -> Page:
    """王芳 books for one of the next days."""
    page = walk.somebody("wangfang", PHONE)
    page.goto("/search/?q=居民身份证换领")
    page.locator("a[href^='/items/']").first.click()
    page.get_by_role("link", name="预约办理").first.click()
    page.locator(".ow-bk__days button").nth(1).click()
    page.locator("label:has(input[name=begins])").first.click()
    page.get_by_role("button", name="预约", exact=True).click()
    page.wait_for_url("**/my/bookings/**")
    return page


HALL = (numbers, guiding, closing, the_day, venues, rules_and_terms, boxes, stopping)
