"""评价投诉: how is this package known to Django?"""

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "onewindow.feedback"
    label = "feedback"
    verbose_name = "评价投诉"
