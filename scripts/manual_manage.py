"""手册的管理部分: how do the calendar, settings, seals, tokens, duties and the outbox look?"""

from datetime import datetime, timedelta

from playwright.sync_api import Page
from tests.letters.seals import PASSPHRASE, key_file, seal_png

from manual_walk import Walk, submit, tick
from onewindow.ground.clock import SHANGHAI


def managing(walk: Walk) -> None:
    """系统管理员: the pages on which nothing has to happen first, a token, and a seal by two persons."""
    page = walk.somebody("admin")
    page.goto("/manage/calendar/")
    walk.picture(page, "calendar")
    page.goto("/manage/settings/")
    walk.picture(page, "settings")
    page.goto("/errands/")
    walk.picture(page, "errands")
    page.goto("/outbox/")
    walk.picture(page, "outbox")
    token(walk, page)
    seal(walk, page)


def token(walk: Walk, page: Page) -> None:
    """What is given for a program, before it is given: the token itself is in no picture."""
    page.goto("/manage/tokens/new/")
    page.fill("[name=name]", "省一体化平台对接")
    page.fill("[name=username]", "liwei")
    tick(page.locator("[name=scopes]").first)
    page.fill("[name=expires_on]", f"{datetime.now(SHANGHAI) + timedelta(days=90):%Y-%m-%d}")
    walk.picture(page, "tokens")


def seal(walk: Walk, page: Page) -> None:
    """One loads it, another looks at the sample before it is in force."""
    page.goto("/manage/seals/new/")
    choose_market(page)
    page.fill("[name=name]", "行政许可专用章")
    page.set_input_files(
        "[name=picture]", {"name": "印章.png", "mimeType": "image/png", "buffer": seal_png()}
    )
    page.set_input_files(
        "[name=key_file]", {"name": "证书.p12", "mimeType": "application/x-pkcs12", "buffer": key_file()}
    )
    page.fill("[name=passphrase]", PASSPHRASE)
    page.fill("[name=in_force_from]", f"{datetime.now(SHANGHAI):%Y-%m-%d}")
    submit(page)
    page.goto("/manage/seals/")
    walk.picture(page, "seals")
    second = walk.somebody("admin2")
    second.goto("/manage/seals/")
    second.get_by_role("link", name="行政许可专用章").first.click()
    second.locator("main img").first.wait_for()
    walk.picture(second, "seal")


def choose_market(page: Page) -> None:
    """The department whose name the certificate has; nobody confirms it, so that no letter carries it."""
    option = page.locator("[name=department] option", has_text="市场监督管理局").first
    page.select_option("[name=department]", value=option.get_attribute("value"))
