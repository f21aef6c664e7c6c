"""Where a case is and how urgent."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from mulian.modules.cases.web.forms.said import words
from mulian.modules.cases.web.showing import choices


class PlaceForm(forms.Form):
    """The place a person sets; a second one for what happened across two."""

    area = forms.ChoiceField(label=_("Place"))
    also = forms.ChoiceField(label=_("A second place"), required=False)

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        offered = choices.places()
        for name in ("area", "also"):
            self.fields[name].choices = [choices.empty(), *offered]  # type: ignore[attr-defined]

    @property
    def areas(self) -> list[str]:
        return [code for code in (self.cleaned_data["area"], self.cleaned_data["also"]) if code]


class LowerForm(forms.Form):
    """Why it is not urgent after all."""

    reason = words(_("Why it is not urgent"), rows=2, required=True)


class RaiseForm(forms.Form):
    """Why it is urgent, if one likes to say."""

    reason = words(_("Why it is urgent"), rows=2)
