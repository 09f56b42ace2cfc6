"""人员的表: accounts, parties (persons and organisations), officers, posts and who holds them."""

from onewindow.people.models.absence import Absence, Deputy
from onewindow.people.models.blocks import Block
from onewindow.people.models.credit import Breach
from onewindow.people.models.delegations import Delegation
from onewindow.people.models.duties import Duty
from onewindow.people.models.norms import NormReceipt
from onewindow.people.models.officers import Holding, Officer, Post, holdings_of
from onewindow.people.models.parties import Account, Claim, Death, PaperKind, Party
from onewindow.people.models.tokens import ApiAnswer, ApiToken

__all__ = [
    "Absence",
    "Account",
    "ApiAnswer",
    "ApiToken",
    "Block",
    "Breach",
    "Claim",
    "Death",
    "Deputy",
    "Delegation",
    "Duty",
    "Holding",
    "NormReceipt",
    "Officer",
    "PaperKind",
    "Party",
    "Post",
    "holdings_of",
]
