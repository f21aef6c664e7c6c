"""The form of one paper: only what its kind lets be taken over, and the covered picture if one is kept."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mulian.core.providers.ocr.reading import LARGEST
from mulian.modules.households.actions.certificates import Covered
from mulian.modules.households.domain.catalogue import Of
from mulian.modules.households.domain.certificates import BIRTH_YEAR, NAME, NAME_BO, OWN, VALID_TO, Taken
from mulian.modules.households.models import Household
from mulian.modules.households.queries.catalogue import catalogue
from mulian.modules.households.queries.certificates import CertificateKind, kinds
from mulian.modules.households.web.register_forms import _date, _value_field, people
from mulian.modules.households.web.showing import words

_NAMES = {NAME: _("Name"), NAME_BO: _("Name in Tibetan")}


class KindForm(forms.Form):
    """Which paper, and whose."""

    code = forms.ChoiceField(label=_("Paper"))
    member = forms.ChoiceField(label=_("Whose"), required=False)

    def __init__(self, *args: Any, row: Household, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(code, words(kind.document.name)) for code, kind in kinds().items()]
        self.fields["code"].choices = named  # type: ignore[attr-defined]
        self.fields["member"].choices = people(row, gettext("The household"))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        kind = kinds().get(given.get("code", ""))
        if kind is not None and kind.document.of == Of.MEMBER and not given.get("member"):
            self.add_error("member", gettext("Choose whose paper it is."))
        return given


class CertificateForm(forms.Form):
    """What stands in the paper, as a person read it; empty: not taken over."""

    seen_on = _date(_("Seen on"), _("Leave empty for today."))
    picture = forms.CharField(required=False, widget=forms.HiddenInput)
    signature = forms.CharField(required=False, widget=forms.HiddenInput)
    covered = forms.BooleanField(
        label=_("I covered the portrait, the person's number and everything else that must not be kept."),
        required=False,
    )

    def __init__(self, *args: Any, kind: CertificateKind, writable: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.items = [code for code in kind.targets if code not in OWN and code in writable]
        for to in kind.targets:
            if to in _NAMES:
                self.fields[to] = forms.CharField(label=_NAMES[to], required=False, max_length=60)
            elif to == BIRTH_YEAR:
                self.fields[to] = forms.IntegerField(
                    label=_("Year of birth"), required=False, min_value=1900, max_value=2100
                )
            elif to == VALID_TO:
                self.fields[to] = _date(_("Valid to"))
            elif to in self.items:
                self.fields[to] = _value_field(catalogue().items[to])
        self.order_fields([*kind.targets, "seen_on"])

    def clean_picture(self) -> bytes:
        text = self.cleaned_data["picture"]
        try:
            content = base64.b64decode(text, validate=True)
        except binascii.Error:
            raise forms.ValidationError(gettext("The picture was not whole. Choose it again.")) from None
        if len(content) > LARGEST:
            raise forms.ValidationError(gettext("The picture was not whole. Choose it again."))
        return content

    def told(self) -> list[Any]:
        """The fields to fill in, each with its target."""
        return [self[name] for name in self.fields if name in (*self.kind.targets, "seen_on")]

    def taken(self) -> Taken:
        given = self.cleaned_data
        return Taken(
            name=given.get(NAME) or None,
            name_bo=given.get(NAME_BO) or None,
            birth_year=given.get(BIRTH_YEAR),
            valid_to=given.get(VALID_TO),
            items=tuple((code, str(given[code])) for code in self.items if given.get(code) not in (None, "")),
        )

    def kept_picture(self) -> Covered | None:
        given = self.cleaned_data
        if not given["picture"]:
            return None
        return Covered(given["picture"], given["signature"], given["covered"])
