"""起草页的情形问题: which questions decide what an applicant needs, and where else on the page are their answers named?"""

from __future__ import annotations

import re
from typing import Any

from django import forms

from onewindow.web.asking import AskingForm

WHEN_HINT = "只在某种情形才有的，写“问题代号=答案代号”，几个之间用逗号；人人都有的不填"
_KEY = r"^[a-z][a-z0-9_]*$"
_KEY_WRONG = {"invalid": "代号请用小写英文、数字和下划线。"}


class QuestionRow(AskingForm):
    """情形问题: what the applicant is asked before he sees his materials."""

    key = forms.RegexField(_KEY, label="代号", max_length=30, error_messages=_KEY_WRONG)
    ask = forms.CharField(label="怎么问", max_length=100, help_text="如：谁来申请？")


class AnswerRow(AskingForm):
    """情形问题的答案: what can be chosen, in the order in which it is offered."""

    of = forms.RegexField(_KEY, label="哪个问题的代号", max_length=30, error_messages=_KEY_WRONG)
    key = forms.RegexField(_KEY, label="代号", max_length=30, error_messages=_KEY_WRONG)
    label = forms.CharField(label="答案", max_length=60)
    way = forms.CharField(
        label="这种情形怎么办", max_length=200, required=False, help_text="办法和别的情形不一样的才写"
    )
    window_only = forms.BooleanField(label="只能到窗口办", required=False, help_text="网上提交会被拒绝")


def when_field() -> forms.CharField:
    """For which answers a row of another list is there at all."""
    return forms.CharField(label="什么情形才有", max_length=300, required=False, help_text=WHEN_HINT)


def question_rows(content: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The rows of questions and of their answers, filled from a version."""
    asked = content.get("questions") or []
    return {
        "questions": [{"key": one["key"], "ask": one["ask"]} for one in asked],
        "answers": [{**option, "of": one["key"]} for one in asked for option in one.get("options", ())],
    }


def questions_of(rows: dict[str, list[dict[str, Any]]], old: dict[str, Any]) -> list[dict[str, Any]]:
    """The questions that the rows say; what an answer held beside the page's fields stays with it."""
    known = {
        (one["key"], option["key"]): option
        for one in old.get("questions") or []
        for option in one.get("options", ())
    }
    return [
        {
            **question,
            "options": [
                {**known.get((question["key"], row["key"]), {}), **_without(row, "of")}
                for row in rows["answers"]
                if row["of"] == question["key"]
            ],
        }
        for question in rows["questions"]
    ]


def _without(row: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: told for name, told in row.items() if name != key}


def when_of(text: str) -> list[str]:
    """`question=answer` words, set apart by commas or blanks."""
    return [word for word in re.split(r"[,，、\s]+", text.replace("＝", "=")) if word]


def said_when(entry: dict[str, Any]) -> str:
    return "，".join(entry.get("when") or ())


def with_when(row: dict[str, Any], old: dict[str, Any]) -> dict[str, Any]:
    """The row with its answers as a list; one that never had any stays without."""
    when = when_of(row.get("when", ""))
    bare = _without(row, "when")
    return {**bare, "when": when} if when or "when" in old else bare


def faults(rows: dict[str, list[dict[str, Any]]]) -> list[str]:
    """What does not fit together, each as a sentence that says what to do."""
    found = []
    keys = [one["key"] for one in rows["questions"]]
    answers = [(row["of"], row["key"]) for row in rows["answers"]]
    if twice := sorted({key for key in keys if keys.count(key) > 1}):
        found.append(f"情形问题的代号 {'、'.join(twice)} 用了两次，请改一个。")
    if twice := sorted({f"{of}={key}" for of, key in answers if answers.count((of, key)) > 1}):
        found.append(f"同一个问题的答案代号 {'、'.join(twice)} 用了两次，请改一个。")
    if lost := sorted({of for of, _ in answers} - set(keys)):
        found.append(f"答案写的问题代号 {'、'.join(lost)} 不在“情形问题”里，请先加上这个问题，或者改代号。")
    if few := [key for key in dict.fromkeys(keys) if len([1 for of, _ in answers if of == key]) < 2]:
        found.append(f"情形问题 {'、'.join(few)} 的答案不到两个，请在“情形问题的答案”里加上。")
    offered = {f"{of}={key}" for of, key in answers}
    for title, part in (("受理条件", "conditions"), ("申请材料", "materials"), ("特别程序", "special")):
        named = {word for one in rows[part] for word in when_of(one.get("when", ""))}
        if lost := sorted(named - offered):
            found.append(
                f"{title}里的情形 {'、'.join(lost)} 没有对应的答案，请写成“问题代号=答案代号”，或者先加上答案。"
            )
    used = {word.partition("=")[0] for one in rows["materials"] for word in when_of(one.get("when", ""))}
    ways = {row["of"] for row in rows["answers"] if row["way"] or row["window_only"]}
    if idle := [key for key in dict.fromkeys(keys) if key not in used | ways]:
        found.append(
            f"情形问题 {'、'.join(idle)} 不影响任何材料，也不影响怎么办：请在材料的“什么情形才有”里用上，或者删去。"
        )
    return found
