"""文书: how is this package known to Django?"""

from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "onewindow.letters"
    label = "letters"
    verbose_name = "文书"
