"""Forms of bringing a table: the file and what it is for, its headings, what its columns mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mulian.core.sheets.limits import LARGEST
from mulian.kernel.problems import PROBLEMS
from mulian.modules.households.domain.catalogue import Of, Source
from mulian.modules.households.domain.importing.columns import Heading
from mulian.modules.households.domain.importing.titles import FIELDS
from mulian.modules.households.domain.titles import SOURCES
from mulian.modules.households.queries.catalogue import catalogue
from mulian.modules.households.web.places import Choices
from mulian.modules.households.web.showing import words


class TableForm(forms.Form):
    """A file, the place it belongs to, who gave it and what for."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    file = forms.FileField(
        label=_("Table"),
        help_text=_("XLSX or CSV, up to 20 MB. Columns that may not be kept are never read."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,text/csv"}),
    )
    area = forms.ChoiceField(label=_("It belongs to"))
    source = forms.CharField(
        label=_("Who gave it"),
        max_length=60,
        help_text=_("The meanings of its columns are remembered by this."),
    )
    purpose = forms.CharField(label=_("What it is for"), max_length=200)
    known_by = forms.ChoiceField(label=_("How it is known"), initial=Source.OFFICE)
    as_of = forms.DateField(
        label=_("As of"),
        required=False,
        help_text=_("The day the table was true. Leave empty for today."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, areas: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = areas  # type: ignore[attr-defined]
        self.fields["known_by"].choices = [(s.value, gettext(SOURCES[s])) for s in Source]  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            meaning = PROBLEMS["sheets.too_large"]
            raise forms.ValidationError(f"{gettext(meaning.title)} {gettext(meaning.next_step)}")
        return file


class HeadingsForm(forms.Form):
    """Which sheet, and in which lines its headings stand."""

    sheet = forms.TypedChoiceField(label=_("Sheet"), coerce=int)
    first = forms.IntegerField(label=_("Headings from line"), min_value=1, max_value=1_000_000)
    last = forms.IntegerField(label=_("to line"), min_value=1, max_value=1_000_000)

    def __init__(self, *args: Any, sheets: Sequence[Mapping[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(at, sheet["name"] or str(at + 1)) for at, sheet in enumerate(sheets)]
        self.fields["sheet"].choices = named  # type: ignore[attr-defined]


class MeaningsForm(forms.Form):
    """One choice for every column that may be read."""

    def __init__(
        self, *args: Any, headings: Sequence[Heading], suggested: Mapping[int, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = meanings()
        for one in headings:
            if not one.refused:
                self.fields[f"c{one.column}"] = forms.ChoiceField(
                    label=one.title or gettext("Column %(number)s") % {"number": one.column + 1},
                    required=False,
                    choices=choices,
                    initial=suggested.get(one.column, ""),
                )

    def mapping(self) -> dict[int, str]:
        """column → meaning, of those that have one."""
        return {int(name[1:]): value for name, value in self.cleaned_data.items() if value}


def meanings() -> list[Any]:
    """Everything a column may mean, grouped as the register is."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for item in catalogue().items.values():
        if item.of != Of.CAMP:
            groups.setdefault(words(catalogue().groups[item.group]), []).append((item.code, words(item.name)))
    fields = [(code, gettext(title)) for code, title in FIELDS.items()]
    return [("", gettext("Not read")), (gettext("Household and members"), fields), *groups.items()]


def meant(code: str) -> str:
    """What a column means, in the reader's language."""
    if code in FIELDS:
        return gettext(FIELDS[code])
    item = catalogue().items.get(code)
    return words(item.name) if item else code
