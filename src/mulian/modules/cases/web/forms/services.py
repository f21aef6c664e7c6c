"""Opening a service, and beginning a service list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mulian.core.packs import said as named
from mulian.modules.cases.domain.purposes import TEXT_MOST, Purpose
from mulian.modules.cases.queries.service_lists import fact_name
from mulian.modules.cases.web.forms.said import words
from mulian.modules.cases.web.showing.choices import Group, language

UPLOAD_MOST = 200_000
"""Bytes of a list of numbers and names: two thousand lines take a quarter."""
YES, NO = "yes", "no"


class OpenServiceForm(forms.Form):
    """For which family, what it has at hand, and what it says. `id` makes sending twice harmless."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    household = forms.UUIDField(
        required=True,
        widget=forms.HiddenInput,
        error_messages={"required": _("Choose the family it is for.")},
    )
    ready = forms.TypedMultipleChoiceField(
        label=_("Papers the family has at hand"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    text = words(_("What the family says"), rows=3)

    def __init__(self, *args: Any, papers: list[str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["ready"].choices = [(n, name) for n, name in enumerate(papers)]  # type: ignore[attr-defined]


class ServiceListForm(forms.Form):
    """What for, where, until when; by numbers or by one fact of the register."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    purpose = forms.ChoiceField(label=_("What the list is for"), widget=forms.RadioSelect)
    area = forms.ChoiceField(label=_("Where"))
    until = forms.DateField(
        label=_("Kept until"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("After this day nobody can read it, and its families are taken out."),
    )
    text = forms.CharField(
        label=_("What the liaisons should do"),
        required=False,
        max_length=TEXT_MOST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    fact = forms.ChoiceField(
        label=_("Families of whom the register says"),
        required=False,
        help_text=_("Or write the numbers below."),
    )
    lines = forms.CharField(
        label=_("Household numbers"),
        required=False,
        max_length=UPLOAD_MOST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One a line; the name of a member may follow after a comma."),
    )
    file = forms.FileField(label=_("Or a file of such lines (CSV)"), required=False)

    def offer(self, purposes: list[Purpose], places: list[Group]) -> None:
        """Purposes of the department, its area, and the facts that may choose families for them."""
        facts = dict.fromkeys(code for each in purposes for code in each.facts)
        asked = [(f"{code}:{said}", _fact(code, said)) for code in facts for said in (NO, YES)]
        named = [(each.code, _name(each)) for each in purposes]
        for field, found in (("purpose", named), ("area", places), ("fact", [("", "—"), *asked])):
            self.fields[field].choices = found  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Lines typed and uploaded are one list; a fact stands apart from its yes or no."""
        found = dict(super().clean() or self.cleaned_data)
        upload = found.pop("file", None)
        if upload is not None:
            found["lines"] = "\n".join(filter(None, (found.get("lines", "").strip(), _read(upload))))
        fact, _colon, said = found.get("fact", "").partition(":")
        return {**found, "fact": fact, "said": said == YES}


def _read(upload: Any) -> str:
    """As UTF-8, else as the office suites of the county write it. What is no text is refused."""
    content: bytes = upload.read(UPLOAD_MOST + 1)
    if len(content) > UPLOAD_MOST:
        raise forms.ValidationError({"file": _("The file is too large.")})
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise forms.ValidationError({"file": _("The file is no text. Save it as CSV and choose it again.")})


def _name(purpose: Purpose) -> str:
    return named(purpose.name, language())


def _fact(code: str, said: str) -> str:
    return f"{fact_name(code, language())}: {_('yes') if said == YES else _('no')}"
