"""Forms of the register's items, papers and needs, made from the county's catalogue."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from mulian.modules.households.domain.care import Consent
from mulian.modules.households.domain.catalogue import Item, Of, Type
from mulian.modules.households.domain.titles import CONSENTS, SOURCES
from mulian.modules.households.domain.values import TEXT_LENGTH, Value
from mulian.modules.households.models import Household
from mulian.modules.households.queries.catalogue import catalogue
from mulian.modules.households.web.forms import LANGUAGES
from mulian.modules.households.web.places import Choices
from mulian.modules.households.web.showing import words

_DAY = {"type": "date"}


def _date(label: Any, help_text: Any = "", required: bool = False) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
    )


class ItemForm(forms.Form):
    """What is so now, as of which day, and how it is known."""

    as_of = _date(_("As of"), _("Leave empty for today. An earlier day goes into history."))
    source = forms.ChoiceField(label=_("How it is known"))

    def __init__(self, *args: Any, item: Item, now: Value = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"] = _value_field(item)
        self.initial["value"] = {True: "yes", False: "no"}[now] if isinstance(now, bool) else now
        self.fields["source"].choices = [(s.value, gettext(SOURCES[s])) for s in item.sources]  # type: ignore[attr-defined]
        self.order_fields(["value", "as_of", "source"])


def _value_field(item: Item) -> forms.Field:
    label = words(item.name)
    unknown = ("", gettext("not known"))
    match item.type:
        case Type.YES_NO:
            answers = [unknown, ("yes", gettext("Yes")), ("no", gettext("No"))]
            return forms.ChoiceField(label=label, required=False, choices=answers)
        case Type.CHOICE:
            named = [(code, words(names)) for code, names in item.choices.items()]
            return forms.ChoiceField(label=label, required=False, choices=[unknown, *named])
        case Type.COUNT:
            return forms.IntegerField(label=label, required=False, min_value=0, max_value=item.most)
        case Type.NUMBER:
            return forms.DecimalField(
                label=label, required=False, min_value=0, max_value=item.most, decimal_places=2
            )
        case Type.DATE:
            return _date(label)
    return forms.CharField(label=label, required=False, max_length=TEXT_LENGTH)


class PaperForm(forms.Form):
    """Which paper, whose, whether it is there, until when. No number, no picture."""

    code = forms.ChoiceField(label=_("Paper"))
    member = forms.ChoiceField(label=_("Whose"), required=False)
    held = forms.ChoiceField(label=_("Is it there?"))
    valid_to = _date(_("Valid to"))
    seen_on = _date(_("Seen on"), _("Leave empty for today."))

    def __init__(self, *args: Any, row: Household, cares: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [k for k in catalogue().documents.values() if cares or not k.sensitive]
        self.fields["code"].choices = [(k.code, words(k.name)) for k in kinds]  # type: ignore[attr-defined]
        self.fields["member"].choices = people(row, gettext("The household"))  # type: ignore[attr-defined]
        self.fields["held"].choices = [("yes", gettext("Yes")), ("no", gettext("No"))]  # type: ignore[attr-defined]

    def clean_member(self) -> UUID | None:
        """A paper of the household belongs to nobody in it."""
        kind = catalogue().documents.get(self.cleaned_data.get("code", ""))
        member = self.cleaned_data["member"]
        if kind is not None and kind.of == Of.MEMBER and not member:
            raise forms.ValidationError(gettext("Choose whose paper it is."))
        return UUID(member) if member and kind is not None and kind.of == Of.MEMBER else None


class PlanForm(forms.Form):
    """What is done, by whom, by when, and when it is looked at again."""

    what = forms.CharField(label=_("What will be done"), max_length=200)
    who = forms.CharField(label=_("Who does it"), max_length=60)
    due = _date(_("Until when"))
    review_on = _date(_("Look at it again on"), _("Leave empty for the longest time the county allows."))


class NeedForm(PlanForm):
    """A need the family agreed to, and the first help plan."""

    code = forms.ChoiceField(label=_("Help with"))
    member = forms.ChoiceField(label=_("For whom"), required=False)
    consent_by = forms.ChoiceField(label=_("Who agreed"))
    consent_how = forms.ChoiceField(label=_("How they agreed"))
    consent_language = forms.ChoiceField(
        label=_("In which language it was explained"), required=False, choices=LANGUAGES
    )
    consent_witness = forms.CharField(label=_("Witness"), required=False, max_length=60)

    def __init__(self, *args: Any, row: Household, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind.code, words(kind.name)) for kind in catalogue().needs.values()]
        self.fields["code"].choices = kinds  # type: ignore[attr-defined]
        self.fields["member"].choices = people(row, gettext("The household"))  # type: ignore[attr-defined]
        self.fields["consent_by"].choices = people(row)  # type: ignore[attr-defined]
        self.fields["consent_how"].choices = [(c.value, gettext(CONSENTS[c])) for c in Consent]  # type: ignore[attr-defined]
        self.initial["consent_language"] = row.language
        first = ["code", "member", "consent_by", "consent_how", "consent_language", "consent_witness"]
        self.order_fields([*first, "what", "who", "due", "review_on"])

    def clean_member(self) -> UUID | None:
        """A need of the household is nobody's own."""
        kind = catalogue().needs.get(self.cleaned_data.get("code", ""))
        member = self.cleaned_data["member"]
        if kind is None or kind.of == Of.HOUSEHOLD:
            return None
        if not member:
            raise forms.ValidationError(gettext("Choose for whom it is."))
        return UUID(member)


def people(row: Household, nobody: str = "") -> Choices:
    """The members by name; `nobody` stands for the household itself."""
    language = (get_language() or "").partition("-")[0]
    named = [(str(member.id), member.called(language)) for member in row.members.all()]
    return [("", nobody), *named] if nobody else named
