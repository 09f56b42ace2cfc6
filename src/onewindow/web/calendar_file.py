"""日历文件 (RFC 5545): how does a booking stand in somebody's own calendar?"""

from __future__ import annotations

from datetime import UTC, datetime

from onewindow.hall.models import Booking

_LONGEST = 73  # octets of a line; what is longer goes on in the next one


def calendar(booking: Booking, at: datetime) -> str:
    """One event with a reminder a day before; a change keeps its name and has a higher number."""
    items = "、".join(item.name for item in booking.items.all())
    where = f"{booking.hall}{f' {booking.window}' if booking.window is not None else ''}"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//OneWindow//booking//ZH",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{booking.number}@{booking.county}.onewindow",
        f"SEQUENCE:{booking.subject.length}",
        f"DTSTAMP:{_utc(at)}",
        f"DTSTART:{_utc(booking.agreed_at)}",
        f"DTEND:{_utc(booking.until)}",
        f"SUMMARY:{_text(f'到政务大厅办：{items}')}",
        f"LOCATION:{_text(f'{where} {booking.hall.address}')}",
        f"DESCRIPTION:{_text(f'{booking.get_stage_display()}，预约编号 {booking.number}')}",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_text(items)}",
        "TRIGGER:-P1D",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    """A text as the format writes it: what has a meaning there is marked."""
    for mark in ("\\", ";", ","):
        words = words.replace(mark, f"\\{mark}")
    return words.replace("\n", "\\n")


def _folded(line: str) -> str:
    """Lines of at most seventy-five octets, never cut within a character."""
    parts, current = [], b""
    for character in line:
        byte = character.encode()
        if len(current) + len(byte) > _LONGEST:
            parts.append(current)
            current = b" "
        current += byte
    return b"\r\n".join([*parts, current]).decode()
