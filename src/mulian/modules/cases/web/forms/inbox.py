"""The filters of the inbox; they live in the address, so that a list can be shared and kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mulian.core.access import scope
from mulian.kernel.actor import Actor
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries.lists import Filter
from mulian.modules.cases.web.showing import choices, looks

WHOSE = [("unit", _("Mine and my office's")), ("mine", _("Only mine")), ("all", _("All I may see"))]


class InboxForm(forms.Form):
    """State, place, topic, urgent, whose, words."""

    q = forms.CharField(
        label=_("Words or number"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    whose = forms.ChoiceField(label=_("Whose"), required=False, choices=WHOSE)
    state = forms.ChoiceField(label=_("State"), required=False)
    area = forms.ChoiceField(label=_("Place"), required=False)
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    urgent = forms.BooleanField(label=_("Only urgent"), required=False)
    overdue = forms.BooleanField(label=_("Only overdue"), required=False)

    def __init__(self, *args: Any, actor: Actor, **more: Any) -> None:
        super().__init__(*args, **more)
        offered = {
            "state": [("", _("all open")), *looks.states()],
            "area": [("", _("everywhere")), *choices.my_places(actor)],
            "topic": [("", _("all topics")), *choices.topics()],
        }
        for name, found in offered.items():
            self.fields[name].choices = found  # type: ignore[attr-defined]

    def filter(self, actor: Actor) -> Filter:
        """What the lists understand. An address with nonsense in it shows the plain inbox."""
        given = self.cleaned_data if self.is_valid() else {}
        whose = given.get("whose") or default_whose(actor)
        state = given.get("state") or ""
        return Filter(
            states=(state,) if state else (),
            area=given.get("area") or "",
            topic=given.get("topic") or "",
            urgent=True if given.get("urgent") else None,
            mine=whose == "mine",
            units=tuple(actor.units) if whose == "unit" else (),
            text=given.get("q") or "",
            overdue=bool(given.get("overdue")),
        )


def default_whose(actor: Actor) -> str:
    """Whoever works for an office begins with its cases; who watches the county, with all they may see."""
    return "unit" if actor.units and not scope.permitted(actor, Permission.DUTY) else "all"
