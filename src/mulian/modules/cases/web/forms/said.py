"""What people say with a step: words, a voice recorded in the page, photos. Files are sent to /files beforehand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mulian.core.files.kinds import LONGEST_SECONDS
from mulian.core.files.web.fields import Hash, Hashes
from mulian.modules.cases.actions.gathering import Spot
from mulian.modules.cases.actions.said import PHOTO_LIMIT, TEXT_LIMIT, Voice

SAID = (("yes", _("Yes, it is solved")), ("no", _("No, not yet")))
WORD = {"yes": True, "no": False}
"""What a family may say of an answer; anything else a form offers stands for neither."""


def words(label: Any, *, rows: int = 4, required: bool = False, **attrs: str) -> forms.CharField:
    """A text people write; long enough for what they need to say."""
    widget = forms.Textarea(attrs={"rows": rows, **attrs})
    return forms.CharField(label=label, required=required, max_length=TEXT_LIMIT, widget=widget)


class SaidForm(forms.Form):
    """Words, a voice, or both."""

    text = words(_("In words"))
    voice = Hash(required=False)
    voice_seconds = forms.FloatField(
        required=False, min_value=0, max_value=LONGEST_SECONDS, widget=forms.HiddenInput
    )
    voice_mime = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    @property
    def spoken(self) -> Voice | None:
        """The recording, as the actions take it."""
        given = self.cleaned_data
        if not given["voice"]:
            return None
        return Voice(sha256=given["voice"], seconds=given["voice_seconds"], mime=given["voice_mime"])


class EvidenceForm(SaidForm):
    """Words, a voice, photos."""

    photos = Hashes(required=False)
    photo_limit = PHOTO_LIMIT


class PlacedForm(EvidenceForm):
    """Evidence of what was done, where it was made, and why not at the place."""

    lat = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    lon = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    accuracy = forms.FloatField(required=False, min_value=0, max_value=100_000, widget=forms.HiddenInput)

    @property
    def spot(self) -> Spot | None:
        """Where it was made, if the browser was asked for it."""
        given = self.cleaned_data
        if given.get("lat") is None or given.get("lon") is None:
            return None
        return Spot(lat=given["lat"], lon=given["lon"], accuracy=given["accuracy"])

    def explain(self, why: Any) -> None:
        """Asks for the reason that this case needs; None: it needs none."""
        if why:
            self.fields["reason"].label = why
        else:
            del self.fields["reason"]
