"""谁在演示: who applies, who works and which item is applied for in a benchmark?"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from onewindow.cases.examined import decision_steps
from onewindow.catalogue.models import ItemVersion, Material
from onewindow.ground.fields import lookup
from onewindow.intake.form import faults
from onewindow.intake.situation import of_everybody
from onewindow.people.acts.tokens import hashed
from onewindow.people.models import Account, ApiToken, Officer, Party
from onewindow.people.reads import on_duty
from onewindow.places.models import Department
from onewindow.places.reads import here
from onewindow.rules.identity import demo_id, paper_key

PARTIES, APPLICANTS, TOKENS = 2000, 16, 40
SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗", "芳伟敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚"


@dataclass
class People:
    """The cast of a benchmark: the demonstration's officers, and applicants with 99 numbers."""

    clerk: Officer
    examiner: Officer
    head: Officer
    department: Department
    version: ItemVersion
    materials: list[Material]
    form: dict[str, Any]
    code: str
    parties: list[Party]
    tokens: dict[str, list[str]]

    @property
    def needed(self) -> list[Material]:
        """What everybody hands in; all of it is judged before anything is accepted."""
        return [material for material in self.materials if of_everybody(material)]


def assemble(at: datetime) -> People:
    """Everybody, in the demonstration county as `onewindow run` has loaded it."""
    clerk, examiner, head = (_officer(name, at.date()) for name in ("liwei", "zhangmin", "chenju"))
    department = examiner.department
    assert department is not None
    version, form = _item(department)
    item = version.item
    parties = _parties()
    owners = {"clerk": clerk.account, "examiner": examiner.account, "head": head.account}
    tokens = {name: _tokens(account, TOKENS, at) for name, account in owners.items()}
    tokens["applicants"] = [_tokens(_account(party, at), 1, at)[0] for party in parties[:APPLICANTS]]
    return People(
        clerk=clerk,
        examiner=examiner,
        head=head,
        department=department,
        version=version,
        materials=list(version.materials.order_by("order")),
        form=form,
        code=item.handle_code or item.task_code or item.local_code,
        parties=parties,
        tokens=tokens,
    )


def _officer(username: str, day: date) -> Officer:
    found = on_duty(Account.objects.with_owner().get(username=username), day)
    assert found is not None, f"no officer {username} in the demonstration"
    return found


def _item(department: Department) -> tuple[ItemVersion, dict[str, Any]]:
    """An item of the office that is examined by one and decided by another, with a form filled in."""
    rows = ItemVersion.objects.filter(item__department=department, state="published").select_related("item")
    for version in rows.order_by("pk"):
        values = _filled(version.form.get("schema") or {})
        if not faults(version.form, values) and decision_steps(version) == 2:
            return version, values
    raise RuntimeError("the demonstration has no item with two steps whose form could be filled in")


def _filled(schema: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(one) for name, one in schema.get("properties", {}).items()}


def _value(one: dict[str, Any]) -> Any:
    if "enum" in one:
        return one["enum"][0]
    kind = one.get("type")
    if kind in ("integer", "number"):
        return max(one.get("minimum", 1), 1)
    if kind == "boolean":
        return True
    if kind == "array":
        return [_value(one.get("items", {}))]
    if one.get("format") == "date":
        return "2026-11-02"
    return "10095715339" if "1[0-9]{10}" in one.get("pattern", "") else "测试路 58 号"


def _parties() -> list[Party]:
    chance = random.Random(99)
    made = []
    for n in range(PARTIES):
        number = demo_id(1523, date(1950, 1, 1) + timedelta(days=n * 9), n % 1000)
        name = chance.choice(SURNAMES) + chance.choice(GIVEN) + chance.choice(GIVEN)
        made.append(
            Party(
                kind="person",
                name=name,
                paper_kind="resident",
                paper_number=number,
                paper_hash=lookup(paper_key("resident", number)),
                phone="10095715339",
            )
        )
    return list(Party.objects.bulk_create(made, batch_size=500))


def _account(party: Party, at: datetime) -> Account:
    party.account = Account.objects.create(username=f"bench{party.pk}", joined_at=at, password="!")
    party.save(update_fields=["account"])
    return party.account


def _tokens(account: Account, times: int, at: datetime) -> list[str]:
    """Tokens of programs: each has a limit of its own, so a fast machine needs several."""
    county = here()
    secrets = [f"ow_bench-{account.pk}-{n}" for n in range(times)]
    ApiToken.objects.bulk_create(
        ApiToken(
            place=county,
            account=account,
            name=f"测速 {n}",
            secret_hash=hashed(secret),
            scopes=list(ApiToken.Scope.values),
            made_by="founder",
            made_at=at,
            expires_on=at.date() + timedelta(days=30),
            used_on=at.date(),
        )
        for n, secret in enumerate(secrets)
    )
    return secrets
