"""事项的行为: who drafts, reviews, publishes, changes, suspends and imports items?"""

from onewindow.catalogue.acts.base import follow_base, take_in_base
from onewindow.catalogue.acts.change import approve, bring_into_force, decline, request_change, take_effect
from onewindow.catalogue.acts.demo import load_demo
from onewindow.catalogue.acts.draft import draft, list_item
from onewindow.catalogue.acts.imports import (
    ask_base_import,
    ask_import,
    carry_out_base_import,
    carry_out_import,
)
from onewindow.catalogue.acts.papers import put_paper, take_out_paper
from onewindow.catalogue.acts.publish import publish, resume, review, send_back, settle, suspend, withdraw

__all__ = [
    "approve",
    "ask_base_import",
    "ask_import",
    "carry_out_base_import",
    "bring_into_force",
    "carry_out_import",
    "decline",
    "draft",
    "follow_base",
    "list_item",
    "load_demo",
    "publish",
    "put_paper",
    "request_change",
    "resume",
    "review",
    "send_back",
    "settle",
    "suspend",
    "take_effect",
    "take_in_base",
    "take_out_paper",
    "withdraw",
]
