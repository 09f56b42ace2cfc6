"""导办咨询: how is this package known to Django?"""

from django.apps import AppConfig


class GuidanceConfig(AppConfig):
    name = "onewindow.guidance"
    label = "guidance"
    verbose_name = "导办咨询"

    def ready(self) -> None:
        from onewindow.rules import facts_asked  # noqa: F401 (known wherever history is read)
