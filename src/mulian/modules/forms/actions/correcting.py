"""A submission that takes the place of an earlier one, and files that come later."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from mulian.core.access import scope
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem, register
from mulian.modules.forms.models import Submission
from mulian.modules.forms.permissions import Permission

register("forms.unknown_edit", 404, "What this corrects is not known here.", "Send it as a form of its own.")
register(
    "forms.not_current",
    409,
    "This was corrected by somebody before.",
    "Load the present answers and correct those.",
)


def replaced(instance: str, form: str, actor: Actor, at: datetime) -> Submission:
    """The submission that is corrected, marked; held until the transaction ends.

    Raises `forms.unknown_edit`, `forms.not_current`.
    """
    rows = Submission.unscoped.because("its reader is asked below").select_for_update(of=("self",))
    row = rows.select_related("form").filter(instance=instance, form__code=form).first()
    if row is None or not _may(row, actor, at):
        raise Problem("forms.unknown_edit")
    if row.state in (Submission.State.REPLACED, Submission.State.OVER):
        raise Problem("forms.not_current")
    row.state = Submission.State.REPLACED
    row.save(update_fields=["state"])
    return row


def _may(row: Submission, actor: Actor, at: datetime) -> bool:
    """Its own writer, or whoever reads it."""
    return row.person_id == actor.person or scope.can(
        actor, Permission.READ, kind="submission", id=row.id, at=at
    )


def own(id: UUID, actor: Actor) -> Submission:
    """A submission of the actor's, held until the transaction ends. Raises `not_found`."""
    rows = Submission.unscoped.because("one's own").select_for_update()
    row = rows.filter(id=id, person=actor.person).first()
    if row is None:
        raise Problem("not_found")
    return row
