"""Forms of the console's pages about programs outside. They check shape; the actions check rights and rules."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mulian.gateways.open311.actions.keys import USUAL_PER_HOUR

_WORDS = forms.Textarea(attrs={"rows": 4})
_NUMBER = forms.TextInput(
    attrs={"autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"}
)


class KeyForm(forms.Form):
    """A new key."""

    owner = forms.CharField(label=_("Whose program it is"), max_length=80)
    contact = forms.CharField(
        label=_("Whom to reach there"),
        max_length=120,
        required=False,
        help_text=_("Name and number of a person."),
    )
    per_hour = forms.IntegerField(
        label=_("Requests it may send in an hour"), min_value=1, max_value=100_000, initial=USUAL_PER_HOUR
    )


class NumberForm(forms.Form):
    """Which case."""

    number = forms.CharField(label=_("Number of the case"), max_length=30, widget=_NUMBER)


class HandForm(forms.Form):
    """Where a case is handed, and the words that go. `sure` is set by the page that shows what will be sent."""

    to = forms.ChoiceField(label=_("Other system and its service"))
    text = forms.CharField(
        label=_("What the other system shall read"),
        max_length=4000,
        widget=_WORDS,
        help_text=_("Without names. The place goes along as the public sees it."),
    )
    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, places: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = list(places)  # type: ignore[attr-defined]

    @property
    def there(self) -> dict[str, str]:
        """The system and the service chosen."""
        system, _, service = self.cleaned_data["to"].partition("|")
        return {"system": system, "service": service}


class MappingForm(forms.Form):
    """A topic of ours, and the service it is there."""

    topic = forms.ChoiceField(label=_("Topic"), required=False)
    service = forms.ChoiceField(label=_("Their service"), required=False)

    def __init__(
        self,
        *args: Any,
        topics: Iterable[tuple[str, str]],
        services: Iterable[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["topic"].choices = [*topics, ("", _("everything else"))]
        fields["service"].choices = [*services, ("", _("not taken there"))]


class ReleaseForm(forms.Form):
    """Words let out."""

    number = forms.CharField(label=_("Number of the case"), max_length=30, widget=_NUMBER)
    text = forms.CharField(
        label=_("What everybody may read of it"),
        max_length=4000,
        required=False,
        widget=_WORDS,
        help_text=_("Without names and homes. Leave it empty to take back what was said."),
    )
    sha256 = forms.ChoiceField(label=_("Picture or voice that goes with it"), required=False)

    def __init__(self, *args: Any, media: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sha256"].choices = [("", _("none")), *media]  # type: ignore[attr-defined]
