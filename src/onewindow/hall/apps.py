"""大厅: how is this package known to Django?"""

from django.apps import AppConfig


class HallConfig(AppConfig):
    name = "onewindow.hall"
    label = "hall"
    verbose_name = "大厅"
