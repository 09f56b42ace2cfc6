"""What the tests of the desks share: officers who are signed in, and what the counter sends."""

from datetime import timedelta
from typing import Any

from django.test import Client

from onewindow.cases.models import Case
from onewindow.ground.clock import now
from onewindow.intake.models import Application
from onewindow.people.models import Account, Officer
from tests.cast import SEP24, Cast
from tests.web.stage import demand_second_factor

BACKEND = "onewindow.people.signing.Backend"
NUMBER = "991523198803040427"
SHOP = {"shop": "罗山县芳邻小面馆", "area": "46", "phone": "10095715339", "delivery_way": "counter"}


class Desk(Client):
    """A browser at which an officer sits; after a pause he signs in again, as anybody would."""

    def __init__(self, officer: Officer) -> None:
        super().__init__()
        self.officer, self.signed_in = officer, SEP24 - timedelta(days=1)

    def request(self, **told: Any) -> Any:
        if abs(now() - self.signed_in) > timedelta(minutes=20):
            self.force_login(Account.objects.with_owner().get(pk=self.officer.account_id), backend=BACKEND)
            self.signed_in = now()
        return super().request(**told)


def at_desk(officer: Officer) -> Desk:
    """A browser for this officer; no second factor is demanded."""
    demand_second_factor(False)
    Account.objects.filter(pk=officer.account_id).update(password_changed_at=SEP24)
    return Desk(officer)


def find(client: Client, number: str = NUMBER, kind: str = "resident") -> Any:
    return client.post("/counter/find/", {"paper_kind": kind, "paper_number": number})


def begin(client: Client, cast: Cast) -> str:
    """王芳's paper is read and her item chosen; answers the address of the page."""
    assert find(client).status_code == 302
    return str(client.post("/counter/begin/", {"version": cast.version.pk}).url)


def marked(cast: Cast, **lacking: str) -> dict[str, str]:
    """The materials as the clerk marks them; `lacking` maps a code to `missing` or `wrong`."""
    told = {f"v-{m.pk}": lacking.get(m.code, "fits") for m in cast.materials}
    return told | {f"why-{m.pk}": "请补交清楚的一份" for m in cast.materials if m.code in lacking}


def draft() -> Application:
    return Application.objects.get()


def handed_in_online() -> None:
    """All cases came from the applicants' own computers and not over a counter."""
    Application.objects.update(channel="web", window=None, taken_by=None)
    Case.objects.update(taken_at=None, taken_by=None)
