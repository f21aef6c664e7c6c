"""A report an officer writes down: their own, or for somebody who called, came or wrote."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mulian.modules.cases.domain.doors import WRITTEN_DOWN, Door
from mulian.modules.cases.queries.came_by import DOORS
from mulian.modules.cases.web.forms.said import EvidenceForm, words
from mulian.modules.cases.web.showing import choices


class ReportForm(EvidenceForm):
    """What, where, for whom, how urgent. `id` makes sending twice harmless; `add_to` is the caller's open case."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    door = forms.ChoiceField(label=_("How it came"), required=False, widget=forms.RadioSelect)
    add_to = forms.UUIDField(required=False, widget=forms.HiddenInput)
    text = words(_("What happened"), rows=5)
    area = forms.ChoiceField(
        label=_("Where it happened"),
        required=False,
        help_text=_("Left empty, Mulian takes it from the words or from the household."),
    )
    on_behalf_of = forms.CharField(
        label=_("Who reported it"),
        required=False,
        max_length=120,
        help_text=_("A name and how to call back; only whoever handles the case sees it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    household = forms.UUIDField(required=False, widget=forms.HiddenInput)
    urgent = forms.BooleanField(label=_("It is urgent"), required=False)
    hazard = forms.ChoiceField(label=_("Danger"), required=False)
    about_unit = forms.ChoiceField(
        label=_("It is a complaint about this office"),
        required=False,
        help_text=_("The office it is about never receives it."),
    )

    def clean_door(self) -> str:
        return str(self.cleaned_data["door"] or Door.CONSOLE)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        offered = {
            "door": [(door.value, gettext(DOORS[door])) for door in WRITTEN_DOWN],
            "area": [("", _("not set")), *choices.places()],
            "hazard": [("", _("none")), *choices.hazards()],
            "about_unit": [("", _("no complaint")), *((str(id), name) for id, name in choices.offices())],
        }
        for name, found in offered.items():
            self.fields[name].choices = found  # type: ignore[attr-defined]
