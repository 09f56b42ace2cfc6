"""表格下载: which blank sheets and samples does a version offer, and what are the bytes of one?

A file that the office handed in comes first; the application's own sheet follows from the item's form everywhere; in a
demonstration the other papers that are filled in get a sheet of their material.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from onewindow.catalogue import ready
from onewindow.catalogue.models import Item, ItemVersion, Material, MaterialPaper
from onewindow.catalogue.reads import Guide
from onewindow.ground import files
from onewindow.letters import sheets
from onewindow.places.models import County

FORM = "form"  # the application's own sheet, which is no material of its own
ROLES = dict(MaterialPaper.Role.choices)
_ENDINGS = {"application/pdf": "PDF", "image/png": "PNG", "image/jpeg": "JPG"}


@dataclass(frozen=True)
class Offer:
    """One file that can be downloaded; `code` is that of its material, or FORM."""

    code: str
    role: str
    url: str
    type: str = "PDF"

    @property
    def word(self) -> str:
        return ROLES[self.role]


@dataclass(frozen=True)
class Sheet:
    """The bytes of one file, as they go out."""

    content: bytes
    media_type: str
    name: str


def offered(county: County, found: Guide) -> dict[str, list[Offer]]:
    """What can be downloaded for each material, and for the application itself; one statement."""
    kept = MaterialPaper.objects.filter(version=found.version)
    return _offers(county, found, kept.values_list("code", "role", "file__media_type"))


def offered_beside(county: County, found: Guide) -> dict[str, list[Offer]]:
    """The same of materials that were read with their sheets (`catalogue.reads.with_sheets`); no statement."""
    kept = [(one.code, *told.split(" ", 1)) for one in found.materials for told in getattr(one, "sheets", ())]
    return _offers(county, found, kept)


def _offers(county: County, found: Guide, kept: Iterable[tuple[Any, ...]]) -> dict[str, list[Offer]]:
    version = found.version
    if version is None:
        return {}
    held = {(code, role): _ENDINGS.get(kind, "Word") for code, role, kind in kept}
    made = {FORM: [_offer(found.item, version, FORM, role) for role in ROLES]} if _has_form(version) else {}
    for one in found.materials:
        rows = [
            _offer(found.item, version, one.code, role, held.get((one.code, role), "PDF"))
            for role in ROLES
            if (one.code, role) in held or _made_here(county, version, one)
        ]
        if rows:
            made[one.code] = rows
    return made


def stands_in_list(found: Guide, offers: dict[str, list[Offer]]) -> bool:
    """Whether the application's own sheet is offered beside a material already."""
    return any(one.code in offers and ready.is_application(one.name) for one in found.materials)


def sheet(county: County, found: Guide, code: str, role: str) -> Sheet | None:
    """One file of a version; None when there is none of that name."""
    version = found.version
    if version is None or role not in ROLES:
        return None
    if code == FORM:
        return _application(county, found, version, f"{version.name}申请表", role)
    material = next((one for one in found.materials if one.code == code), None)
    return _of_material(county, found, version, material, role) if material is not None else None


def _application(county: County, found: Guide, version: ItemVersion, name: str, role: str) -> Sheet | None:
    if not _has_form(version):
        return None
    return _pdf(sheets.application(version, _place(county, found), filled=_filled(role)), name, role)


def _of_material(
    county: County, found: Guide, version: ItemVersion, one: Material, role: str
) -> Sheet | None:
    kept = (
        MaterialPaper.objects.filter(version=version, code=one.code, role=role).select_related("file").first()
    )
    if kept is not None:
        ending = kept.file.name.rpartition(".")[2]
        return Sheet(files.read(kept.file), kept.file.media_type, f"{one.name}（{ROLES[role]}）.{ending}")
    if not _made_here(county, version, one):
        return None
    if ready.is_application(one.name) and _has_form(version):
        return _application(county, found, version, one.name, role)
    return _pdf(sheets.paper(one, version, _place(county, found), filled=_filled(role)), one.name, role)


def _place(county: County, found: Guide) -> sheets.Place:
    return sheets.Place(county.name, found.item.department.name, county.demo)


def _filled(role: str) -> bool:
    return role == MaterialPaper.Role.SAMPLE.value


def _made_here(county: County, version: ItemVersion, one: Material) -> bool:
    if not ready.is_form(one.detail.get("blank", "")):
        return False
    return county.demo or (ready.is_application(one.name) and _has_form(version))


def _has_form(version: ItemVersion) -> bool:
    return bool((version.form or {}).get("schema", {}).get("properties"))


def _pdf(content: bytes, name: str, role: str) -> Sheet:
    return Sheet(content, "application/pdf", f"{name}（{ROLES[role]}）.pdf")


def _offer(item: Item, version: ItemVersion, code: str, role: str, kind: str = "PDF") -> Offer:
    url = reverse("guide_paper", args=[item.address, version.number, code, role])
    return Offer(code, role, url, kind)
