"""What became of a case that is not simply solved, and looking at it again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mulian.modules.cases.domain.outcomes import REGISTERED, Outcome, Plan
from mulian.modules.cases.queries.words import OUTCOMES
from mulian.modules.cases.web.forms.said import PlacedForm, words


def _day(label: Any, *, required: bool = False) -> forms.DateField:
    return forms.DateField(
        label=label, required=required, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )


class SettleForm(PlacedForm):
    """What was done for now, what follows, and who is in charge of it."""

    outcome = forms.ChoiceField(label=_("What became of it"), widget=forms.RadioSelect)
    text = words(_("What was done and what follows"))
    leader = forms.UUIDField(label=_("Leader in charge"), widget=forms.Select)
    review_on = _day(_("To be looked at again on"), required=True)
    contractor = forms.CharField(label=_("Who builds it"), required=False, max_length=120)
    fund = forms.CharField(label=_("From which fund"), required=False, max_length=120)
    starts_on = _day(_("Work begins on"))
    ends_on = _day(_("Work ends on"))
    address = forms.CharField(label=_("The right address"), required=False, max_length=300)
    reason = words(_("Reason"), rows=2)

    def offer(self, leaders: list[tuple[str, str]]) -> None:
        """Leaders of the county."""
        choices = [(each.value, OUTCOMES[each]) for each in REGISTERED]
        self.fields["outcome"].choices = [(code, _(name)) for code, name in choices]  # type: ignore[attr-defined]
        self.fields["leader"].widget.choices = [("", "—"), *leaders]

    @property
    def plan(self) -> Plan:
        given = self.cleaned_data
        names = ("leader", "review_on", "contractor", "fund", "starts_on", "ends_on", "address")
        return Plan(outcome=Outcome(given["outcome"]), **{name: given[name] for name in names})


class ReviewForm(forms.Form):
    """What was found, and when it is looked at again; without a day it is done."""

    text = words(_("What was found"), rows=2, required=True)
    again_on = _day(_("To be looked at again on"))
