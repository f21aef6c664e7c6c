"""Forms of work that several share: calling offices in, answering one's part."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from mulian.modules.cases.web.forms.said import EvidenceForm, words


class WhistleForm(forms.Form):
    """Which offices, and what they are needed for."""

    units = forms.MultipleChoiceField(label=_("Who is called in"), widget=forms.CheckboxSelectMultiple)
    asked = words(_("What they are needed for"), rows=2, required=True)
    today = forms.BooleanField(label=_("Help the family needs today"), required=False)

    def offer(self, units: Iterable[tuple[str, str, str]], first: Iterable[str]) -> None:
        """Departments, those competent for the topic first and ticked."""
        listed = {code: name for code, name, kind in units if kind == "department"}
        chosen = [code for code in first if code in listed]
        order = [*chosen, *(code for code in listed if code not in chosen)]
        self.fields["units"].choices = [(code, listed[code]) for code in order]  # type: ignore[attr-defined]
        self.fields["units"].initial = chosen


class PartAnswerForm(EvidenceForm):
    """What the office did."""

    text = words(_("What your office did"))


class AssignForm(forms.Form):
    """The county's decision: who leads, who helps, and why."""

    to = forms.ChoiceField(label=_("Office that leads"))
    units = forms.MultipleChoiceField(
        label=_("Who else is called in"), widget=forms.CheckboxSelectMultiple, required=False
    )
    reason = words(_("Reason of the decision"), rows=2, required=True)

    def offer(self, units: Iterable[tuple[str, str, str]], first: Iterable[str]) -> None:
        """Every office; the first competent one leads unless another is chosen."""
        found = list(units)
        leads = next((code for code in first if code in {code for code, _name, _kind in found}), "")
        self.fields["to"].choices = [("", "—"), *((code, name) for code, name, _kind in found)]  # type: ignore[attr-defined]
        self.fields["to"].initial = leads
        self.fields["units"].choices = [(c, n) for c, n, kind in found if kind == "department"]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> list[str]:
        """The leading office first."""
        return [self.cleaned_data["to"], *self.cleaned_data["units"]]
