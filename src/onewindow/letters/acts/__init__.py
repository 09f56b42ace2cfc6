"""文书的行为: letters are issued, served and corrected, and the seals that they need are loaded and ended by two persons."""

from onewindow.letters.acts.correct import ask_correction, confirm_correction, decline_correction
from onewindow.letters.acts.issue import issue, issue_again
from onewindow.letters.acts.seals import (
    SealData,
    SealFaults,
    ask_end,
    begin_seal,
    confirm_end,
    confirm_seal,
    keep_on,
    load_seal,
    refuse_seal,
    see_sample,
)
from onewindow.letters.acts.serve import (
    letter_arrived,
    letter_came_back,
    send_letter,
    serve_at_counter,
    serve_by_leaving,
    take_online,
)

__all__ = [
    "SealData",
    "SealFaults",
    "ask_correction",
    "ask_end",
    "begin_seal",
    "confirm_correction",
    "confirm_end",
    "confirm_seal",
    "decline_correction",
    "issue",
    "issue_again",
    "keep_on",
    "letter_arrived",
    "letter_came_back",
    "load_seal",
    "refuse_seal",
    "see_sample",
    "send_letter",
    "serve_at_counter",
    "serve_by_leaving",
    "take_online",
]
