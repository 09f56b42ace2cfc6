"""文件: how do files come with a request, within its body or beside it (multipart/form-data), and which are kept?

The part `request` is what would otherwise be the body; every other part is a file, which the request names
as `{"part": "…"}` where it would else write `{"content": "…"}`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import cast

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError

from onewindow.ground.models import StoredFile
from onewindow.ground.scanner import NoAnswer
from onewindow.intake import uploads
from onewindow.intake.content import Unfit
from onewindow.places.models import County
from onewindow.places.reads import pack_here
from onewindow.web.api.problems import Fault, Kind, Refusal, Unscanned
from onewindow.web.api.sent import FileIn

MEDIA_TYPE = "multipart/form-data"
WORDS = "request"


def in_parts(request: HttpRequest) -> bool:
    """Whether it came in parts."""
    return request.content_type == MEDIA_TYPE


def unpack(request: HttpRequest) -> None:
    """Let the part with the words stand as the body; the files wait on the disk until they are asked for."""
    try:
        words = _words(request)
    except RequestDataTooBig as large:
        raise Refusal(Kind.TOO_LARGE, f"“{WORDS}”这一部分太大，文件请放在另外的部分里。") from large
    except (MultiPartParserError, TooManyFilesSent) as wrong:
        raise Refusal(Kind.BAD_REQUEST, "multipart/form-data 的写法不对，或者文件太多，请核对。") from wrong
    if words is None:
        raise Refusal(Kind.BAD_REQUEST, f"multipart/form-data 里要有“{WORDS}”这一部分，写 JSON 正文。")
    request._body = words  # what `request.body` answers from here on


def _words(request: HttpRequest) -> bytes | None:
    """The part with the words, whether its sender gave it a file name or not."""
    words, part = request.POST.get(WORDS), request.FILES.get(WORDS)
    if words is not None or not isinstance(part, UploadedFile):
        return None if words is None else words.encode()
    if (part.size or 0) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        raise RequestDataTooBig
    return part.read()


def filled(request: HttpRequest, files: Iterable[tuple[str, FileIn]]) -> None:
    """Give every file that the request names its bytes; `files` are the places in the request and the files there."""
    named = dict(files)
    faults = [
        Fault(field=f"{place}.part", message=f"没有叫“{one.part}”的部分。")
        for place, one in named.items()
        if one.part and one.part not in _files(request)
    ]
    faults += [
        Fault(field=name, message="这个名称用了两次，每个文件用一个名称。")
        for name, same in (request.FILES.lists() if in_parts(request) else ())
        if len(same) > 1
    ]
    left = _files(request).keys() - {one.part for one in named.values()}
    faults += [Fault(field=name, message="正文里没有哪份材料用到这个文件。") for name in sorted(left)]
    if faults:
        raise Refusal(Kind.FAULTS, f"附来的文件有 {len(faults)} 处和正文对不上。", faults)
    for one in named.values():
        if one.part:
            part = _files(request)[one.part]
            part.seek(0)
            one.content, one.name = part.read(), one.name or (part.name or one.part)


def kept(county: County, at: datetime, place: str, files: Sequence[FileIn]) -> list[StoredFile]:
    """The files, each looked through; one that is not what it says is refused at its place."""
    most = pack_here(county).setting("upload.max_megabytes").number if files else 0
    looked = [_looked(f"{place}.{n}", file, most) for n, file in enumerate(files)]
    return [uploads.keep(county.code, one, at) for one in looked]


def _looked(place: str, file: FileIn, most: int) -> uploads.Upload:
    try:
        return uploads.look(file.content or b"", file.name, most)
    except Unfit as unfit:
        if isinstance(unfit.__cause__, NoAnswer):
            raise Unscanned(str(unfit)) from unfit
        raise Refusal(Kind.FAULTS, str(unfit), [Fault(field=place, message=str(unfit))]) from unfit


def digests(request: HttpRequest) -> dict[str, str]:
    """What tells one set of files from another."""
    return {name: _digest(part) for name, part in sorted(_files(request).items())}


def _files(request: HttpRequest) -> dict[str, UploadedFile]:
    if not in_parts(request):
        return {}
    found = cast(dict[str, UploadedFile], request.FILES.dict())
    return {name: part for name, part in found.items() if name != WORDS}


def _digest(part: UploadedFile) -> str:
    part.seek(0)
    found = hashlib.sha256()
    for piece in part.chunks():
        found.update(piece)
    return found.hexdigest()
