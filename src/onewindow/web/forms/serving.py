"""送达文书的表单: what is asked when a letter is handed over, left, sent, arrived or came back?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from onewindow.intake import uploads
from onewindow.intake.content import Unfit
from onewindow.places.reads import here, pack_here
from onewindow.web.forms.dated import DatedFields
from onewindow.web.forms.deeds import DeedForm, TakerForm, TrackingForm, WhyBackForm
from onewindow.web.forms.refusal import area


class HandedForm(DatedFields, TakerForm):
    """直接送达: who stands at the counter, what he shows, and that he signs."""


class LeftForm(DatedFields, DeedForm):
    """留置送达: where, how it was refused, and before whom or with which picture."""

    place = forms.CharField(
        label="送到了哪里",
        max_length=200,
        help_text="受送达人的住所，写到门牌",
        error_messages={"required": "请写明文书留在了哪里。"},
    )
    why = area("对方怎样拒收", "请写明拒收的事由。", max_length=200)
    witness = forms.CharField(
        label="见证人",
        max_length=100,
        required=False,
        help_text="姓名和所在的村（居）委会或者单位；没有见证人的，上传现场照片",
    )
    photo = forms.FileField(label="现场照片", required=False, help_text="JPG、PNG 或者 PDF")

    def prepare(self) -> None:
        self.picture: uploads.Upload | None = None

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        sent = told.get("photo")
        if sent:
            most = pack_here(here()).setting("upload.max_megabytes").number
            try:
                self.picture = uploads.look(sent.read(), sent.name or "", most)
            except Unfit as unfit:
                self.add_error("photo", str(unfit))
        elif not told.get("witness"):
            self.add_error("witness", "要有见证人，或者有现场照片。请填写见证人，或者上传照片。")
        return told


class SentForm(TrackingForm):
    """邮寄: the number of the parcel."""


class ArrivedForm(DatedFields, DeedForm):
    """已签收: who signed, as the receipt of the post says."""

    taker = forms.CharField(
        label="签收人",
        max_length=60,
        help_text="照邮政回执填写",
        error_messages={"required": "请照回执填写签收人。"},
    )

    def prepare(self) -> None:
        self.fields["taker"].initial = self.case.applicant_name


FORMS: Mapping[str, type[DeedForm]] = {
    "hand": HandedForm,
    "left": LeftForm,
    "send": SentForm,
    "arrived": ArrivedForm,
    "back": WhyBackForm,
}
