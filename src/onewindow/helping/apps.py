"""便民导办: how is this package known to Django?"""

from django.apps import AppConfig


class HelpingConfig(AppConfig):
    name = "onewindow.helping"
    label = "helping"
    verbose_name = "便民导办"
