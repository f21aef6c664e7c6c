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
