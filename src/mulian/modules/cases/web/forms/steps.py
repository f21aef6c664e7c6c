"""One form for each step of a case. Which of them are possible, and what they need, the actions decide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mulian.modules.cases.models import Case
from mulian.modules.cases.queries import parts
from mulian.modules.cases.queries.offered import competent, units_offered
from mulian.modules.cases.queries.outcomes import leaders
from mulian.modules.cases.queries.services import whole
from mulian.modules.cases.web.forms.clocks import CLOCK_FORMS, WaitForm
from mulian.modules.cases.web.forms.joint import AssignForm, PartAnswerForm, WhistleForm
from mulian.modules.cases.web.forms.outcomes import SettleForm
from mulian.modules.cases.web.forms.said import SAID, WORD, EvidenceForm, PlacedForm, SaidForm, words
from mulian.modules.cases.web.showing.choices import language


class BareForm(forms.Form):
    """A step that needs nothing said."""


class NoteForm(forms.Form):
    """A step with a word if one likes."""

    text = words(_("A word with it"), rows=2)


class ReasonForm(forms.Form):
    """A step that needs a reason."""

    reason = words(_("Reason"), rows=2, required=True)


class MaybeReasonForm(forms.Form):
    """A step with a reason if one likes."""

    reason = words(_("Reason"), rows=2)


class TransferForm(forms.Form):
    """To which office, and why."""

    to = forms.ChoiceField(label=_("Office that takes over"))
    reason = words(_("Reason"), rows=2)

    def offer(self, units: Iterable[tuple[str, str, str]]) -> None:
        """The offices that could take it: (code, name, kind)."""
        choices = [("", "—"), *((code, name) for code, name, _kind in units)]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]


class SolveForm(PlacedForm):
    """What was done, by words, voice or photos."""

    text = words(_("What was done"))
    reason = words(_("Reason"), rows=2)


class AnswerForm(SaidForm):
    """What the family is told."""

    text = words(_("What the family is told"))


class FeedbackForm(SaidForm):
    """The family's word on the answer, brought by whoever asked them."""

    field_order = ("solved", "stars", "text")
    solved = forms.TypedChoiceField(
        label=_("Is it solved for the family?"),
        choices=[*SAID, ("voice", _("Their voice says it; a listener writes it down"))],
        widget=forms.RadioSelect,
        coerce=WORD.get,
    )
    stars = forms.TypedChoiceField(
        label=_("Stars from the family"),
        required=False,
        choices=[("", _("none given")), *((str(n), "★" * n) for n in (5, 4, 3, 2, 1))],
        coerce=int,
        empty_value=None,
    )
    text = words(_("In the family's words"), rows=2)


class CancelForm(forms.Form):
    """It was only a test, or was taken back."""

    kind = forms.ChoiceField(
        label=_("What it was"),
        choices=[("test", _("only a test")), ("cancelled", _("withdrawn by the reporter"))],
        widget=forms.RadioSelect,
    )
    reason = words(_("Reason"), rows=2)


class AddForm(EvidenceForm):
    """More words, a voice, photos."""

    text = words(_("What is added"), rows=3)


FORMS: Mapping[str, type[forms.Form]] = {
    "take": BareForm,
    "start": NoteForm,
    "wait": WaitForm,
    **CLOCK_FORMS,
    "solve": SolveForm,
    "answer": AnswerForm,
    "return": ReasonForm,
    "pass-up": MaybeReasonForm,
    "transfer": TransferForm,
    "reopen": ReasonForm,
    "close": NoteForm,
    "settle": SettleForm,
    "dispute": ReasonForm,
    "assign": AssignForm,
    "whistle": WhistleForm,
    "report-in": BareForm,
    "answer-part": PartAnswerForm,
}


def form_of(verb: str, data: Any, case: Case, at: datetime) -> forms.Form:
    """The form of a step, with what it offers."""
    form = FORMS[verb](data, auto_id=f"{verb}_%s")
    if isinstance(form, TransferForm):
        form.offer(units_offered(case, at, language()))
    elif isinstance(form, SettleForm):
        form.offer(leaders(at))
    elif isinstance(form, AssignForm):
        form.offer(units_offered(case, at, language(), own=True), competent(case))
    elif isinstance(form, WhistleForm):
        form.offer(units_offered(case, at, language()), competent(case))
    if isinstance(form, SolveForm | SettleForm):
        form.explain(_why(case, form))
        if case.lat is None:
            del form.fields["lat"], form.fields["lon"]
    return form


def _why(case: Case, form: PlacedForm) -> Any:
    """What has to be explained before it can be called solved; asked where it was, it may have been far away."""
    if parts.owed(case.id):
        return _("Why it goes on without the offices that have not answered")
    if not whole(case):
        return _("Why it ends with steps or papers of the service open")
    return _("Why it was not recorded at the place") if form.data.get("lat") else None
