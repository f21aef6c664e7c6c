"""Facts about forms. What was answered is never in the log: it stands with the submission, erasable by law."""

from __future__ import annotations

from dataclasses import dataclass

from mulian.kernel.event import Event


@dataclass(frozen=True, kw_only=True)
class FormPublished(Event):
    """A version can be filled from now on; it takes the place of the one before."""

    name = "forms.published"
    subject_kind = "form"
    form: str
    version_of_form: str
    digest: str


@dataclass(frozen=True, kw_only=True)
class FormRetired(Event):
    """The form is no longer offered; answers already given stay, and those on their way are taken."""

    name = "forms.retired"
    subject_kind = "form"
    form: str


@dataclass(frozen=True, kw_only=True)
class AnswersReceived(Event):
    """One form was filled in. `held`: something does not fit, an officer looks. `replaces`: it corrects that one."""

    name = "forms.answered"
    subject_kind = "submission"
    personal = frozenset({"about"})
    form: str
    version_of_form: str
    via: str
    held: bool
    facts: int
    replaces: str | None = None
    about: str | None = None


@dataclass(frozen=True, kw_only=True)
class OccasionDeclared(Event):
    """The county declared what a form for people passing through may now be filled in for: an epidemic."""

    name = "forms.occasion_declared"
    subject_kind = "form"
    form: str
    choice: str


@dataclass(frozen=True, kw_only=True)
class OccasionEnded(Event):
    """It is over: nothing told for it is kept, nothing more is asked for it."""

    name = "forms.occasion_ended"
    subject_kind = "form"
    form: str
    choice: str
    answers: int


@dataclass(frozen=True, kw_only=True)
class PassingOver(Event):
    """A service for somebody passing through is done: what they told is deleted."""

    name = "forms.passing_over"
    subject_kind = "submission"
