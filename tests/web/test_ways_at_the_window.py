"""窗口的几条路: which ways beside 受理 does the intake page offer, and where do they lead?"""

import pytest
from django.test import Client

from onewindow.cases.models import Case
from onewindow.intake.models import Application
from tests.cases.test_defer import LATER
from tests.cases.test_instant import at_tier
from tests.cases.test_promise import OFFER
from tests.cast import SEP24, Cast, assemble
from tests.web.citizen import on
from tests.web.desks import SHOP, at_desk, begin, marked

pytestmark = pytest.mark.django_db
SIGN_LATER, SIGN_PROMISE = "收件，去签容缺承诺", "收件，去签告知承诺"


def lacking(client: Client, cast: Cast, **codes: str) -> tuple[str, str]:
    """The intake page after these were marked as lacking: its address, and what stands beside it."""
    address = begin(client, cast)
    beside = client.post(f"{address}save/", SHOP | marked(cast, **codes)).content.decode()
    return address, beside


def test_where_only_papers_lack_that_may_follow_the_clerk_goes_on_to_the_promise() -> None:
    cast = assemble(papers=LATER)
    client, code = at_desk(cast.liwei), next(iter(LATER))
    with on(SEP24):
        address, beside = lacking(client, cast, **{code: "missing"})
        assert "可容缺" in client.get(address).content.decode()
        assert SIGN_LATER in beside
        told = client.post(address, SHOP | marked(cast, **{code: "missing"}) | {"do": "later"})
    case = Case.objects.get()
    assert (told["Location"], case.stage) == (f"/cases/{case.number}/do/accept-later/", "received")


def test_where_another_paper_lacks_too_it_is_not_offered() -> None:
    cast = assemble(papers=LATER)
    client, code = at_desk(cast.liwei), next(iter(LATER))
    other = next(m.code for m in cast.materials if m.code not in LATER)
    with on(SEP24):
        _, beside = lacking(client, cast, **{code: "missing", other: "missing"})
    assert SIGN_LATER not in beside


def test_an_item_with_a_promise_is_taken_in_and_the_letter_comes_next() -> None:
    cast = assemble(guide={"promise": dict(OFFER)})
    client = at_desk(cast.liwei)
    with on(SEP24):
        address, beside = lacking(client, cast)
        assert SIGN_PROMISE in beside
        told = client.post(address, SHOP | marked(cast) | {"do": "promise"})
    assert told["Location"] == f"/cases/{Case.objects.get().number}/do/promise/"


def test_without_either_nothing_but_the_usual_way_is_offered() -> None:
    cast = assemble()
    client = at_desk(cast.liwei)
    with on(SEP24):
        _, beside = lacking(client, cast)
    assert (SIGN_LATER in beside, SIGN_PROMISE in beside) == (False, False)


def test_a_filing_is_filed_from_the_intake_page_and_the_page_says_so() -> None:
    cast = at_tier("filing")
    Application.objects.all().delete()
    client = at_desk(cast.liwei)
    with on(SEP24):
        address = begin(client, cast)
        page = client.get(address).content.decode()
        assert "备案并打印" in page
        assert "受理并打印" not in page
        client.post(address, SHOP | marked(cast) | {"do": "accept"})
    assert Case.objects.get().stage == "filed"
