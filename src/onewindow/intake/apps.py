"""收件: how is this package known to Django?"""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "onewindow.intake"
    label = "intake"
    verbose_name = "收件"
