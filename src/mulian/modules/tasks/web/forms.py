"""The forms of tasks: issuing, answering, withdrawing, and the filters of the lists."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from mulian.core.files.kinds import LONGEST_SECONDS
from mulian.core.files.web.fields import Hash
from mulian.kernel.clock import CN
from mulian.kernel.problems import Problem
from mulian.modules.households import public as households
from mulian.modules.tasks.actions.issuing import TITLE_LIMIT
from mulian.modules.tasks.actions.said import TEXT_LIMIT, Voice
from mulian.modules.tasks.actions.withdrawing import REASON_LIMIT
from mulian.modules.tasks.domain.asking import MOST, Asks, Value
from mulian.modules.tasks.domain.following import Aim
from mulian.modules.tasks.domain.refusals import HOUSEHOLD
from mulian.modules.tasks.domain.wording import TITLE_LIMIT as OTHER_TITLE_LIMIT
from mulian.modules.tasks.queries.lists import SHOWN
from mulian.modules.tasks.web import words

DUE_HOUR = time(18)
"""A task due on a day is due when its work ends."""
_AS_TYPED = ("id", "title", "text", "other_title", "other_text", "area", "role", "urgent")


class FilterForm(forms.Form):
    """The list of tasks."""

    shown = forms.ChoiceField(label=_("Which tasks"), required=False)
    mine = forms.BooleanField(label=_("Only those I or my office sent"), required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["shown"].choices = [(code, words.SHOWN[code]) for code in SHOWN]  # type: ignore[attr-defined]


class IssueForm(forms.Form):
    """What is to do, where, by whom, until when, and what is asked back. `id` makes sending twice harmless."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    title = forms.CharField(
        label=_("What is to do"),
        max_length=TITLE_LIMIT,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    text = forms.CharField(
        label=_("More words"), required=False, max_length=TEXT_LIMIT, widget=forms.Textarea(attrs={"rows": 4})
    )
    other_title = forms.CharField(
        label=_("What is to do, in the other language"),
        required=False,
        max_length=OTHER_TITLE_LIMIT,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    other_text = forms.CharField(
        label=_("More words, in the other language"),
        required=False,
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    voice = Hash(required=False)
    voice_seconds = forms.FloatField(
        required=False, min_value=0, max_value=LONGEST_SECONDS, widget=forms.HiddenInput
    )
    voice_mime = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    area = forms.ChoiceField(label=_("Where"))
    role = forms.ChoiceField(label=_("To whom there"))
    people = forms.MultipleChoiceField(
        label=_("Only these people"),
        required=False,
        help_text=_("Choose none and everybody there receives it."),
        widget=forms.CheckboxSelectMultiple,
    )
    households = forms.CharField(
        label=_("Only for these households"),
        required=False,
        help_text=_("Their numbers, with a space between them. Their liaisons receive the task."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    asks = forms.ChoiceField(label=_("What is asked back"))
    due = forms.DateField(
        label=_("Due on"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    urgent = forms.BooleanField(label=_("It is urgent"), required=False)

    def __init__(self, *args: Any, places: words.Groups, people: words.Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        offered: dict[str, Any] = {
            "area": places,
            "role": words.roles(),
            "asks": [(each.value, words.ASKS[each]) for each in Asks],
            "people": people,
        }
        for name, found in offered.items():
            self.fields[name].choices = found  # type: ignore[attr-defined]
        if not people:
            del self.fields["people"]

    def sending(self, request: Any) -> dict[str, Any]:
        """As the action takes it. Raises the Problem of a household that is not found."""
        given = self.cleaned_data
        numbers = (
            re.split(r"[\s,，、;；]+", given["households"].strip()) if given["households"].strip() else []
        )
        people = [UUID(each) for each in given.get("people", ())]
        aim = Aim.HOUSEHOLDS if numbers else Aim.PEOPLE if people else Aim.AREA
        return {
            **{name: given[name] for name in _AS_TYPED},
            "voice": Voice(sha256=given["voice"], seconds=given["voice_seconds"]) if given["voice"] else None,
            "asks": Asks(given["asks"]),
            "aim": aim,
            "people": people,
            "households": [_numbered(number, request) for number in numbers],
            "due": end_of(given["due"]),
        }


def _numbered(number: str, request: Any) -> UUID:
    found = households.find(number, request.actor, request.at, limit=20)
    exact = [one.id for one in found if one.number == number]
    if not exact:
        raise Problem(HOUSEHOLD)
    return exact[0]


def end_of(day: date) -> datetime:
    """When the work of a day ends in the county."""
    return datetime.combine(day, DUE_HOUR, CN)


class AnswerForm(forms.Form):
    """An answer typed in the console. Which fields it has follows what is asked."""

    done = forms.ChoiceField(label=_("Was it done"), widget=forms.RadioSelect)
    yes = forms.ChoiceField(label=_("Yes or no"), required=False, widget=forms.RadioSelect)
    number = forms.FloatField(label=_("The number"), required=False, min_value=0, max_value=MOST)
    text = forms.CharField(
        label=_("In words"), required=False, max_length=TEXT_LIMIT, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, asks: Asks, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["done"].choices = [("yes", _("It was done")), ("no", _("It could not be done"))]  # type: ignore[attr-defined]
        self.fields["yes"].choices = [("yes", _("Yes")), ("no", _("No"))]  # type: ignore[attr-defined]
        self.fields["done"].initial = "yes"
        for name, kind in (("yes", Asks.YES_NO), ("number", Asks.NUMBER)):
            if asks is not kind:
                del self.fields[name]

    def answer(self) -> dict[str, Any]:
        """As the actions take it."""
        given = self.cleaned_data
        value: Value = given.get("number")
        if given.get("yes"):
            value = given["yes"] == "yes"
        return {"done": given["done"] == "yes", "value": value, "text": given["text"]}


class WithdrawForm(forms.Form):
    """Why a task is taken back."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=REASON_LIMIT,
        help_text=_("Everybody who had the task reads it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class VisitsForm(forms.Form):
    """The list of families by their last visit."""

    area = forms.ChoiceField(label=_("Where"), required=False)
    days = forms.IntegerField(label=_("Not visited for days"), required=False, min_value=0, max_value=3660)

    def __init__(self, *args: Any, places: words.Groups, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["area"].choices = [("", _("all of my area")), *places]  # type: ignore[attr-defined]
