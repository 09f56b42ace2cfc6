"""事项的行为: who drafts, reviews, publishes, changes, suspends and imports items?"""

from onewindow.catalogue.acts.change import approve, bring_into_force, decline, request_change, take_effect
from onewindow.catalogue.acts.demo import load_demo
from onewindow.catalogue.acts.draft import draft, list_item
from onewindow.catalogue.acts.imports import ask_import, carry_out_import
from onewindow.catalogue.acts.publish import publish, resume, review, send_back, suspend, withdraw

__all__ = [
    "approve",
    "ask_import",
    "bring_into_force",
    "carry_out_import",
    "decline",
    "draft",
    "list_item",
    "load_demo",
    "publish",
    "request_change",
    "resume",
    "review",
    "send_back",
    "suspend",
    "take_effect",
    "withdraw",
]
