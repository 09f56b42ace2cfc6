"""照着办的: which rules does this release act on, and where; which are only shown as the document's words?

Every key of `RULES` is read by name somewhere in the program, or stands in HELD with the place that holds it
for every pack alike, or in LATER. A test goes through all of them.
"""

from collections.abc import Mapping
from types import MappingProxyType

LATER_WORDS = "文件规定，本版尚未启用"

# Rules of the nation that no lower pack may loosen: the program always does so and asks no pack.
HELD: Mapping[str, str] = MappingProxyType(
    {
        "count.working_days": "rules.clock.reckon",
        "count.first_day": "rules.clock.reckon",
        "count.last_day": "rules.workdays.Calendar",
        "count.weekend": "rules.workdays.Calendar",
        "count.statutory_holidays": "packs.calendar.load",
        "hearing.record": "cases.acts.special.end_procedure",
        "decide.on_the_spot": "cases.acts.decide.decision_steps",
        "applicant.agent": "intake.acts.counter.take_in",
        "channel.free_choice": "intake.acts.counter.take_in",
        "materials.only_guide": "cases.acts.correct.ask_correction",
        "materials.no_repeat": "intake.acts.papers.check_reuse",
        "fee.only_by_law": "catalogue.gate.gaps",
        "quota.order": "cases.quotas.refuse_beyond",
        "correction.on_the_spot": "cases.acts.correct.correct_on_spot",
        "correction.ways": "letters.told.correction",
        "deferral.first": "cases.acts.defer.accept_on_promise",
        "deferral.list": "web.views.promise_lists.deferrable",
        "commitment.at_once": "cases.acts.accept.in_one_step",
        "accept.letter": "letters.follow.letter",
        "intake.undifferentiated": "intake.acts.counter.take_in",
        "intake.front_back": "cases.reads.visible.visible_to",
        "case.steps": "catalogue.local.gaps",
        "case.modes": "intake.acts.counter.take_in",
        "case.kinds": "rules.kinds_of_case.kind_after",
        "upward.told": "letters.told_upward.sent_up",
        "upward.contact": "cases.acts.upward.contact_above",
        "refusal.written_reasons": "cases.acts.refuse.refuse",
        "decision.remedies": "letters.compose.common",
        "decision.public": "cases.reads.public.granted",
        "service.receipt": "cases.acts.deliver.hand_over",
        "service.electronic_consent": "cases.acts.deliver.download",
        "service.electronic_day": "cases.acts.deliver.download",
        "electronic.seal_equal": "letters.sign.sign",
        "guide.vague_words": "catalogue.lint.read",
        "guide.public": "catalogue.reads.guide",
        "guide.same_source": "catalogue.reads.guide",
        "item.change_review": "catalogue.acts.request_change",
        "rating.genuine": "feedback.acts.rate",
        "alert.lights": "rules.lights.light",
        "instant.approval": "cases.acts.instant.judge_at_once",
        "booking.offered": "hall.acts.asking.ask",
        "booking.never_forced": "intake.acts.counter.take_in",
        "booking.every_item": "hall.offered.line_for",
        "booking.told": "hall.acts.answering.confirm",
        "booking.reasons": "hall.acts.answering.refuse",
        "offhours.enough_staff": "hall.booked.sheet",
        "extension.grounds": "rules.extending.refuse_ground",
        "privacy.minimal": "intake.form.faults",
        "privacy.told": "web.views.apply.begin.begin",
        "privacy.protected": "ground.fields.EncryptedText",
        "privacy.guardian": "people.acts.relations.set_guardian",
    }
)

LATER = frozenset(
    {
        "materials.no_state_papers",
        "materials.upward_no_repeat",
        "licence.seal",
        "electronic.signature_equal",
        "electronic.licence_equal",
        "limit.enterprise",
        "limit.realty",
        "platform.names",
        "rating.loop",
        "rating.channels",
        "rating.active_rate",
        "complaint.channels",
    }
)
