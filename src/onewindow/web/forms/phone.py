"""电话: a field that refuses, beside itself, what cannot be a telephone number."""

from __future__ import annotations

from typing import Any

from django import forms

from onewindow.rules.identity import phone_fault


class PhoneField(forms.CharField):
    """A mobile number, a fixed line or one from abroad; empty where it may be left out."""

    widget = forms.TextInput(attrs={"inputmode": "tel"})

    def __init__(self, label: str, *, max_length: int = 30, **told: Any) -> None:
        super().__init__(label=label, max_length=max_length, **told)

    def clean(self, value: Any) -> str:
        told = str(super().clean(value))
        if told and (fault := phone_fault(told)):
            raise forms.ValidationError(fault)
        return told
