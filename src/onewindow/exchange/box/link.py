"""线路: by what does the machine of a hall reach the county, and what is it when nobody answers?"""

from __future__ import annotations

import json
import socket
import ssl
from http.client import HTTPException
from typing import Any, Protocol
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

PUSH, PULL = "push", "pull"
# 版本: which way of speaking is this, and the oldest that still understands it. What one side does not know it passes
# over; only who is older than the other says that he must be is refused.
VERSION, LEAST = 2, 1
SPOKEN = {"version": VERSION, "least": LEAST}
OLD_BOX = "县里的版本比本机新，本机读不懂。请把本机升级到同一个版本；升级以前大厅照常取号叫号。"
OLD_COUNTY = "本机的版本比县里新，县里读不懂它报的内容。请先把县里升级到同一个版本，再继续上报。"
SECONDS = 15.0
MOST = 64 * 1024 * 1024  # of an answer: far more than a venue has


UNTRUSTED = "县里的证书不受这台机器信任：内部签发的，把根证书装进系统，或者用 SSL_CERT_FILE 指定"
UNKNOWN_NAME = "这台机器查不到县里的域名：请检查 DNS，或者写进 /etc/hosts"
NOT_ITS_NAME = "县里不应答这个地址：请在县里的 ONEWINDOW_HOSTS 里写上它，再重新启动县里"


class Cut(Exception):
    """Nobody answered, or not in our words: it is tried again, nothing is lost."""


class Barred(Exception):
    """The county does not know this machine, or not any more; its sentence says what to do."""


def beyond(told: dict[str, Any]) -> bool:
    """Whether the other side says that it is understood only by who is newer than this."""
    least = told.get("least", LEAST)
    return isinstance(least, int) and least > VERSION


class Link(Protocol):
    """One question and its answer."""

    def ask(self, what: str, told: dict[str, Any]) -> dict[str, Any]: ...


class _Stays(HTTPRedirectHandler):
    """The key is shown to the county alone, never to where an answer points."""

    def redirect_request(self, *_: Any) -> None:
        return None


class Https:
    """The county's own address, with the key of this machine."""

    def __init__(self, url: str, key: str, seconds: float = SECONDS) -> None:
        self.url, self._key, self._seconds = url.rstrip("/"), key, seconds
        self._opener = build_opener(_Stays)

    def ask(self, what: str, told: dict[str, Any]) -> dict[str, Any]:
        asked = Request(  # noqa: S310 (the address is the administrator's, checked when it was set)
            f"{self.url}/box/{what}/",
            data=json.dumps(told, ensure_ascii=False).encode(),
            headers={"Authorization": f"Bearer {self._key}", "Content-Type": "application/json"},
        )
        try:
            with self._opener.open(asked, timeout=self._seconds) as answer:
                found = json.loads(answer.read(MOST))
        except HTTPError as refused:
            raise _refused(refused) from refused
        except (OSError, HTTPException, ValueError, ssl.SSLError) as silent:
            raise Cut(_why(silent)) from silent
        if not isinstance(found, dict):
            raise Cut("not our words")
        return found


def _why(silent: Exception) -> str:
    """In words, what whoever sets the machine up can mend; else what it was."""
    told = getattr(silent, "reason", silent)
    if isinstance(told, ssl.SSLCertVerificationError):
        return UNTRUSTED
    if isinstance(told, socket.gaierror):
        return UNKNOWN_NAME
    return str(told) if isinstance(told, OSError) else type(silent).__name__


def _refused(refused: HTTPError) -> Exception:
    if refused.code not in (400, 401, 403, 409):
        return Cut(f"{refused.code}")
    try:
        said = str(json.loads(refused.read(4096))["detail"])
    except (OSError, ValueError, KeyError, TypeError):  # a page, to whoever calls it by another name
        return Cut(NOT_ITS_NAME if refused.code == 400 else f"{refused.code}")
    return Cut(said) if refused.code == 400 else Barred(said)
