"""底座: how is this package known to Django?"""

from django.apps import AppConfig


class GroundConfig(AppConfig):
    name = "onewindow.ground"
    label = "ground"
    verbose_name = "底座"
