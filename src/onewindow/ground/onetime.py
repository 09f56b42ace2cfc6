"""一次性密码: which first password does somebody read from a sheet, once?"""

from __future__ import annotations

import secrets

_READABLE = "23456789abcdefghjkmnpqrstuvwxyz"  # no two of them look alike


def one_time() -> str:
    """Sixteen characters in groups of four, easily read aloud; good until the first sign-in."""
    return "-".join("".join(secrets.choice(_READABLE) for _ in range(4)) for _ in range(4))
