"""The table of stages is the whole life of a case."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.rules.facts import FACTS, TERMS_ZH
from onewindow.rules.grants import GRANT_WORDS, Grant, NotAllowed
from onewindow.rules.stages import ENDED, NEXT, OPEN, STAGE_WORDS, Stage, after


def test_every_fact_has_a_chinese_term() -> None:
    case_facts = {fact for _, fact in NEXT}
    assert case_facts <= set(TERMS_ZH)
    assert case_facts <= set(FACTS)


def test_every_grant_and_stage_has_a_chinese_word() -> None:
    assert set(GRANT_WORDS) == set(Grant)
    assert set(STAGE_WORDS) == set(Stage)


def test_every_stage_is_either_open_or_ended_or_new() -> None:
    assert set(Stage) == OPEN | set(ENDED) | {Stage.NEW}


def test_what_the_table_does_not_name_is_refused_in_words() -> None:
    with pytest.raises(NotAllowed, match="等待补正"):
        after(Stage.CORRECTING, "Granted")


def test_no_correction_is_asked_after_acceptance() -> None:
    asking = {stage for stage, fact in NEXT if fact == "CorrectionAsked"}
    assert asking == {Stage.RECEIVED}


@st.composite
def lives(draw: st.DrawFn) -> list[tuple[Stage, str]]:
    stage, path = Stage.NEW, []
    for _ in range(draw(st.integers(1, 25))):
        steps = sorted(fact for at, fact in NEXT if at == stage)
        if not steps:
            break
        fact = draw(st.sampled_from(steps))
        path.append((stage, fact))
        stage = NEXT[stage, fact]
    return path


@given(lives())
def test_no_life_reaches_a_decision_without_acceptance(path: list[tuple[Stage, str]]) -> None:
    facts = [fact for _, fact in path]
    for index, fact in enumerate(facts):
        if fact in ("Granted", "Denied"):
            assert {"Accepted", "AcceptedBySilence"} & set(facts[:index])


@given(lives())
def test_no_life_is_withdrawn_or_refused_after_the_decision(path: list[tuple[Stage, str]]) -> None:
    for (_, earlier), (_, later) in pairwise(path):
        if earlier in ("Granted", "Denied"):
            assert later not in ("Withdrawn", "Refused", "CorrectionAsked")
