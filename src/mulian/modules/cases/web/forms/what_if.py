"""A report nobody made: where, about what, of which family, how urgent, when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mulian.kernel.actor import Actor
from mulian.modules.cases.queries.what_if import Question
from mulian.modules.cases.web.showing import choices


class WhatIfForm(forms.Form):
    """Asked by GET, so that an answer has an address of its own."""

    place = forms.ChoiceField(label=_("Where it happens"))
    topic = forms.ChoiceField(label=_("What it is about"), required=False)
    registered = forms.ChoiceField(label=_("Where the family is registered"), required=False)
    residing = forms.ChoiceField(label=_("Where the family lives"), required=False)
    camp = forms.ChoiceField(label=_("Where the family camps"), required=False)
    also = forms.ChoiceField(label=_("A second place"), required=False)
    urgent = forms.BooleanField(label=_("urgent"), required=False)
    when = forms.DateTimeField(
        label=_("When"),
        required=False,
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
    )

    def __init__(self, *args: Any, actor: Actor, **more: Any) -> None:
        super().__init__(*args, **more)
        mine, all_places = choices.my_places(actor), choices.places()
        offered = {"place": mine, "topic": choices.topics()}
        for name in ("place", "topic", "registered", "residing", "camp", "also"):
            self.fields[name].choices = [choices.empty(), *offered.get(name, all_places)]  # type: ignore[attr-defined]

    @property
    def question(self) -> Question:
        given = self.cleaned_data
        names = ("place", "topic", "registered", "residing", "camp", "also", "urgent")
        return Question(**{name: given[name] for name in names})
