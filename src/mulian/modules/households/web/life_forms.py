"""Forms of what happens to a household: somebody comes or leaves, it splits, goes into another, is opened again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from mulian.modules.households.domain.lives import CAME, WENT, Why
from mulian.modules.households.domain.readers import VILLAGE_LENGTH
from mulian.modules.households.domain.titles import WHYS
from mulian.modules.households.models import Member
from mulian.modules.households.web.forms import MemberForm
from mulian.modules.households.web.places import Choices, Groups


def _day() -> forms.DateField:
    return forms.DateField(
        label=_("Since which day"),
        required=False,
        help_text=_("Leave empty for today. News that come late find their place in history."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def _whys(whys: Iterable[Why]) -> Choices:
    return [(why.value, gettext(WHYS[why])) for why in whys]


def people(members: Iterable[Member]) -> Choices:
    language = (get_language() or "").partition("-")[0]
    return [(str(member.id), member.called(language)) for member in members]


class CameForm(MemberForm):
    """Who came, why, since when."""

    why = forms.ChoiceField(label=_("Why"))
    on = _day()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"].choices = _whys(CAME)  # type: ignore[attr-defined]
        self.order_fields(["why", "on"])


class WentForm(forms.Form):
    """Why somebody left, since when, and who heads the household then."""

    why = forms.ChoiceField(label=_("Why"))
    on = _day()
    head = forms.ChoiceField(label=_("New household head"))

    def __init__(self, *args: Any, others: Iterable[Member], heads: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"].choices = _whys(WENT)  # type: ignore[attr-defined]
        self.fields["head"].choices = [("", "—"), *people(others)]  # type: ignore[attr-defined]
        if not heads:
            del self.fields["head"]


class SplitForm(forms.Form):
    """Who leaves together, who heads them, where they live, since when."""

    members = forms.MultipleChoiceField(label=_("Who leaves together"), widget=forms.CheckboxSelectMultiple)
    head = forms.ChoiceField(label=_("Head of the new household"))
    residing = forms.ChoiceField(label=_("Lives in"))
    on = _day()

    def __init__(self, *args: Any, present: Iterable[Member], homes: Groups, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = people(present)
        self.fields["members"].choices = choices  # type: ignore[attr-defined]
        self.fields["head"].choices = choices  # type: ignore[attr-defined]
        self.fields["residing"].choices = homes  # type: ignore[attr-defined]
        offered = {code for _name, inside in homes for code, _ in inside}
        home = str(self.initial.get("residing") or "")
        self.initial["residing"] = home if home in offered else home[:VILLAGE_LENGTH]

    def clean_members(self) -> list[UUID]:
        return [UUID(id) for id in self.cleaned_data["members"]]

    def clean_head(self) -> UUID:
        return UUID(self.cleaned_data["head"])


class MergeForm(forms.Form):
    """Into which household, who stands in both, since when."""

    into = forms.CharField(label=_("Number of the household it goes into"), max_length=20)
    same = forms.MultipleChoiceField(
        label=_("Who stands in the other household already"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    on = _day()

    def __init__(self, *args: Any, present: Iterable[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["same"].choices = people(present)  # type: ignore[attr-defined]

    def clean_same(self) -> list[UUID]:
        return [UUID(id) for id in self.cleaned_data["same"]]


class SinceForm(forms.Form):
    """Since which day."""

    on = _day()
