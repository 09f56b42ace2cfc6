"""Script in every field of every form: nothing breaks, nothing is ever shown as markup, and no page may run it anyway."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from onewindow.ground import files
from onewindow.letters.models import Letter
from onewindow.people.models import Post
from onewindow.rules.grants import Grant
from tests.cast import COUNTY, SEP24, assemble, carry_out, officer
from tests.fakes.papers import pdf
from tests.faults.fields import checked, spoil, wangfangs
from tests.web.citizen import on, page_of, shown
from tests.web.desks import at_desk, begin

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folders(tmp_path, settings) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"


LEAVE = ("/logout/", "/mode/", "/erase/")
CITIZEN = ("/", "/search/", "/track/", "/verify/", "/rules/", "/register/", "/accounts/login/")
OWN = (
    "/my/",
    "/my/messages/",
    "/my/papers/",
    "/my/people/ward/",
    "/my/people/firm/",
    "/my/privacy/",
    "/my/privacy/contact/",
)
MANAGE = (
    "/manage/organisation/",
    "/manage/organisation/officers/new/",
    "/manage/organisation/departments/new/",
    "/manage/organisation/posts/new/",
    "/manage/windows/",
    "/manage/windows/halls/new/",
    "/manage/settings/",
    "/manage/settings/upload.max_megabytes/",
    "/manage/calendar/",
    "/manage/calendar/import/",
    "/manage/tokens/",
    "/manage/tokens/new/",
    "/manage/accesses/",
)
CATALOGUE = (
    "/catalogue/",
    "/catalogue/new/",
    "/catalogue/import/",
    "/catalogue/changes/",
    "/catalogue/missed/",
)


def test_script_in_every_field_of_the_citizens_pages() -> None:
    cast = assemble()
    case = cast.accepted()
    visitor, wangfang = Client(), wangfangs(cast)
    with on(SEP24):
        fields = sum(spoil(visitor, address, LEAVE) for address in CITIZEN)
        shown(visitor, case)
        fields += spoil(visitor, page_of(case), LEAVE) + spoil(visitor, f"{page_of(case)}withdraw/", LEAVE)
        fields += sum(spoil(wangfang, address, LEAVE) for address in OWN)
    assert fields > 15


def test_script_in_every_field_of_the_counter_and_the_department() -> None:
    cast = assemble()
    case = cast.accepted()
    liwei, zhangmin, chenju = at_desk(cast.liwei), at_desk(cast.zhangmin), at_desk(cast.chenju)
    with on(SEP24):
        fields = spoil(liwei, "/counter/", LEAVE) + spoil(liwei, begin(liwei, cast), LEAVE)
        for act in ("question", "forward", "withdraw", "ask"):
            fields += spoil(zhangmin, f"/cases/{case.number}/do/{act}/", LEAVE)
        fields += spoil(zhangmin, f"/cases/{case.number}/", LEAVE)
        for act in ("grant", "deny"):
            fields += spoil(chenju, f"/cases/{case.number}/do/{act}/", LEAVE)
        for desk, address in ((zhangmin, f"/cases/{case.number}/"), (zhangmin, "/desk/"), (chenju, "/desk/")):
            checked(desk.get(address), address)
    assert fields > 15


def test_script_in_every_field_of_catalogue_and_management() -> None:
    cast = assemble()
    grants = [grant.value for grant in Grant]
    post = Post.objects.create(county=COUNTY, name="全部", scope="county", grants=grants)
    admin = at_desk(officer(COUNTY, "郑凯", "A001", post))
    item = cast.version.item_id
    more = (f"/catalogue/{item}/", f"/catalogue/{item}/draft/", f"/catalogue/{item}/change/")
    with on(SEP24):
        fields = sum(spoil(admin, address, LEAVE) for address in (*MANAGE, *CATALOGUE, *more))
        for address in (*MANAGE, *CATALOGUE, *more, "/watch/", "/errands/", "/"):
            checked(admin.get(address), address)
    assert fields > 40


def test_what_was_typed_stands_in_the_letter_letter_for_letter_and_nothing_is_carried_out() -> None:
    cast = assemble()
    name = '#eval("1+1") *王* $x$ <b>'
    type(cast.wangfang).objects.filter(pk=cast.wangfang.pk).update(name=name)
    cast.wangfang.refresh_from_db()
    case = cast.accepted()
    carry_out(case.subject)
    letters = list(Letter.objects.filter(subject=case.subject))
    assert {letter.data["addressee"] for letter in letters} == {name}
    assert all(files.read(letter.file).startswith(b"%PDF-") for letter in letters)


def test_a_file_name_stands_in_no_header_and_on_no_page_as_it_was_sent() -> None:
    cast = assemble()
    liwei, key = at_desk(cast.liwei), cast.materials[1].pk
    evil = 'x\r\nSet-Cookie: a=1"; <script>alert(1)</script>.pdf'
    with on(SEP24):
        page = begin(liwei, cast)
        liwei.post(f"{page}save/", {f"file-{key}": SimpleUploadedFile(evil, pdf(), "application/pdf")})
        answer = liwei.get(f"{page}scans/{key}/")
        checked(liwei.get(page), page)
    assert "Set-Cookie: a=1" not in str(answer.headers)
