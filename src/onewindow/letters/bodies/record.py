"""作废告知书: what does the applicant read when a letter no longer holds?"""

from __future__ import annotations

from onewindow.letters.blocks import Body, bold
from onewindow.letters.bodies.phrases import applied, rights, you
from onewindow.letters.data import LetterData

ANNULLED = (("文书", 5.2, "l"), ("文号和日期", 4.8, "l"))


def annulled(data: LetterData) -> Body:
    """Which letters are void, why in public words, where the case stands now, and by which day it goes on."""
    body = Body().say(*applied(data), "，本机关核查发现一项办理记载有误。现告知", bold("下列文书作废"), "。")
    body.section("作废的文书", "见下表。").table(ANNULLED, data.annuls)
    body.section("作废的原因", "".join(data.reasons))
    body.section("对办理的影响", data.stands)
    body.section(
        "说明",
        f"作废的文书不发生效力，请勿使用，{you(data)}手里的原件可以交回承办窗口；"
        "原来的记载和文书由本机关留存备查。",
    )
    rights(body, data)
    return body
