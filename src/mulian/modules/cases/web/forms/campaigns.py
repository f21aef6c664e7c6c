"""Beginning a campaign, filling its bank, charging a leader, ending it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mulian.kernel.actor import Actor
from mulian.modules.cases.actions.campaigns import LOOKERS
from mulian.modules.cases.models import BankEntry, Campaign
from mulian.modules.cases.queries.campaigns import role_titles
from mulian.modules.cases.web.forms.said import words
from mulian.modules.cases.web.showing import choices


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))


class BeginForm(forms.Form):
    """Where, from when to when, what for, who looks, who is in charge."""

    name = forms.CharField(label=_("Name of the campaign"), max_length=80)
    area = forms.ChoiceField(label=_("Where"))
    starts_on = _day(_("First day"))
    ends_on = _day(_("Last day, by which all should be done"))
    classes = forms.MultipleChoiceField(
        label=_("What is looked for"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each is a class of the bank."),
    )
    lookers = forms.MultipleChoiceField(label=_("Who looks"), widget=forms.CheckboxSelectMultiple)
    leader = forms.UUIDField(label=_("Leader in charge"), widget=forms.Select)

    def offer(self, actor: Actor, leaders: list[tuple[str, str]]) -> None:
        fields: Any = self.fields
        fields["area"].choices = choices.my_places(actor)
        fields["classes"].choices = choices.topics()
        titles = role_titles(choices.language())
        fields["lookers"].choices = [(role.value, titles.get(role.value, role.value)) for role in LOOKERS]
        fields["leader"].widget.choices = [("", "—"), *leaders]


class AdoptForm(forms.Form):
    """A case by its number."""

    number = forms.CharField(label=_("Number of the case"), max_length=24)


class EndForm(forms.Form):
    """What the report says in words."""

    text = words(_("What the campaign found and what follows"), required=True)


class ChargeForm(forms.Form):
    """Who is in charge of one problem, until when."""

    leader = forms.UUIDField(label=_("Leader in charge"), widget=forms.Select)
    target_on = _day(_("To be done by"))
    matter = forms.ChoiceField(label=_("Class"), required=False)

    def offer(self, campaign: Campaign, leaders: list[tuple[str, str]], names: dict[str, str]) -> None:
        fields: Any = self.fields
        fields["leader"].widget.choices = leaders
        fields["matter"].choices = [*((code, names[code]) for code in campaign.classes), ("", names[""])]

    @staticmethod
    def initial_of(entry: BankEntry) -> dict[str, Any]:
        return {"leader": entry.leader_id, "target_on": entry.target_on, "matter": entry.matter}
