"""应急: how is this package known to Django?"""

from django.apps import AppConfig


class EmergencyConfig(AppConfig):
    name = "onewindow.emergency"
    label = "emergency"
    verbose_name = "应急"
