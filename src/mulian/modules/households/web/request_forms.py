"""What a family asks of its own record; the fields fit the kind. The actions check rights and rules."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mulian.kernel.ids import uuid7
from mulian.modules.households.domain.members import OLDEST_BIRTH_YEAR
from mulian.modules.households.domain.request_titles import EXTENTS, FIELDS
from mulian.modules.households.domain.requests import Extent, Kind, Target
from mulian.modules.households.models import Household
from mulian.modules.households.queries.catalogue import catalogue
from mulian.modules.households.web.places import Choices
from mulian.modules.households.web.register_forms import _value_field
from mulian.modules.households.web.views.ledger import both_names

LONGEST = 500


class RequestForm(forms.Form):
    """Who asks and how the desk knows them, then what. No number and no picture is taken."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    asked_by = forms.TypedChoiceField(label=_("Who asks"), coerce=UUID, empty_value=None)
    known_by = forms.CharField(
        label=_("How you know them"), max_length=200, help_text=_("Known to me, brought by the liaison, …")
    )

    def __init__(
        self, *args: Any, row: Household, kind: Kind, about: Target | None, needs: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("id", uuid7())
        self.kind, self.about = kind, about
        people = [(str(member.id), both_names(member)["called"]) for member in row.members.all()]
        self.fields["asked_by"].choices = people  # type: ignore[attr-defined]
        if kind == Kind.CORRECT and about is not None and about.what != "other":
            self.fields["wanted"] = _right(about)
            self.fields["wanted"].label = gettext("What is right")
        if kind == Kind.DELETE:
            self.fields["target"] = _extent(row)
        if kind == Kind.WITHDRAW:
            every = ("", gettext("All help"))
            self.fields["target"] = forms.ChoiceField(
                label=gettext("Consent to"), required=False, choices=[every, *needs]
            )
        if kind in (Kind.DELETE, Kind.WITHDRAW) and people:
            whole = ("", gettext("The household"))
            self.fields["member"] = forms.TypedChoiceField(
                label=gettext("About whom"),
                required=False,
                coerce=UUID,
                empty_value=None,
                choices=[whole, *people],
            )
        self.fields["words"] = forms.CharField(
            label=gettext("What the family says"),
            max_length=LONGEST,
            required=bool(about and about.what == "other"),
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def asked(self) -> dict[str, Any]:
        """As `actions.Asked` takes it."""
        given = self.cleaned_data
        wanted = given.get("wanted")
        return {
            "kind": self.kind,
            "by": given["asked_by"],
            "known_by": given["known_by"],
            "member": given.get("member"),
            "target": str(self.about) if self.about else given.get("target", ""),
            "wanted": "" if wanted is None else str(wanted),
            "words": given["words"],
        }


def _right(about: Target) -> forms.Field:
    """The field for what is right instead, as its kind of value asks."""
    if about.what == "item":
        return _value_field(catalogue().items[about.code])
    label = gettext(FIELDS[about.code])
    if about.code == "birth_year":
        return forms.IntegerField(label=label, min_value=OLDEST_BIRTH_YEAR, max_value=2100)
    return forms.CharField(label=label, max_length=60, required=about.code == "name")


def _extent(row: Household) -> forms.ChoiceField:
    """Everything is offered only once the family has left."""
    offered = [one for one in Extent if one != Extent.WHOLE or row.closed_at is not None]
    return forms.ChoiceField(
        label=gettext("What is deleted"), choices=[(one.value, gettext(EXTENTS[one])) for one in offered]
    )


class DecideForm(forms.Form):
    """Why; the family is told."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST,
        help_text=_("The family is told it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
