"""谁替谁办: who acts for a child or a firm – by his own word, or because a window has seen the papers?

Whoever enters a child or a firm online only says so (`Claim`): he may apply for it and deal with what he himself
applied for. A window that has the papers in hand proves it, or enters whom the papers name; what the papers
say against somebody ends his word, and both sides are told.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from onewindow.journal import write
from onewindow.people.models import Claim, Officer, Party
from onewindow.people.register import record_about
from onewindow.people.write import called_by_phone
from onewindow.places.reads import here
from onewindow.rules import identity
from onewindow.rules.facts_people import RelationClaimed, RelationEnded, RelationProved
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs

MOST_CLAIMS = 10  # open at a time: nobody enters the firms of a whole street
CARD = "speaker_card"
PAPERS = {
    "licence": "营业执照或者登记证书",
    "household": "户口簿",
    "birth": "出生医学证明",
    "guardianship": "指定监护的证明",
    CARD: "监护人、法定代表人（负责人）本人的身份证件",
}
# One of these says who acts; his own card says that he is that one.
OF_KIND = {"org": ("licence",), "person": ("household", "birth", "guardianship")}


class PartyFaults(NotAllowed):
    """Fields of a file that must be put right; `by_field` gives the sentence beside each."""

    def __init__(self, by_field: dict[str, str]) -> None:
        super().__init__("".join(by_field.values()))
        self.by_field = by_field


@needs(Grant.PEOPLE_FILE)
@transaction.atomic
def set_guardian(
    ward: Party, *, guardian: Party, relation: str, papers: Collection[str], by: Actor, at: datetime
) -> Party:
    """监护人 (民法典 27, 28): who acts for a person that cannot act alone; the papers were seen."""
    wrong = guardian_fault(ward.born, ward, guardian, relation, at.date())
    if wrong or ward.kind != Party.Kind.PERSON:
        raise PartyFaults({"guardian": wrong or "监护人只为自然人登记，单位请登记法定代表人。"})
    _papers_seen(ward, papers)
    guarded(ward, guardian, relation, by=by, at=at, papers=papers)
    return ward


@needs(Grant.PEOPLE_FILE)
@transaction.atomic
def set_representative(
    org: Party, *, person: Party, papers: Collection[str], by: Actor, at: datetime
) -> Party:
    """法定代表人（负责人、经营者）: the person on file who acts for the organisation with his own account."""
    if org.kind != Party.Kind.ORG or person.kind != Party.Kind.PERSON or person.minor_on(at.date()):
        raise PartyFaults(
            {"representative": "法定代表人（负责人）应是成年自然人，被代表的应是单位，请核对两份档案。"}
        )
    _papers_seen(org, papers)
    before = org.representative
    org.representative, org.legal_representative = person, person.name
    org.save(update_fields=["representative", "legal_representative"])
    _settle(org, person, before, by=by, at=at)
    _log(by, at, "representative", org, f"法定代表人 party:{person.pk}，核对了{_words(papers)}")
    return org


@needs(Grant.PEOPLE_FILE)
@transaction.atomic
def prove(claim: Claim, *, papers: Collection[str], by: Officer, at: datetime) -> Party:
    """核实: the papers say what he said online; from now on he acts for the party in everything."""
    held = _open(claim)
    party, speaker = held.party, held.claimant
    if party.kind == Party.Kind.ORG:
        set_representative(party, person=speaker, papers=papers, by=by, at=at)
    else:
        set_guardian(party, guardian=speaker, relation=held.relation, papers=papers, by=by, at=at)
    if held.phone and not party.phone:
        party.phone = held.phone
        party.save(update_fields=["phone"])
        called_by_phone(party)
    return party


@needs(Grant.PEOPLE_FILE)
@transaction.atomic
def end_claim(claim: Claim, *, reason: str, by: Officer, at: datetime) -> None:
    """终止: the papers say something else than he said online; both sides are told."""
    if len(reason.strip()) < 2:
        raise NotAllowed("请写明终止的理由，如“户口簿上的监护人是别人”，理由会记入访问日志。")
    held = _open(claim)
    _end(held.party, held.claimant, by=by, at=at)
    _log(by, at, "relation ended", held.party, reason.strip())


@needs(Grant.ACCOUNT_KEEP_OWN)
def claim_for(
    claimant: Party, *, by: Party, at: datetime, county: str, party: Party, relation: str, phone: str
) -> Claim:
    """网上登记: his own word for a file that was opened with it."""
    if Claim.objects.filter(claimant=claimant, state=Claim.State.OPEN).count() >= MOST_CLAIMS:
        raise NotAllowed(f"您有 {MOST_CLAIMS} 个网上登记还没有核实，请先带证件到窗口核实，再登记别的。")
    claim = Claim.objects.create(
        county=county, party=party, claimant=claimant, relation=relation, phone=phone, made_at=at
    )
    fact = RelationClaimed(on=at.date(), claim=claim.pk, party=party.pk, speaker=claimant.pk)
    record_about(party, fact, by=by, at=at)
    by.__dict__.pop("_theirs", None)
    return claim


@needs(Grant.PEOPLE_FILE)
def guarded(
    ward: Party, guardian: Party, relation: str, *, by: Actor, at: datetime, papers: Collection[str] = ()
) -> None:
    """The guardian whom a window entered; whoever was entered before him is so no more."""
    before, ward.guardian, ward.guardian_relation = ward.guardian, guardian, relation.strip()
    ward.save(update_fields=["guardian", "guardian_relation"])
    _settle(ward, guardian, before, by=by, at=at)
    if papers or before is None or before.pk != guardian.pk:
        seen = f"，核对了{_words(papers)}" if papers else ""
        _log(by, at, "guardian", ward, f"监护人 party:{guardian.pk}（{ward.guardian_relation}）{seen}")


@needs(Grant.PEOPLE_FILE)
def against(party: Party, representative: str, *, renamed: bool, by: Actor, at: datetime) -> None:
    """What a window writes into the file may speak against him who acts for the party: another name on the licence."""
    named = representative.strip()
    before = party.representative
    if before is not None and named and named != before.name:
        party.representative = None
        party.save(update_fields=["representative"])
        _end(party, before, by=by, at=at)
    for claim in party.claims.filter(state=Claim.State.OPEN).select_related("claimant"):
        if renamed or (named and named != claim.claimant.name):
            _end(party, claim.claimant, by=by, at=at)


def guardian_fault(
    born: date | None, ward: Party | None, guardian: Party, relation: str, today: date
) -> str | None:
    """Why this person cannot be entered as the guardian."""
    if guardian.kind != Party.Kind.PERSON or guardian.minor_on(today) or guardian.died_on is not None:
        return "监护人应是在世的成年自然人，请登记另一位监护人。"
    if ward is not None and guardian.pk == ward.pk:
        return "本人不能是自己的监护人，请刷监护人的证件再登记。"
    if born is not None and guardian.born is not None and guardian.born >= born and _is_child(born, today):
        return "监护人应比被监护的未成年人年长，请核对两人的证件。"
    if not relation.strip():
        return "请写明监护人与申请人的关系，如父亲、母亲。"
    return None


def _is_child(born: date, today: date) -> bool:
    return identity.age(born, today) < 18


def _papers_seen(party: Party, papers: Collection[str]) -> None:
    says = OF_KIND[party.kind]
    if CARD not in papers or not set(says) & set(papers):
        names = "、".join(PAPERS[key] for key in says)
        which = f"{names}之一" if len(says) > 1 else names
        raise PartyFaults({"papers": f"请核对{which}和{PAPERS[CARD]}，都看过原件再登记。"})


def _words(papers: Collection[str]) -> str:
    return "、".join(word for key, word in PAPERS.items() if key in papers)


def _open(claim: Claim) -> Claim:
    rows = Claim.objects.select_for_update(of=("self",)).select_related("party__representative", "claimant")
    held = rows.select_related("party__guardian").filter(pk=claim.pk, state=Claim.State.OPEN).first()
    if held is None:
        raise NotAllowed("这项登记已经有人处理过了，请刷新页面再看。")
    return held


def _settle(party: Party, speaker: Party, before: Party | None, *, by: Actor, at: datetime) -> None:
    """He is proved; the word of everybody else, and who was entered before, come to their end."""
    if before is not None and before.pk != speaker.pk:
        _end(party, before, by=by, at=at)
    for claim in party.claims.filter(state=Claim.State.OPEN).exclude(claimant=speaker):
        _end(party, claim.claimant, by=by, at=at)
    party.claims.filter(state=Claim.State.OPEN).update(state=Claim.State.PROVED)
    if before is None or before.pk != speaker.pk:
        record_about(party, RelationProved(on=at.date(), party=party.pk, speaker=speaker.pk), by=by, at=at)


def _end(party: Party, speaker: Party, *, by: Actor, at: datetime) -> None:
    party.claims.filter(state=Claim.State.OPEN, claimant=speaker).update(state=Claim.State.ENDED)
    record_about(party, RelationEnded(on=at.date(), party=party.pk, speaker=speaker.pk), by=by, at=at)


def _log(by: Actor, at: datetime, what: str, party: Party, reason: str) -> None:
    county = by.county if isinstance(by, Officer) else here().code
    write.log_access(county, by=by, at=at, what=what, about=f"party:{party.pk}", reason=reason)
