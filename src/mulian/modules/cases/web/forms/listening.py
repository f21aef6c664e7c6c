"""What a listener writes: the words, a translation, and what the case needs to go on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mulian.modules.cases.web.forms.said import SAID, WORD, words
from mulian.modules.cases.web.showing import choices


class FamilyWordForm(forms.Form):
    """The family's voice on the answer: its words, and whether it says that the matter is solved."""

    transcript = words(_("What the voice says"), rows=6, required=True, **{"data-focus": ""})
    translation = words(_("Translation"), rows=3)
    solved = forms.TypedChoiceField(
        label=_("What the family says"),
        choices=[*SAID, ("neither", _("neither of the two"))],
        widget=forms.RadioSelect,
        coerce=WORD.get,
    )


class TranscriptForm(forms.Form):
    """Transcript first; everything else may be left as it is."""

    transcript = words(_("What the voice says"), rows=6, required=True, **{"data-focus": ""})
    translation = words(_("Translation"), rows=3)
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    area = forms.ChoiceField(label=_("Place"), required=False)
    urgent = forms.ChoiceField(
        label=_("Urgency"),
        required=False,
        choices=[("", _("by what was said")), ("yes", _("urgent")), ("no", _("not urgent"))],
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["topic"].choices = [  # type: ignore[attr-defined]
            ("", _("suggest from the words")),
            *choices.topics(),
        ]
        self.fields["area"].choices = [("", _("as it is")), *choices.places()]  # type: ignore[attr-defined]

    @property
    def urgency(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.cleaned_data["urgent"])
