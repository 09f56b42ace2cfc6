"""人员: how is this package known to Django?"""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "onewindow.people"
    label = "people"
    verbose_name = "人员"

    def ready(self) -> None:
        from onewindow.people import signing
        from onewindow.rules import facts_absence, facts_org, facts_people  # noqa: F401 (known wherever history is read)

        signing.connect()
