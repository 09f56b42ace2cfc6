"""场所机构: how is this package known to Django?"""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "onewindow.places"
    label = "places"
    verbose_name = "场所机构"
