"""通知: how is this package known to Django?"""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "onewindow.notices"
    label = "notices"
    verbose_name = "通知"
