"""What an interpreter writes, what a listener puts right, and the words of the glossary."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from mulian.modules.cases.web.forms.said import words


class TranslationForm(forms.Form):
    """The translation; `seen` is the text it was made from and `wording` how often it
    had been written, so that nobody writes over what was changed meanwhile."""

    text = words(_("Translation"), rows=7, required=True, **{"data-focus": "", "data-translation": ""})
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    wording = forms.IntegerField(widget=forms.HiddenInput, required=False)
    remember = forms.BooleanField(
        label=_("It names nobody: its sentences may be offered again to interpreters"), required=False
    )


class CorrectionForm(forms.Form):
    """The transcript as it should read."""

    transcript = words(_("What the voice says"), rows=6, required=True, **{"data-focus": ""})


class TermForm(forms.Form):
    """One word in both languages."""

    code = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    zh = forms.CharField(label=_("Chinese"), max_length=60)
    bo = forms.CharField(label=_("Tibetan"), max_length=120)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)


class SoughtForm(forms.Form):
    """Looks for a term."""

    q = forms.CharField(label=_("Word"), max_length=60, required=False)
