"""Forms of people and duties. They check shape; the actions check rights and rules."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from mulian.core.access.models import DutyShift
from mulian.core.areas.models import Area, Unit
from mulian.kernel.actor import Role

LANGUAGES = [("bo", "བོད་ཡིག"), ("zh-hans", "中文"), ("en", "English")]
SPOKEN = [("", "—"), ("bo", _("Tibetan")), ("zh-hans", _("Chinese"))]
KINDS = [(DutyShift.Kind.DUTY.value, _("on duty")), (DutyShift.Kind.LISTENING.value, _("listening"))]
_MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class SearchForm(forms.Form):
    """Looks for staff by name or user name."""

    q = forms.CharField(label=_("Name or user name"), required=False, max_length=60)


class PersonForm(forms.Form):
    """A new login."""

    name = forms.CharField(label=_("Name"), max_length=60)
    username = forms.CharField(
        label=_("User name"),
        max_length=60,
        validators=[
            RegexValidator(r"^[a-z0-9][a-z0-9._-]*$", _("Use small letters, digits, dots and dashes."))
        ],
        widget=forms.TextInput(
            attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}
        ),
    )
    phone = forms.CharField(
        label=_("Telephone number"),
        required=False,
        max_length=20,
        validators=[RegexValidator(r"^[0-9+ -]*$", _("Use digits only."))],
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, initial="zh-hans")


class PostingForm(forms.Form):
    """A duty: role, place, office, from and to."""

    role = forms.ChoiceField(label=_("Duty"), choices=[(role.value, role.value) for role in Role])
    area = forms.CharField(
        label=_("Place"),
        max_length=30,
        help_text=_("The code of the place; start typing a name."),
        widget=forms.TextInput(attrs={"list": "places", "autocomplete": "off"}),
    )
    unit = forms.ModelChoiceField(label=_("Office"), queryset=Unit.objects.none(), required=False)
    valid_from = forms.DateTimeField(label=_("From"), required=False, widget=_MOMENT)
    valid_to = forms.DateTimeField(label=_("Until"), required=False, widget=_MOMENT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = offices()  # type: ignore[attr-defined]

    def clean_area(self) -> str:
        code: str = self.cleaned_data["area"].partition(" ")[0]
        if not Area.objects.filter(code=code, valid_to__isnull=True).exists():
            raise forms.ValidationError(_("There is no such place."))
        return code


class LeaveForm(forms.Form):
    """Away from a duty, perhaps with a deputy named by user name."""

    starts = forms.DateTimeField(label=_("From"), widget=_MOMENT)
    ends = forms.DateTimeField(label=_("Until"), widget=_MOMENT)
    deputy = forms.CharField(
        label=_("Deputy (user name)"),
        required=False,
        max_length=60,
        help_text=_("Without a deputy the work goes one level up."),
    )


class ShiftForm(forms.Form):
    """A shift on the rota of an office."""

    unit = forms.ModelChoiceField(label=_("Office"), queryset=Unit.objects.none())
    username = forms.CharField(label=_("User name"), max_length=60)
    kind = forms.ChoiceField(label=_("Kind of shift"), choices=KINDS)
    language = forms.ChoiceField(label=_("Listens in"), choices=SPOKEN, required=False)
    starts = forms.DateTimeField(label=_("From"), widget=_MOMENT)
    ends = forms.DateTimeField(label=_("Until"), widget=_MOMENT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = offices()  # type: ignore[attr-defined]


class NamesForm(forms.Form):
    """The shown names of a place."""

    name_bo = forms.CharField(
        label=_("Name in Tibetan"),
        required=False,
        max_length=160,
        widget=forms.TextInput(attrs={"lang": "bo"}),
    )
    name_en = forms.CharField(label=_("Name in English"), required=False, max_length=120)


def offices() -> Any:
    """Offices that exist, in the order of their places."""
    return Unit.objects.filter(valid_to__isnull=True).order_by("kind", "code")
