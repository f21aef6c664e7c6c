"""Forms of the register. They check shape; the actions check rights and rules."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mulian.modules.households.domain.camps import MoveKind, Season
from mulian.modules.households.domain.members import OLDEST_BIRTH_YEAR, Relation
from mulian.modules.households.domain.titles import RELATIONS, SEASONS
from mulian.modules.households.web.places import Choices, Groups

LANGUAGES = [("bo", "བོད་ཡིག"), ("zh-hans", "中文"), ("en", "English")]
_PHONE = RegexValidator(r"^[0-9+ -]*$", _("Use digits only."))
_TEL = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})


def _translated(titles: dict[str, str]) -> Choices:
    return [(code, gettext(title)) for code, title in titles.items()]


class LedgerForm(forms.Form):
    """Narrows the list of one's own households."""

    q = forms.CharField(label=_("Name or number"), required=False, max_length=60)
    area = forms.ChoiceField(label=_("Place"), required=False)

    def __init__(self, *args: Any, areas: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [("", gettext("All")), *areas]  # type: ignore[attr-defined]


class FindForm(forms.Form):
    """Two identifiers and the reason, which is kept with the search."""

    number = forms.CharField(label=_("Number"), required=False, max_length=20)
    name = forms.CharField(label=_("Name"), required=False, max_length=60)
    phone = forms.CharField(label=_("Telephone number"), required=False, max_length=20, widget=_TEL)
    village = forms.ChoiceField(label=_("Village"), required=False)
    reason = forms.CharField(
        label=_("Why this household is looked for"), max_length=200, help_text=_("Kept with the search.")
    )

    def __init__(self, *args: Any, villages: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["village"].choices = [("", "—"), *villages]  # type: ignore[attr-defined]


class DetailsForm(forms.Form):
    """What is written about a household."""

    name = forms.CharField(label=_("Household head"), max_length=60)
    name_bo = forms.CharField(label=_("Name in Tibetan"), required=False, max_length=120)
    phone = forms.CharField(
        label=_("Telephone number"), required=False, max_length=20, validators=[_PHONE], widget=_TEL
    )
    language = forms.ChoiceField(
        label=_("Language the family wants to be spoken to in"), choices=LANGUAGES, initial="bo"
    )


class RegisterForm(DetailsForm):
    """A new household: where it is registered and where it lives."""

    village = forms.ChoiceField(label=_("Registered in"))
    residing = forms.ChoiceField(label=_("Lives in"))

    def __init__(self, *args: Any, villages: Choices, homes: Groups, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["village"].choices = villages  # type: ignore[attr-defined]
        self.fields["residing"].choices = homes  # type: ignore[attr-defined]


class MemberForm(forms.Form):
    """A member of a household."""

    name = forms.CharField(label=_("Name"), max_length=60)
    name_bo = forms.CharField(label=_("Name in Tibetan"), required=False, max_length=120)
    birth_year = forms.IntegerField(
        label=_("Year of birth"), required=False, min_value=OLDEST_BIRTH_YEAR, max_value=2100
    )
    relation = forms.ChoiceField(label=_("Relation to the head"))
    phone = forms.CharField(
        label=_("Telephone number"), required=False, max_length=20, validators=[_PHONE], widget=_TEL
    )
    speaks_for = forms.BooleanField(label=_("Speaks for the household"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["relation"].choices = _translated(RELATIONS)  # type: ignore[attr-defined]

    def clean_relation(self) -> Relation:
        return Relation(self.cleaned_data["relation"])


class MoveForm(forms.Form):
    """Where to and since when; a date in the past is welcome, news often come late."""

    kind = forms.ChoiceField(label=_("What changes"))
    to = forms.ChoiceField(label=_("Where to"), required=False)
    at = forms.DateTimeField(
        label=_("Since when"),
        required=False,
        help_text=_("Leave empty for now. An earlier date goes into history and leaves today as it is."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
    )

    def __init__(self, *args: Any, camps: Choices, homes: Groups, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (MoveKind.CAMP.value, gettext("Camp")),
            (MoveKind.RESIDING.value, gettext("Lives in")),
            (MoveKind.REGISTERED.value, gettext("Registered in")),
        ]
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            ("", gettext("Left the camp")),
            *([(gettext("Camps of the household"), camps)] if camps else []),
            *homes,
        ]

    def clean(self) -> dict[str, Any]:
        """Only a camp can be left; a household always lives and is registered somewhere."""
        given = super().clean() or self.cleaned_data
        if given.get("kind") != MoveKind.CAMP and not given.get("to"):
            self.add_error("to", gettext("Choose a place from the list."))
        return given


class CampForm(forms.Form):
    """A seasonal place the household declares (WGS84 degrees)."""

    season = forms.ChoiceField(label=_("Season"))
    area = forms.ChoiceField(label=_("Place"))
    name_zh = forms.CharField(label=_("Name"), max_length=60)
    name_bo = forms.CharField(label=_("Name in Tibetan"), required=False, max_length=120)
    lat = forms.FloatField(label=_("Latitude"), required=False, min_value=-90, max_value=90)
    lon = forms.FloatField(label=_("Longitude"), required=False, min_value=-180, max_value=180)

    def __init__(self, *args: Any, homes: Groups, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["season"].choices = _translated(SEASONS)  # type: ignore[attr-defined]
        self.fields["area"].choices = homes  # type: ignore[attr-defined]

    def clean_season(self) -> Season:
        return Season(self.cleaned_data["season"])


class HandOverForm(forms.Form):
    """Who takes a grid area over."""

    person = forms.ChoiceField(label=_("New liaison"))
    beside = forms.BooleanField(label=_("Beside the present liaison, who stays"), required=False)

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = people  # type: ignore[attr-defined]


class CloseForm(forms.Form):
    """Why a household is served no longer."""

    reason = forms.CharField(label=_("Reason"), max_length=200)
    on = forms.DateField(
        label=_("Since which day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
