"""工作台: how is this package known to Django?"""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "onewindow.web"
    label = "web"
    verbose_name = "工作台"
