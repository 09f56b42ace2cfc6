"""首席事务代表: does somebody act by a head's delegation, and may he in this case?"""

from __future__ import annotations

from onewindow.cases.models import Case
from onewindow.people.models import Holding, Officer, Post
from onewindow.rules.grants import Actor, Grant, NotAllowed


class OwnIntake(NotAllowed):
    """He took the case in himself, and another has to answer it."""


def chief_of(case: Case, by: Actor, grant: Grant) -> int:
    """The holding as 首席事务代表 by which alone he may do this; 0 when a post of his own lets him.

    Never on a case that he took in himself, whatever the local setting says: the delegation does not undo four eyes.
    """
    if not isinstance(by, Officer):
        return 0
    able = [h for h in by.holdings if h.in_force(by.day) and _speaks(h.post, case, grant)]
    if any(h.kind != Holding.Kind.CHIEF for h in able):
        return 0
    chief = next((h.pk for h in able), 0)
    if chief and case.taken_by_id == by.pk:
        raise OwnIntake(
            "本件由您收件，首席事务代表不能受理或者决定自己收的件，请由本部门其他有权限的同志办理。"
        )
    return chief


def _speaks(post: Post, case: Case, grant: Grant) -> bool:
    """Whether this post lets its holder answer for the case's department."""
    if grant.value not in post.grants or not post.covers(case, grant):
        return False
    if grant is Grant.CASE_DECIDE:
        return True
    return post.department_id == case.department_id or case.department.window_accepts
