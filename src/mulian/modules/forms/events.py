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
