"""The bare views: a word, one row, a hundred rows, and a transaction of three statements."""

import random
from datetime import date
from uuid import uuid4

from django.db import connection, transaction
from django.db.models import F
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from benchmarks.floor.models import BareCase, BareCounter, BareEvent


def ping(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"ok": True})


def one(request: HttpRequest, pk: int) -> JsonResponse:
    case = BareCase.objects.get(pk=pk)
    told = {"number": case.number, "stage": case.stage, "due_on": case.due_on, "body": case.body}
    return JsonResponse(told)


def many(request: HttpRequest) -> JsonResponse:
    rows = BareCase.objects.order_by("-pk").values("number", "department", "stage", "due_on", "body")[:100]
    return JsonResponse({"rows": list(rows)})


@csrf_exempt
def create(request: HttpRequest) -> JsonResponse:
    counter = random.randint(1, 1000)
    with transaction.atomic():
        case = BareCase.objects.create(
            number=uuid4().hex, department=counter, stage="received", due_on=date(2026, 12, 1), body={"a": 1}
        )
        BareEvent.objects.create(case=case, fact="Received", at=timezone.now(), body={"by": "officer:1"})
        BareCounter.objects.filter(pk=counter).update(last=F("last") + 1)
    return JsonResponse({"number": case.number}, status=201)


_SQL = (
    "INSERT INTO floor_barecase (number, department, stage, due_on, body)"
    " VALUES (%s, %s, 'received', '2026-12-01', '{\"a\": 1}') RETURNING id",
    "INSERT INTO floor_bareevent (case_id, fact, at, body) VALUES (%s, 'Received', now(), '{\"by\": \"officer:1\"}')",
    "UPDATE floor_barecounter SET last = last + 1 WHERE id = %s",
)


@csrf_exempt
def sql(request: HttpRequest) -> JsonResponse:
    """The same transaction without the ORM."""
    number, counter = uuid4().hex, random.randint(1, 1000)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_SQL[0], [number, counter])
        cursor.execute(_SQL[1], cursor.fetchone())
        cursor.execute(_SQL[2], [counter])
    return JsonResponse({"number": number}, status=201)


urlpatterns = [
    path("ping", ping),
    path("one/<int:pk>", one),
    path("many", many),
    path("create", create),
    path("sql", sql),
]
