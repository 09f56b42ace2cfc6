"""体检·人和印章: are there two who can act for one another, has each post its B, and can every department seal its letters?"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q

from onewindow.letters import sealkeys
from onewindow.letters.models import Seal
from onewindow.letters.reads import seal_in_force, waiting_for_seal
from onewindow.people.away import posts_with_b
from onewindow.people.models import Holding, Post
from onewindow.places.models import County
from onewindow.places.reads import open_departments, pack_here
from onewindow.rules.grants import Grant

SOON = timedelta(days=60)
NAMED = 5  # departments that a sentence names


def administrators(now: datetime) -> Iterator[str]:
    """Is there a second person for what one alone cannot do?"""
    if not County.objects.exists():
        return
    if _holders(Grant.PEOPLE_MANAGE, now) < 2:
        yield (
            "在岗的管理员不足两人：没有人能给自己任岗，一人离岗就谁也管不了。"
            "请新增工作人员，由现有管理员任到“系统管理岗”。"
        )
    if _holders(Grant.SEAL_LOAD, now) < 2:
        yield "有“装入印章”权限的在岗人员不足两人：印章要一人装入、另一人确认，请再任一人。"


def deputies(now: datetime) -> Iterator[str]:
    """Has every post in which somebody sits its B, where the text of the place wants AB角?"""
    county = County.objects.first()
    if county is None or not pack_here(county).at(now.date()).holds("staff.ab_required"):
        return
    bare = [
        seat.post
        for seat in posts_with_b(Post.objects.filter(county=county.code), now.date())
        if seat.needs_b
    ]
    if bare:
        more = f"等 {len(bare)} 个岗位" if len(bare) > NAMED else ""
        yield (
            f"{'、'.join(_at(post) for post in bare[:NAMED])}{more}没有B角，文件要求实行AB角制："
            "请由部门在“休假顶岗”的“本部门 AB角”里指定，或者由管理员在“组织机构”里指定。"
        )


def _at(post: Post) -> str:
    return f"{post.department or post.hall or ''}{post.name}"


def seals(now: datetime) -> Iterator[str]:
    """Has every department its seal, with its key and a good certificate?"""
    county = County.objects.first()
    if county is None:
        return
    bare = []
    for department in open_departments(county.code):
        seal = seal_in_force(department.pk)
        if seal is None:
            bare.append(department.name)
        else:
            yield from _of(seal, now)
    if bare and not county.demo:
        more = f"等 {len(bare)} 个部门" if len(bare) > NAMED else ""
        yield (
            f"{'、'.join(bare[:NAMED])}{more}没有启用的印章，不能出具文书：请两位管理员在“印章”页面装入并确认。"
        )
    waiting = sum(waiting_for_seal(county.code).values())
    if waiting:
        yield f"有 {waiting} 份文书等着盖章：装入并确认部门的印章以后自动补出。"


def _of(seal: Seal, now: datetime) -> Iterator[str]:
    until = f"{seal.valid_until:%Y-%m-%d}"
    if seal.valid_until < now:
        yield f"{seal.department}的印章证书已于 {until} 到期，不能出具文书：请换发证书，重新装入印章。"
    elif seal.valid_until < now + SOON:
        yield f"{seal.department}的印章证书 {until} 到期：请及早向发证机构换发，装入新的印章。"
    try:
        sealkeys.read(bytes(seal.certificate), seal.key_name)
    except sealkeys.NoKey:
        yield f"{seal.department}的印章私钥不见了或者打不开：请从备份恢复 keys/seals，或者重新装入印章。"


def _holders(grant: Grant, now: datetime) -> int:
    """How many people who can sign in hold a power for the whole county today."""
    day = now.date()
    held = Holding.objects.filter(
        Q(until__isnull=True) | Q(until__gte=day),
        since__lte=day,
        post__scope="county",
        post__grants__contains=[grant.value],
        officer__left_on__isnull=True,
        officer__account__is_active=True,
    )
    return held.values("officer").distinct().count()
