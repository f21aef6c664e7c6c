"""Form fields that name contents sent to /files beforehand, by their hash."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mulian.core.files.tus import SHA256

_BROKEN = _("This file did not arrive whole. Record or choose it again.")


class Hashes(forms.Field):
    """Several SHA-256 values as hidden inputs of one name."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> tuple[str, ...]:
        names = tuple(str(each) for each in value or () if each)
        if not all(SHA256.fullmatch(name) for name in names):
            raise forms.ValidationError(_BROKEN)
        return names


class Hash(forms.CharField):
    """One SHA-256, hidden."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> str:
        name = str(value or "")
        if name and not SHA256.fullmatch(name):
            raise forms.ValidationError(_BROKEN)
        return name
