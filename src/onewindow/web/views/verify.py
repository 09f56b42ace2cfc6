"""核验文书: is the letter that somebody shows us ours, whole, and still in force?"""

from __future__ import annotations

import ssl
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from onewindow.cases.reads.public import masked_name
from onewindow.ground.limits import Limit
from onewindow.letters.authority import Authority, NoAuthority, authority
from onewindow.letters.codes import read_code
from onewindow.letters.models import Letter
from onewindow.letters.reads import by_code, by_file, trusted
from onewindow.letters.sign import UNSIGNED, Pinned, Verdict, verify
from onewindow.places.reads import here
from onewindow.web.pace import address_of, too_often
from onewindow.web.proved import VisitorRequest

BY_ADDRESS = Limit("verify:address", times=60, within=timedelta(minutes=10))
LARGEST = 10 * 1024 * 1024


@dataclass(frozen=True)
class Shown:
    """What anybody may know of a letter: no name in full, nothing of its contents."""

    title: str
    number: str
    organ: str
    issued_on: object
    addressee: str
    item: str
    digest: str
    code: str
    demo: bool
    replaced_by: str
    replaces: str
    void_on: date | None
    void_by: str
    revoked_on: date | None
    revoked_by: str


@dataclass(frozen=True)
class Looked:
    """What an uploaded file turned out to be; `tone` is green, amber or red."""

    tone: str
    title: str
    text: str


@require_http_methods(["GET", "POST"])
def ask(request: VisitorRequest) -> HttpResponse:
    """By code, or by the file itself."""
    if request.method == "GET" and not request.GET.get("code"):
        return render(request, "verify/ask.html")
    waiting = too_often(request, (BY_ADDRESS, address_of(request)))
    if waiting is not None:
        return waiting
    if request.method == "POST":
        return _file(request, None)
    typed = request.GET["code"][:60]
    code = read_code(typed)
    if code is None:
        told = {"typed": typed, "error": "验真码应为 16 位字母和数字，请对照文书再核一次，可能有一位打错了。"}
        return render(request, "verify/ask.html", told, status=422)
    return redirect("verify_code", code)


@require_http_methods(["GET", "POST"])
def code(request: VisitorRequest, code: str) -> HttpResponse:
    """What the code stands for; the file may be held against it."""
    waiting = too_often(request, (BY_ADDRESS, address_of(request)))
    if waiting is not None:
        return waiting
    letter = by_code(code)
    if letter is None:
        return render(request, "verify/none.html", {"code": code[:60]}, status=404)
    if request.method == "POST":
        return _file(request, letter)
    return render(request, "verify/letter.html", {"letter": shown_of(letter)})


@require_GET
def root(request: VisitorRequest) -> HttpResponse:
    """The certificates under which the letters are signed, for checking them elsewhere."""
    found = "".join(_pem(one) for one in _trusts())
    if not found:
        return render(request, "verify/none.html", {"code": ""}, status=404)
    answer = HttpResponse(found, content_type="application/x-pem-file")
    answer["Content-Disposition"] = 'attachment; filename="onewindow-root.pem"'
    return answer


def look_at(pdf: bytes, wanted: Letter | None) -> tuple[Looked, Letter | None]:
    """The signature and the digest of a file; `wanted` is the letter that it claims to be."""
    found = by_file(pdf)
    verdict = _verdict(pdf)
    if found is not None and (wanted is None or wanted.pk == found.pk):
        when = f"，{verdict.signed_at:%Y-%m-%d %H:%M} 签名" if verdict.signed_at else ""
        signed = (
            f"电子签名有效（{verdict.signer}{when}）。"
            if verdict.valid
            else "存档里的这份没有可以核验的签名。"
        )
        return Looked("green", "和我们保存的一字不差", signed), found
    if found is not None:
        return Looked("amber", "是我们的文书，但不是这一份", "文件和验真码对应的不是同一份文书。"), found
    if verdict.valid:
        return Looked(
            "amber", "签名有效，但不是我们保存的文书", "请以能查到的那一份为准，或者向发文机关核实。"
        ), None
    if verdict.signer:
        return Looked(
            "red", "文件被改动过，或者不是本机关签发的", "签名和内容对不上，请不要相信这份文件。"
        ), None
    return Looked(
        "red", "不是本机关签发的文书", "文件里没有本机关的电子签名。打印件、截图请用验真码核验。"
    ), None


def _verdict(pdf: bytes) -> Verdict:
    trusts = _trusts()
    return verify(pdf, *trusts) if trusts else UNSIGNED


def _trusts() -> list[Authority | Pinned]:
    """The offices' own seals, and the key of a demonstration where there is one."""
    trusts: list[Authority | Pinned] = [*trusted(here().code)]
    with suppress(NoAuthority):
        trusts.append(authority(Path(settings.SIGNING_DIR)))
    return trusts


def _pem(one: Authority | Pinned) -> str:
    if isinstance(one, Authority):
        return one.root.read_text("ascii")
    return ssl.DER_cert_to_PEM_cert(one.certificate)


def _file(request: VisitorRequest, wanted: Letter | None) -> HttpResponse:
    file = request.FILES.get("file")
    template, told = (
        ("verify/letter.html", {"letter": shown_of(wanted)}) if wanted else ("verify/ask.html", {})
    )
    wrong = _fault(file)
    if wrong or file is None:
        return render(request, template, {**told, "file_error": wrong}, status=422)
    looked, found = look_at(file.read(), wanted)
    shown = {"letter": shown_of(found)} if found and not wanted else {}
    return render(request, template, {**told, **shown, "looked": looked})


def _fault(file: UploadedFile | None) -> str:
    if file is None or not file.size:
        return "请选择要核验的 PDF 文件。"
    if file.size > LARGEST:
        return "文件超过 10 MB，不是本机关签发的文书，请另选文件。"
    start = file.read(5)
    file.seek(0)
    return "" if start == b"%PDF-" else "这不是 PDF 文件。打印件和照片请用文书上的验真码核验。"


def shown_of(letter: Letter) -> Shown:
    told = letter.data
    kind = "org" if told.get("applicant") == "organization" else "person"
    later = getattr(letter, "replaced_by", None)
    return Shown(
        title=letter.title,
        number=letter.number,
        organ=letter.department.name,
        issued_on=letter.issued_on,
        addressee=masked_name(kind, str(told.get("addressee", ""))),
        item=str(told.get("item", "")),
        digest=bytes(letter.digest).hex(),
        code=letter.code,
        demo=letter.demo,
        replaced_by=later.number if later is not None else "",
        replaces=letter.replaces.number if letter.replaces is not None else "",
        void_on=letter.void_on,  # type: ignore[attr-defined]
        void_by=letter.void_by or "",  # type: ignore[attr-defined]
        revoked_on=letter.revoked_on,  # type: ignore[attr-defined]
        revoked_by=letter.revoked_by or "",  # type: ignore[attr-defined]
    )
