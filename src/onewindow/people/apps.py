"""人员: how is this package known to Django?"""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "onewindow.people"
    label = "people"
    verbose_name = "人员"
