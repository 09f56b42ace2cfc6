"""分段送文件: how is a sound sent to a player that asks for a part of it?"""

from __future__ import annotations

import re
from pathlib import Path

from django.http import HttpRequest, HttpResponse

_ASKED = re.compile(r"bytes=(\d{0,9})-(\d{0,9})", re.ASCII)


def in_parts(request: HttpRequest, path: Path, media_type: str) -> HttpResponse:
    """The file, or the one range of it that was asked for; its name says what is in it, so a browser may keep it."""
    content, etag = path.read_bytes(), f'"{path.stem}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304)
    asked = _ASKED.fullmatch(request.headers.get("Range", ""))
    answer = HttpResponse(content, content_type=media_type)
    if asked and (asked[1] or asked[2]):
        answer = _part(content, asked[1], asked[2], media_type)
    answer["Accept-Ranges"], answer["ETag"] = "bytes", etag
    answer["Cache-Control"] = "private, max-age=3600"
    return answer


def _part(content: bytes, first: str, last: str, media_type: str) -> HttpResponse:
    size = len(content)
    begins = int(first) if first else max(0, size - int(last))
    ends = min(int(last), size - 1) if first and last else size - 1
    if begins > ends:
        answer = HttpResponse(status=416)
        answer["Content-Range"] = f"bytes */{size}"
        return answer
    answer = HttpResponse(content[begins : ends + 1], content_type=media_type, status=206)
    answer["Content-Range"] = f"bytes {begins}-{ends}/{size}"
    return answer
