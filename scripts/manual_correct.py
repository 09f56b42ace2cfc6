"""手册的更正部分: how is a letter put right whose text was wrong?"""

from manual_walk import Walk, submit

WORDS = "准予食品经营许可：热食类食品制售、自制饮品制售。经营场所以许可证载明的为准。"


def correcting(walk: Walk) -> None:
    """部门负责人: his own decision's letter, in better words; the old one stays, marked."""
    page = walk.somebody("chenju")
    page.goto(f"/cases/{walk.number}/")
    row = page.locator("[data-letters] a.ow-doc", has_text="决定书").first
    row.locator("xpath=following-sibling::p[1]//a").filter(has_text="更正").click()
    page.fill("[name=why]", "决定内容没有写明经营场所以哪里为准")
    page.fill("[name=decided]", WORDS)
    walk.picture(page, "correct-letter")
    submit(page)
    page.wait_for_url(f"**/cases/{walk.number}/")
    page.locator("[data-letters] a.ow-doc", has_text="更正自").wait_for()
    walk.picture(page, "corrected", focus="[data-letters]")
