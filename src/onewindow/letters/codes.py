"""验真码: what code proves a letter, and is a code that somebody typed possible at all?

Sixteen characters in groups of four: fifteen at random (75 bits, not to be guessed) and a check character
(ISO 7064 MOD 37,36), all from Crockford's alphabet, which has no I, L, O and U.
"""

from __future__ import annotations

from random import Random

_ISO = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16
_READ_AS = str.maketrans("OIL", "011", " -－—　")


def check_character(text: str) -> str:
    """The ISO 7064 MOD 37,36 check character of upper-case letters and digits."""
    product = 36
    for character in text:
        product = (product + _ISO.index(character)) % 36 or 36
        product = product * 2 % 37
    return _ISO[(37 - product) % 36]


def new_code(rng: Random) -> str:
    """A fresh code, e.g. 7K3M-Q9XD-0TWB-52HC; `rng` is `secrets.SystemRandom()` outside of tests."""
    while True:
        drawn = "".join(rng.choice(ALPHABET) for _ in range(LENGTH - 1))
        check = check_character(drawn)
        if check in ALPHABET:
            return grouped(drawn + check)


def grouped(code: str) -> str:
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))


def read_code(typed: str) -> str | None:
    """The code that somebody typed, tidied and grouped; None when no letter can have it."""
    code = typed.upper().translate(_READ_AS)
    if len(code) != LENGTH or any(character not in ALPHABET for character in code):
        return None
    return grouped(code) if check_character(code[:-1]) == code[-1] else None
