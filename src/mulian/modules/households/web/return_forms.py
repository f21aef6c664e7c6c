"""A superior's table, and what its cells hold."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mulian.modules.households.domain.returning import AGES, figures
from mulian.modules.households.queries.catalogue import catalogue
from mulian.modules.households.web.places import Choices
from mulian.modules.households.web.showing import words


class ReturnFormForm(forms.Form):
    """The file as the superior sent it, what it is called and who asks for it."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name of the return"), max_length=80)
    receiver = forms.CharField(label=_("Who asks for it"), max_length=80)
    area = forms.ChoiceField(label=_("It is about"))
    file = forms.FileField(
        label=_("Their empty table"),
        help_text=_("XLSX, up to 2 MB. It is filled as it is: their formats and sums stay."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm"}),
    )

    def __init__(self, *args: Any, areas: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = areas  # type: ignore[attr-defined]


class ColumnForm(forms.Form):
    """A whole column: a figure for every place that another column names."""

    sheet = forms.IntegerField(label=_("Sheet"), min_value=1, max_value=50, initial=1)
    column = forms.CharField(label=_("Fill column"), max_length=2)
    names = forms.CharField(label=_("Places stand in column"), max_length=2, initial="A")
    first = forms.IntegerField(label=_("From line"), min_value=1, max_value=400, initial=2)
    last = forms.IntegerField(label=_("to line"), min_value=1, max_value=400, initial=100)
    figure = forms.ChoiceField(label=_("With"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["figure"].choices = named_figures()  # type: ignore[attr-defined]


class CellForm(forms.Form):
    """One cell: a figure of one place."""

    sheet = forms.IntegerField(label=_("Sheet"), min_value=1, max_value=50, initial=1)
    cell = forms.CharField(label=_("Cell"), max_length=6)
    figure = forms.ChoiceField(label=_("With"))
    area = forms.ChoiceField(label=_("Place"))

    def __init__(self, *args: Any, areas: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["figure"].choices = named_figures()  # type: ignore[attr-defined]
        self.fields["area"].choices = areas  # type: ignore[attr-defined]


def named_figures() -> list[tuple[str, str]]:
    return [(code, figure_name(code)) for code in figures(catalogue())]


def figure_name(figure: str) -> str:
    """A figure in the reader's words."""
    kind, _sep, code = figure.partition(":")
    if kind == "households":
        return gettext("Households")
    if kind == "people" and not code:
        return gettext("People")
    if kind == "people":
        low, high = code.split("-")
        if int(high) == AGES[-1][1]:
            return gettext("People of %(low)s years and more") % {"low": low}
        return gettext("People of %(low)s to %(high)s years") % {"low": low, "high": high}
    item = catalogue().items.get(code.partition("=")[0])
    if item is None:
        return figure
    name = words(item.name)
    if kind == "sum":
        return gettext("Sum: %(item)s") % {"item": name}
    answer = gettext("Yes") if kind == "yes" else words(item.choices[code.partition("=")[2]])
    return gettext("How many: %(item)s, %(answer)s") % {"item": name, "answer": answer}
