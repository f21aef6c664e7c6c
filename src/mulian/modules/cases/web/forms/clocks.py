"""Forms around a case's clocks: waiting, contact, more time, supervision."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time

from django import forms
from django.utils.translation import gettext_lazy as _

from mulian.core.packs import said as in_language
from mulian.kernel.clock import CN
from mulian.modules.cases.domain.supervising import LONGEST_DAYS
from mulian.modules.cases.queries.rules import rules
from mulian.modules.cases.web.forms.said import SaidForm, words
from mulian.modules.cases.web.showing.choices import language

END_OF_DAY = time(18)
"""A wait until a day ends with its working hours."""


class WaitForm(forms.Form):
    """Why work cannot go on, and until when."""

    code = forms.ChoiceField(label=_("What it waits for"), required=False)
    reason = words(_("Reason, in words"), rows=2)
    until_day = forms.DateField(
        label=_("Until"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("Without a day it ends by itself after a few days; a longer wait needs somebody above."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        listed = rules().limits.pauses.reasons
        choices = [("", "—"), *((each.code, in_language(each.name, language())) for each in listed)]
        self.fields["code"].choices = choices  # type: ignore[attr-defined]

    def until(self) -> datetime | None:
        """The chosen day, as a moment."""
        day = self.cleaned_data["until_day"]
        return datetime.combine(day, END_OF_DAY, CN) if day else None


class ContactForm(forms.Form):
    """A call or visit, and whether it reached the family."""

    how = forms.ChoiceField(
        label=_("How"),
        choices=[("call", _("by telephone")), ("visit", _("by a visit"))],
        widget=forms.RadioSelect,
    )
    reached = forms.TypedChoiceField(
        label=_("Was the family reached?"),
        choices=[("yes", _("Yes")), ("no", _("No, nobody was reached"))],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )
    text = words(_("What was said"), rows=2)


class AttemptForm(forms.Form):
    """What was tried in vain."""

    text = words(_("What was tried, and why it did not help"), rows=2, required=True)


class InterimForm(SaidForm):
    """What the family is told meanwhile."""

    text = words(_("How things stand"))


class ExtendForm(forms.Form):
    """How many more days, and why."""

    days = forms.IntegerField(label=_("More days"), min_value=1)
    reason = words(_("Reason"), rows=2, required=True)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        most = rules().limits.extensions.longest_days
        field = self.fields["days"]
        field.widget.attrs["max"], field.help_text = most, _("At most %(days)s.") % {"days": most}


class DecideForm(forms.Form):
    """Yes or no, with a word."""

    granted = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[("yes", _("Agreed")), ("no", _("Not agreed"))],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )
    reason = words(_("A word with it"), rows=2)


class SuperviseForm(forms.Form):
    """What a leader demands, and by when."""

    text = words(_("What is demanded"), rows=2, required=True)
    days = forms.IntegerField(label=_("Days until the reply"), min_value=1, max_value=LONGEST_DAYS)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["days"].initial = rules().limits.supervision.days


class ReplyForm(forms.Form):
    """The reply to a demand."""

    text = words(_("What was done, and what comes next"), rows=3, required=True)


class AcceptForm(forms.Form):
    """A word with the acceptance, if one likes."""

    text = words(_("A word with it"), rows=2)


CLOCK_FORMS: Mapping[str, type[forms.Form]] = {
    "contact": ContactForm,
    "attempt": AttemptForm,
    "interim": InterimForm,
    "extend": ExtendForm,
    "decide-extension": DecideForm,
    "decide-wait": DecideForm,
    "supervise": SuperviseForm,
    "reply": ReplyForm,
    "accept": AcceptForm,
}
