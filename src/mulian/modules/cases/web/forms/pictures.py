"""Pictures a form of the public page carries itself: several files in one field."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

MOST = 3
KINDS = "image/jpeg,image/png,image/webp"


class _Several(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class Pictures(forms.FileField):
    """Up to three pictures; what they are is decided by a decoder, not by what they are called."""

    def __init__(self) -> None:
        widget = _Several(attrs={"accept": KINDS, "class": "visually-hidden"})
        super().__init__(label=_("Photos"), required=False, widget=widget, help_text=_("Up to three."))

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Every file of the field, checked one by one."""
        sent = [each for each in (data if isinstance(data, list | tuple) else [data]) if each]
        if len(sent) > MOST:
            raise forms.ValidationError(_("Choose up to three photos."))
        return [super(Pictures, self).clean(each, initial) for each in sent]
