"""What people say at the public page. Every form carries a signed slip: its id, and when it was handed out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mulian.core.files.kinds import LONGEST_SECONDS
from mulian.modules.cases.web.forms.pictures import Pictures
from mulian.modules.cases.web.forms.said import SAID, WORD, words
from mulian.modules.cases.web.showing import choices

REACH_LIMIT = 120
VOICE_KINDS = "audio/*,video/webm,video/mp4"


class TrapForm(forms.Form):
    """`website` is seen by no person; what fills it in is no person."""

    website = forms.CharField(
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    slip = forms.CharField(max_length=400, widget=forms.HiddenInput)


class SpokenForm(TrapForm):
    """Words, or a voice: recorded in the page, or a file where the browser cannot."""

    text = words(_("In words"), rows=5)
    voice = forms.FileField(
        label=_("By voice"),
        required=False,
        widget=forms.FileInput(attrs={"accept": VOICE_KINDS, "capture": "user"}),
    )
    voice_seconds = forms.FloatField(
        required=False, min_value=0, max_value=LONGEST_SECONDS, widget=forms.HiddenInput
    )


class ShownForm(SpokenForm):
    """Words, a voice, pictures."""

    photos = Pictures()


class PublicReportForm(ShownForm):
    """What, how dangerous, where, and how to call back: everything but the first may stay empty."""

    hazard = forms.ChoiceField(label=_("Is somebody in danger?"), required=False)
    area = forms.ChoiceField(label=_("Where it is"), required=False)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    lon = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    accuracy = forms.FloatField(required=False, min_value=0, max_value=100_000, widget=forms.HiddenInput)
    reach = forms.CharField(
        label=_("How to call you back"),
        required=False,
        max_length=REACH_LIMIT,
        widget=forms.TextInput(attrs={"autocomplete": "tel"}),
        help_text=_("A telephone number, if you like. Only whoever handles it sees it."),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["hazard"].choices = [("", _("nobody")), *choices.hazards()]  # type: ignore[attr-defined]
        self.fields["area"].choices = [("", _("not set")), *choices.places()]  # type: ignore[attr-defined]


class ComplaintForm(ShownForm):
    """About whoever serves one's own family: the village says who that is, so nobody has to be named."""

    area = forms.ChoiceField(label=_("The village or the part of it you live in"))
    reach = forms.CharField(
        label=_("How to call you back"),
        required=False,
        max_length=REACH_LIMIT,
        widget=forms.TextInput(attrs={"autocomplete": "tel"}),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["area"].choices = [("", _("not set")), *choices.homes()]  # type: ignore[attr-defined]


class AskStewardForm(TrapForm):
    """Two things of the family and a number to call back."""

    village = forms.ChoiceField(label=_("Village"))
    number = forms.CharField(label=_("Number of the household"), required=False, max_length=20)
    name = forms.CharField(label=_("Name of the head of the family"), required=False, max_length=60)
    phone = forms.CharField(label=_("Telephone number the village knows"), required=False, max_length=20)
    reach = forms.CharField(
        label=_("Number to call you back"),
        max_length=REACH_LIMIT,
        widget=forms.TextInput(attrs={"autocomplete": "tel"}),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["village"].choices = [("", _("not set")), *choices.villages()]  # type: ignore[attr-defined]


class CodeForm(forms.Form):
    """The code from the slip."""

    code = forms.CharField(
        label=_("The number on your slip"),
        max_length=60,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "code-input"}),
        help_text=_("Sixteen digits. Spaces do not matter."),
    )


class RatingForm(SpokenForm):
    """Whether it is solved, and one to five stars if somebody likes to give any; or a voice that says it."""

    solved = forms.TypedChoiceField(
        label=_("Is it solved?"),
        choices=[*SAID, ("voice", _("My voice says it"))],
        coerce=WORD.get,
    )
    stars = forms.TypedChoiceField(
        choices=[("", "—"), *((str(n), "★" * n) for n in range(5, 0, -1))],
        required=False,
        coerce=int,
        empty_value=None,
    )


class PutAsideForm(forms.Form):
    """Why a report that was held back is none."""

    reason = forms.CharField(label=_("Why it is put aside"), max_length=300)
