"""读评价: which ratings are bad and must be put right?"""

from __future__ import annotations

from django.db.models import QuerySet

from onewindow.feedback.models import Grade, Rating


def bad_ratings(county: str) -> QuerySet[Rating]:
    """差评 (grades 1 and 2), the latest first."""
    return (
        Rating.objects.filter(county=county, grade__lte=Grade.BAD)
        .select_related("department")
        .order_by("-given_at", "-pk")
    )
