"""流水: how is this package known to Django?"""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "onewindow.journal"
    label = "journal"
    verbose_name = "流水"
