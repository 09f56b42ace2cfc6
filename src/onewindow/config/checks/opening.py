"""体检·开张: has a real installation what its first case needs, as the page of the first day lays it out?"""

from collections.abc import Iterator

from onewindow.catalogue.models import Item
from onewindow.people.models import Holding
from onewindow.places.models import County
from onewindow.places.reads import open_departments, windows_of
from onewindow.rules.grants import Grant

NEEDED = {
    Grant.INTAKE_RECEIVE: "收件",
    Grant.CASE_EXAMINE: "审核",
    Grant.CASE_DECIDE: "决定",
    Grant.CASE_DELIVER: "送达和出件",
}


def opening(pack: str) -> Iterator[str]:
    """One sentence for each step of the first day that is still to be taken."""
    county = County.objects.first()
    if county is None:
        yield f"这个安装还没有建立完，没有管理员：请执行 onewindow init --pack {pack}。"
        return
    if county.demo:
        return
    if not open_departments(county.code).exists():
        yield "还没有部门：请管理员在“组织与岗位”页面设立部门。"
    if not windows_of(county.code).filter(is_open=True).exists():
        yield "还没有开放的窗口：请管理员在“窗口”页面设立场所、开设窗口。"
    held = {grant for grants in Holding.objects.values_list("post__grants", flat=True) for grant in grants}
    empty = [word for grant, word in NEEDED.items() if grant.value not in held]
    if empty:
        yield f"还没有人能{'、'.join(empty)}：请管理员在“组织与岗位”页面设立岗位、新增工作人员、任岗。"
    if not Item.objects.filter(county=county.code, state=Item.State.PUBLISHED).exists():
        yield "还没有发布的事项，不能收件：请在“事项”页面起草、审核、登记三到位后发布。"
