"""大厅本机: how is this package known to Django?"""

from django.apps import AppConfig


class BoxConfig(AppConfig):
    name = "onewindow.box"
    label = "box"
    verbose_name = "大厅本机"
