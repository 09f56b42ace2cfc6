"""人员的行为: everything that changes a file, an account or a post, one module per matter."""

from onewindow.people.acts.accounts import (
    change_password,
    close_officer,
    open_citizen,
    open_officer,
    reset_citizen,
    reset_password,
)
from onewindow.people.acts.credit import (
    ask_repair,
    decline_repair,
    note_breach,
    refuse_unrepaired,
    repair,
    unrepaired,
)
from onewindow.people.acts.deaths import record_death, refuse_dead, undo_death
from onewindow.people.acts.own import (
    Newcomer,
    agree_e_service,
    close_own,
    correct,
    enter_firm,
    enter_ward,
    erase_own,
    register,
)
from onewindow.people.acts.parties import (
    PartyData,
    file_party,
    require_real,
    require_real_phone,
    unmask,
)
from onewindow.people.acts.posts import end_post, give_post, open_post, stand_in
from onewindow.people.acts.relations import (
    PartyFaults,
    end_claim,
    prove,
    set_guardian,
    set_representative,
)
from onewindow.people.acts.tokens import make_token, withdraw_token

__all__ = [
    "Newcomer",
    "agree_e_service",
    "ask_repair",
    "decline_repair",
    "note_breach",
    "refuse_unrepaired",
    "repair",
    "unrepaired",
    "close_own",
    "correct",
    "enter_firm",
    "enter_ward",
    "erase_own",
    "register",
    "PartyData",
    "PartyFaults",
    "change_password",
    "close_officer",
    "end_claim",
    "end_post",
    "file_party",
    "give_post",
    "make_token",
    "open_citizen",
    "reset_citizen",
    "open_officer",
    "open_post",
    "prove",
    "record_death",
    "refuse_dead",
    "require_real",
    "require_real_phone",
    "reset_password",
    "set_guardian",
    "set_representative",
    "stand_in",
    "undo_death",
    "unmask",
    "withdraw_token",
]
