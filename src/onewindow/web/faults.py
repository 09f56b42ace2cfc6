"""出故障时: what does somebody read when the database is away or the disk is full, and where is what he typed?

The page needs neither database nor session. What was sent stands on it, to be sent again with one press: every
form says once (`once`, `seen`, an idempotency key), so what had arrived after all is not done twice.
"""

from __future__ import annotations

import logging
import sys
from typing import Any
from urllib.parse import urlsplit

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import requires_csrf_token
from django.views.defaults import page_not_found, server_error

from onewindow.ground.disk import is_full
from onewindow.web.desks import desk_entries

AWAY, FULL = "数据库暂时连不上", "服务器的存储空间满了"
AGAIN_AFTER = {AWAY: 10, FULL: 300}  # seconds, for whoever asks again by itself
log = logging.getLogger("onewindow.faults")
_FINDING = ("/desk/", "/issue/")  # the lists on which a case is found by its number
_LARGEST = 8 * 1024 * 1024  # what is larger holds files; it is not read to find the words beside them


@requires_csrf_token
def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """没有这一页: an officer reads the same words for what is not there and for what is not his, with his own ways on."""
    officer = getattr(request, "officer", None)
    if not officer:
        return page_not_found(request, exception)
    desks = desk_entries(request, officer)
    finding = next((desk for desk in desks if desk.url in _FINDING), None)
    return render(request, "404_desk.html", {"desks": desks, "finding": finding}, status=404)


@requires_csrf_token
def forbidden(request: HttpRequest, refusal: Exception) -> HttpResponse:
    """不归您办: an officer reads which power is wanted, and has his own desks under his hand."""
    officer = getattr(request, "officer", None)
    if not officer:
        return render(request, "403.html", {"exception": refusal}, status=403)
    context = {"exception": refusal, "desks": desk_entries(request, officer)}
    return render(request, "403_desk.html", context, status=403)


def refused(request: HttpRequest, refusal: Exception | str) -> HttpResponse:
    """没有办成: the sentence, on the page of whoever asked, with the way back to where he pressed."""
    officer = getattr(request, "officer", None)
    told = {"exception": refusal, "back": _came_from(request)}
    if not officer:
        return render(request, "409.html", told, status=409)
    desks = {"desks": desk_entries(request, officer)}
    return render(request, "409_desk.html", told | desks, status=409)


def _came_from(request: HttpRequest) -> str:
    """The page of this site on which the button stood; empty where the browser does not say, or where it is this one."""
    try:
        came = urlsplit(request.headers.get("Referer", ""))
    except ValueError:  # a bracket that is never closed
        return ""
    if request.method == "GET" and came.path == request.path:
        return ""
    if came.netloc != request.get_host() or not came.path.startswith("/") or came.path.startswith("//"):
        return ""
    return f"{came.path}?{came.query}" if came.query else came.path


@requires_csrf_token
def failed(request: HttpRequest) -> HttpResponse:
    """The page for everything that nobody caught, told by its cause."""
    why = reason(sys.exc_info()[1])
    return server_error(request) if why is None else unavailable(request, why)


def reason(fault: BaseException | None) -> str | None:
    """Which of the two passing faults this is; None for every other."""
    if is_full(fault):
        return FULL
    return AWAY if isinstance(fault, OperationalError | InterfaceError) else None


def unavailable(request: HttpRequest, why: str) -> HttpResponse:
    """系统正在恢复, with what was sent."""
    if request.headers.get("HX-Request"):
        answer = HttpResponse(f"{why}，刚才没有存上；填好的还在这一页上，请过一会儿再试。", status=503)
        answer["Content-Type"] = "text/plain; charset=utf-8"
    else:
        sent = _sent(request) if request.method == "POST" else []
        told: dict[str, Any] = {"path": request.get_full_path(), "sent": sent}
        told["had_files"] = request.content_type == "multipart/form-data"
        answer = render(None, "full.html" if why == FULL else "503.html", told, status=503)
    answer["Retry-After"] = str(AGAIN_AFTER[why])
    answer["Cache-Control"] = "no-store"
    log.warning("%s: %s %s", why, request.method, request.path)
    answer._has_been_logged = True  # type: ignore[attr-defined]  # not once more by Django, with all its lines
    return answer


class _NoFiles(FileUploadHandler):
    """Files cannot be sent again from a page; they are not even written down."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        return None

    def file_complete(self, file_size: int) -> None:
        return None


def _sent(request: HttpRequest) -> list[tuple[str, str]]:
    """Everything that was typed; of a page with a password nothing, because that belongs in no page."""
    told = request.META.get("CONTENT_LENGTH") or "0"
    if not hasattr(request, "_post"):
        if not told.isdigit() or int(told) > _LARGEST:
            return []
        request.upload_handlers = [_NoFiles(request)]
    try:
        fields = [(name, value) for name, values in request.POST.lists() for value in values]
    except Exception:  # noqa: BLE001 (the connection of the sender itself may have ended)
        return []
    return [] if any("password" in name or name == "code" for name, _ in fields) else fields
