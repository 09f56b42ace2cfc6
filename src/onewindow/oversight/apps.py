"""监察: how is this package known to Django?"""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "onewindow.oversight"
    label = "oversight"
    verbose_name = "监察"
