"""Which household a report is for, asked by who has no ledger: two things known of it, and why (G8)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mulian.kernel.actor import Actor
from mulian.modules.cases.web.showing import choices

PREFIX = "seek"


class SeekForm(forms.Form):
    """Its fields stand inside the report's form, told apart by their prefix; only a search sends them on."""

    prefix = PREFIX
    phone = forms.CharField(label=_("Telephone number"), required=False, max_length=20)
    name = forms.CharField(label=_("Name"), required=False, max_length=60)
    number = forms.CharField(label=_("Number"), required=False, max_length=20)
    village = forms.ChoiceField(label=_("Village"), required=False)
    reason = forms.CharField(
        label=_("Why this household is looked for"), max_length=200, help_text=_("Kept with the search.")
    )

    def __init__(self, *args: Any, actor: Actor, **more: Any) -> None:
        super().__init__(*args, **more)
        self.use_required_attribute = False
        villages = [("", "—"), *choices.villages(actor)]
        self.fields["village"].choices = villages  # type: ignore[attr-defined]

    @property
    def names(self) -> str:
        """What a search sends, of all that stands in the report's form."""
        return ",".join(self.add_prefix(name) for name in self.fields)
