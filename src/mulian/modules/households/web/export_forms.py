"""What to export, what for, and for how long."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mulian.modules.households.domain.exporting import MOST_DAYS, exportable
from mulian.modules.households.models import Export
from mulian.modules.households.queries.catalogue import catalogue
from mulian.modules.households.web.places import Choices
from mulian.modules.households.web.showing import words


class ExportForm(forms.Form):
    """`items`: only what may leave is offered."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    area = forms.ChoiceField(label=_("Households of"))
    purpose = forms.CharField(
        label=_("What it is for"), max_length=200, help_text=_("It stands in the table and in the log.")
    )
    days = forms.IntegerField(
        label=_("Days until the download ends"), min_value=1, max_value=MOST_DAYS, initial=1
    )
    form = forms.ChoiceField(
        label=_("Kind of file"), choices=[(f.value, f.value.upper()) for f in Export.Form]
    )
    people = forms.BooleanField(label=_("With the members"), required=False)
    items = forms.MultipleChoiceField(label=_("Facts"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, areas: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = areas  # type: ignore[attr-defined]
        named = [(item.code, words(item.name)) for item in exportable(catalogue())]
        self.fields["items"].choices = named  # type: ignore[attr-defined]
